/*
 * outcome.h - how a command went: what its results say, one after the other.
 *
 * The first failure is kept, with its message as it may be shown; of all else
 * the last result counts.
 */
#ifndef PQ_OUTCOME_H
#define PQ_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pq/real.h"
#include "shim/span.h"
#include "shim/wrapper.h"

#define UNKNOWN UINT64_MAX

/* FIELD_STATUS of a command that has no result. */
#define STATUS_NONE (-1)

#define SQLSTATE_LEN 5

#define TAG_MAX 64

/* FIELD_TAG as it stands in a record: the text has its padding. */
struct tag_field {
	struct field head;
	char text[TAG_MAX + RECORD_ALIGN];
};

struct outcome {
	int status; /* ExecStatusType, or STATUS_NONE */
	unsigned results;
	uint64_t rows;      /* given to the program */
	uint64_t changes;   /* UNKNOWN: no such count */
	uint64_t bytes;     /* of a COPY; UNKNOWN: it was none */
	const char *ending; /* FIELD_OUTCOME: if it is not by its last result */
	const char *word;   /* FIELD_STATUS of a call that runs no statement */
	bool secret;        /* its error may quote a credential */
	bool awaited;       /* PQendcopy() fetches its result by itself */
	bool failed;
	/* Of the failure; empty: libpq's own. */
	char sqlstate[SQLSTATE_LEN + 1];
	size_t message_len;
	size_t message_whole; /* before it was cut */
	struct tag_field tag;
	char message[512];
};

/* Nothing is known yet. */
static inline void
outcome_clear(struct outcome *outcome)
{
	outcome->status = STATUS_NONE;
	outcome->results = 0;
	outcome->rows = outcome->changes = outcome->bytes = UNKNOWN;
	outcome->ending = outcome->word = NULL;
	outcome->secret = outcome->awaited = outcome->failed = false;
	outcome->sqlstate[0] = outcome->sqlstate[SQLSTATE_LEN] = '\0';
	outcome->tag.head.len = 0;
	outcome->message_len = outcome->message_whole = 0;
}

/* A result of that status came. */
void outcome_take(
    struct outcome *outcome, const PGresult *result, ExecStatusType status);

/* The data of the COPY that is open moved: `rows` to the program. */
static inline void
outcome_count(struct outcome *outcome, size_t bytes, unsigned rows)
{
	outcome->bytes += bytes;
	outcome->rows += rows;
}

/* The call failed without a result: the connection says why. */
void outcome_fail(struct outcome *outcome, const PGconn *pg);

/* The same, of a text without an end that may quote a credential. */
void outcome_fail_hidden(
    struct outcome *outcome, const char *message, size_t len);

/* Fields of an outcome that are no texts: status, counts, and two words. */
#define OUTCOME_ROOM 256

/* Room for outcome_put(). */
static inline size_t
outcome_room(const struct outcome *outcome)
{
	return OUTCOME_ROOM + sizeof(outcome->tag) + outcome->message_len;
}

void outcome_put(struct fields *fields, const struct outcome *outcome);

/*
 * Whether a status begins the data of a COPY.  PGRES_COPY_BOTH is none: it
 * begins a replication, which lasts for days, so its point ends there.
 */
static inline bool
status_is_copy(int status)
{
	return status == PGRES_COPY_IN || status == PGRES_COPY_OUT;
}

/*
 * Whether it is that of a COPY which has had its result.  A program need not
 * ask for the NULL behind that.
 */
static inline bool
outcome_is_verdict(const struct outcome *outcome)
{
	return outcome->bytes != UNKNOWN && outcome->results;
}

#endif
