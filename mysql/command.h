/*
 * command.h - a statement or another command: its span and its times.
 *
 * The command of a call runs while the call does, in the connection's own
 * `call`.  A statement that has rows, or was only sent, goes on in `open`
 * until the program has its result.
 */
#ifndef MYSQL_COMMAND_H
#define MYSQL_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mysql/bind.h"
#include "mysql/call.h"
#include "mysql/outcome.h"

struct conn;

/* What a point shows of its call's arguments.  What is NULL is left out. */
struct subject {
	enum call_key call;
	const void *caller;
	const char *sql;
	size_t sql_len;
	bool sql_known;    /* it holds no credential: asked before */
	const char *ready; /* its text, as it stands in a record */
	size_t ready_len;
	bool secret; /* without `sql`: a credential may be in its text */
	const char *target;
	unsigned index; /* of the statement in its text, from 1; 0: not known */
	const struct binds *binds;
	const struct batch *batch; /* with binds */
	/* With binds: what is hidden of them; NULL: `sql` is asked for it. */
	const struct hidden *hidden;
};

struct command {
	struct span span;
	const void *caller;
	uint64_t sent_ns; /* the call that only sent it returned; 0: none did */
	uint64_t first_ns; /* the server's answer was there; 0: not yet */
	uint64_t last_ns;  /* the last call for it returned */
	uint64_t transfer_ns;
	uint64_t application_ns;
	unsigned index; /* as subject.index */
	bool goes_on;   /* it is the first of several results */
	bool suspended; /* a call for it came back in its middle */
	bool skipped;   /* its answer was read out of our sight: skipped.h */
};

/*
 * Begin a command's point.  With `conn` NULL it is told without connection.
 * `pushed`: what runs meanwhile on this thread hangs below it.
 */
void command_begin(struct command *command, struct conn *conn,
    const struct subject *subject, bool pushed);

/* Its answer is there, and more of it to come. */
void command_answered(struct command *command);

/*
 * A call for the rest of it began at `begin_ns` and has returned now: between
 * the calls the time is the program's own.
 */
void command_fetched(struct command *command, uint64_t begin_ns);

/*
 * That call came back in its middle, and goes on as one that begins at what is
 * returned.  Where none is suspended there is nothing to go on with: false.
 */
void command_suspend(struct command *command, uint64_t begin_ns);
bool command_resume(struct command *command, uint64_t *ret_begin_ns);

/* It is over.  Nothing happens to one that was never begun, or has ended. */
void command_end(
    struct command *command, struct conn *conn, const struct outcome *outcome);

#endif
