/*
 * outcome.h - how a statement went: what its connection or, of a prepared one,
 * its handle says.
 *
 * What a library says of itself lasts until the next call, so that all of it
 * is copied at once; an error's message as it may be shown.
 */
#ifndef MYSQL_OUTCOME_H
#define MYSQL_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mysql/real.h"
#include "shim/span.h"
#include "shim/wrapper.h"

#define UNKNOWN UINT64_MAX

#define SQLSTATE_LEN 5

/* Errors that say what has become of a connection, or of a statement. */
enum {
	ERROR_NOT_READ = 1064, /* no statement at all */
	ERROR_SERVER_GONE = 2006,
	ERROR_SERVER_LOST = 2013,
	ERROR_OUT_OF_SYNC = 2014, /* nothing was sent: a result is unread */
	ERROR_SERVER_LOST_EXTENDED = 2055,
};

struct outcome {
	uint64_t rows;      /* given to the program */
	uint64_t changes;   /* UNKNOWN: no such count */
	uint64_t insert_id; /* 0: none */
	uint64_t warnings;
	uint64_t connection_id; /* which the library made meanwhile; 0: none */
	const char *ending; /* FIELD_OUTCOME: if it is not by its last row */
	bool secret;        /* its error may quote a credential */
	unsigned code;      /* of the failure; 0: none */
	char sqlstate[SQLSTATE_LEN + 1];
	size_t message_len;
	size_t message_whole; /* before it was cut */
	size_t info_len;
	char info[112]; /* FIELD_RESULT_INFO */
	char message[512];
};

/* Nothing is known yet. */
void outcome_clear(struct outcome *outcome);

/* A statement without rows succeeded: what its connection says. */
void outcome_take(struct outcome *outcome, MYSQL *mysql);

/* It failed, as its connection says, or is told here: the first one counts. */
void outcome_fail(struct outcome *outcome, MYSQL *mysql);
void outcome_fail_as(struct outcome *outcome, unsigned code,
    const char *sqlstate, const char *message);

static inline bool
outcome_is_lost(const struct outcome *outcome)
{
	return outcome->code == ERROR_SERVER_GONE ||
	       outcome->code == ERROR_SERVER_LOST ||
	       outcome->code == ERROR_SERVER_LOST_EXTENDED;
}

/* Whether the server rolled the transaction back: SQLSTATE's class for it. */
static inline bool
outcome_is_rollback(const struct outcome *outcome)
{
	return outcome->sqlstate[0] == '4' && outcome->sqlstate[1] == '0';
}

/*
 * Whether the library itself refused the call, and told the server nothing:
 * what is open on the connection stays so.
 */
bool outcome_is_refused(const struct outcome *outcome);

/* Room for outcome_put(). */
size_t outcome_room(const struct outcome *outcome);
void outcome_put(struct fields *fields, const struct outcome *outcome);

#endif
