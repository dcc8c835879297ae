/*
 * message.h - from a ring's binary record to OSProfiler's message.
 *
 * A batch collects the messages of some records for a driver; their texts
 * live in the batch, but project, service and host in the context.
 *
 * What the message of a `db` point holds below info.db, beside the plain
 * values of shim/fields.h (times in microseconds, with a decimal point):
 *
 *	params	a list in the order of the parameters' numbers, null where none
 *		was bound; an object where one has a name, the others then
 *		under "?N", or where the numbers are no sensible list
 *	caller	of a start: "module+0xoffset"
 *	x_cut	true where the text x was cut (a statement has its
 *		statement_length instead)
 *
 * A parameter is null, a number, a string, or an object for what JSON has no
 * type for; `length` is what the program bound, also where less is shown:
 *
 *	{"blob": "00ff", "length": 2}		bytes in hex
 *	{"text": "begin", "length": 70000}	cut text; length in bytes
 *	{"zeroblob": 4096}			its length
 *	{"pointer": "carray"}			its type name
 *	{"array": "int8", "length": 3}		element type and count
 *	{"keyword": "DEFAULT"}			what stands for a value
 *	{"hidden": true}			by hide_params
 *
 * Bytes that are not UTF-8 show as U+FFFD, one for each.
 */
#ifndef COLLECTORS_MESSAGE_H
#define COLLECTORS_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "collectors/collector.h"
#include "collectors/json.h"
#include "collectors/site.h"
#include "shim/spool.h"

/* What the records of one process have in common. */
struct message_context {
	/* Set by the caller after message_context_init(); may change. */
	const struct clock_pair *clocks;
	unsigned clock_count;
	message_name_site *name_site; /* NULL: addresses stay numbers */
	void *site_arg;

	/* The module's own. */
	struct text project, service, host;
	struct json_out texts; /* owns the above and the below */
	struct text host_json; /* "host": "h"} */
	struct text tail_json; /* , "project": "p", "service": "s"} */
	int64_t second;        /* that `second_text` is of */
	char second_text[20];  /* YYYY-MM-DDTHH:MM:SS. */
	struct sites sites;
};

/*
 * Copy the texts, of which project and service may be NULL.  OSPROF_ENOMEM
 * leaves a context that message_context_free() takes.
 */
enum osprof_error message_context_init(struct message_context *context,
    const char *project, const char *service, const char *host);

void message_context_free(struct message_context *context);

/* Put the wall time of a record; returns the text, empty without memory. */
struct text message_put_time(
    struct json_out *out, struct message_context *context, uint64_t time_ns);

struct message_block;

/* Messages for one driver.write().  All zero is an empty one. */
struct message_batch {
	struct message *messages;
	size_t count;
	size_t cap;
	struct message_block *blocks; /* the texts; the newest first */
	uint64_t malformed;           /* records that were none; only grows */
};

/*
 * Add the message of the record at `record`, of which `room` bytes are there.
 *
 * OSPROF_EINVAL where it is malformed: it is counted and nothing is added.
 * No input does harm.  OSPROF_ENOMEM adds nothing either; try again with a
 * smaller batch.  Pads are malformed.
 */
enum osprof_error message_add(struct message_batch *batch,
    struct message_context *context, const void *record, size_t room);

/* Forget the messages, keep the memory. */
void message_batch_clear(struct message_batch *batch);

void message_batch_free(struct message_batch *batch);

#endif
