/*
 * command.h - a command: its span, its times, its place in a pipeline.
 *
 * The command of a synchronous call runs while the call does, in the
 * connection's own `call`; one that was sent waits in its queue for results.
 * A COPY begins as either and is in the queue while its data move.
 */
#ifndef PQ_COMMAND_H
#define PQ_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pq/call.h"
#include "pq/outcome.h"
#include "pq/params.h"

struct conn;

/* What a point shows of its call's arguments.  What is NULL is left out. */
struct subject {
	enum call_key call;
	const void *caller;
	const char *sql;
	size_t sql_len;
	bool sql_known; /* it holds no credential: asked before */
	/* What stands ready: of a prepared one (prepared.h), else the
	 * connection's, with a text that is copied as it is. */
	const char *ready;
	size_t ready_len;
	const char *name; /* of a prepared statement or portal */
	bool executes;    /* that one: its text is looked up */
	const char *target;
	struct params *params;
};

struct command {
	struct span span;
	const void *caller;
	uint64_t sent_ns;  /* the call that sent it returned; 0: it did not */
	uint64_t first_ns; /* its first result was there; 0: not yet */
	uint64_t last_ns;  /* the last call for a result returned */
	uint64_t transfer_ns;
	uint64_t application_ns;
	uint64_t
	    copy_ns; /* the data of its COPY moved, and the program paused */
	/* In a pipeline, else 0.  The size is known when a sync follows. */
	unsigned batch;
	unsigned batch_position;
	unsigned batch_size;
	/* Ids of the prepared statements that it makes known, or takes away. */
	uint32_t prepares;
	uint32_t closes;
	bool open;    /* begun, and not ended */
	bool is_sync; /* no command: the mark that ends a batch; has no span */
};

/*
 * Begin a command's point.  With `conn` NULL it is told without connection.
 * `pushed`: what runs meanwhile on this thread hangs below it.
 */
void command_begin(struct command *command, struct conn *conn,
    struct subject *subject, bool pushed);

/* The data of a COPY moved since its last call for a result. */
static inline void
command_copied(struct command *command, uint64_t until_ns)
{
	command->copy_ns += until_ns - command->last_ns;
	command->last_ns = until_ns;
}

/* It is over.  Nothing happens to one that was never begun, or has ended. */
void command_end(
    struct command *command, struct conn *conn, const struct outcome *outcome);

#endif
