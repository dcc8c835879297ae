/*
 * outcome.c - how a command went: what its results say, one after the other.
 */
#include "pq/outcome.h"

#include <string.h>

#define STATUS(name) [name] = WORD_FIELD(FIELD_STATUS, #name)

static const struct word_field status_field[] = {
    STATUS(PGRES_EMPTY_QUERY),
    STATUS(PGRES_COMMAND_OK),
    STATUS(PGRES_TUPLES_OK),
    STATUS(PGRES_COPY_OUT),
    STATUS(PGRES_COPY_IN),
    STATUS(PGRES_BAD_RESPONSE),
    STATUS(PGRES_NONFATAL_ERROR),
    STATUS(PGRES_FATAL_ERROR),
    STATUS(PGRES_COPY_BOTH),
    STATUS(PGRES_SINGLE_TUPLE),
    STATUS(PGRES_PIPELINE_SYNC),
    STATUS(PGRES_PIPELINE_ABORTED),
    STATUS(PGRES_TUPLES_CHUNK),
};

/* clang-format off */
/* A word, four numbers, and the tag. */
#define NUMBERS_ROOM (sizeof(struct word_field) + 4 * FIELD_U64_SIZE + \
	    sizeof(struct tag_field))
/* clang-format on */

#define STATUSES (sizeof(status_field) / sizeof(*status_field))

void
outcome_fail_hidden(struct outcome *outcome, const char *message, size_t len)
{
	outcome->failed = true;
	outcome->message_len = error_hidden(REDACT_POSTGRES, message, len,
	    outcome->message, sizeof(outcome->message),
	    &outcome->message_whole);
}

/* Keep the first failure's words, without the line's end. */
static void
keep_failure(struct outcome *outcome, const char *sqlstate, const char *message)
{
	outcome->failed = true;
	if (!outcome->sqlstate[0] && sqlstate)
		strncpy(outcome->sqlstate, sqlstate, SQLSTATE_LEN);
	if (outcome->message_len || !message)
		return;
	if (outcome->secret) {
		outcome_fail_hidden(outcome, message, strcspn(message, "\n"));
		return;
	}
	outcome->message_len = error_shown(REDACT_POSTGRES, message,
	    outcome->message, sizeof(outcome->message),
	    &outcome->message_whole);
	if (outcome->message_len == outcome->message_whole &&
	    outcome->message_len &&
	    outcome->message[outcome->message_len - 1] == '\n')
		outcome->message_whole = --outcome->message_len;
}

OUT_OF_LINE void
take_failure(struct outcome *outcome, const PGresult *result)
{
	const char *message = PQresultErrorField(
	    result, PG_DIAG_MESSAGE_PRIMARY);

	if (!message)
		message = PQresultErrorMessage(result);
	keep_failure(
	    outcome, PQresultErrorField(result, PG_DIAG_SQLSTATE), message);
}

/* The number that a tag ends with; UNKNOWN: it has none. */
static uint64_t
tag_number(const char *tag, size_t len)
{
	uint64_t number = 0, place = 1;
	size_t at = len;

	while (at && tag[at - 1] >= '0' && tag[at - 1] <= '9') {
		number += place * (uint64_t)(tag[--at] - '0');
		place *= 10;
	}
	return at == len ? UNKNOWN : number;
}

/*
 * Whether a tag's number counts rows that were changed, not given.  INSERT,
 * UPDATE, DELETE and MERGE may come with rows; without any, all but MOVE, and
 * a COPY whose data did not come from the program: its tag is the same in both
 * directions.  `before` is the status of the result in front.
 */
static bool
tag_tells_changes(const char *tag, int status, int before)
{
	if (status == PGRES_COMMAND_OK && tag[0] == 'C' && tag[1] == 'O')
		return before == PGRES_COPY_IN;
	if (status == PGRES_COMMAND_OK)
		return tag[0] != 'M' || tag[1] != 'O';
	switch (tag[0]) {
	case 'I':
	case 'U':
		return true;
	case 'D':
		return tag[1] == 'E' && tag[2] == 'L';
	case 'M':
		return tag[1] == 'E';
	default:
		return false;
	}
}

static void
take_tag(
    struct outcome *outcome, const PGresult *result, int status, int before)
{
	const char *tag = PQcmdStatus((PGresult *)(uintptr_t)result);
	size_t len = tag ? strlen(tag) : 0;

	if (len > TAG_MAX)
		len = TAG_MAX;
	memcpy(outcome->tag.text, tag ? tag : "", len);
	/* The padding goes into the record too: no remnant of the stack. */
	memset(outcome->tag.text + len, 0, RECORD_ALIGN);
	outcome->tag.head = (struct field){
	    .key = FIELD_TAG, .len = (uint32_t)len};
	if (len && tag_tells_changes(tag, status, before))
		outcome->changes = tag_number(tag, len);
	/* A headline and a binary file's end came like rows. */
	if (len && before == PGRES_COPY_OUT)
		outcome->rows = tag_number(tag, len);
}

static uint64_t
known(uint64_t count)
{
	return count == UNKNOWN ? 0 : count;
}

static void
count_rows(struct outcome *outcome, const PGresult *result)
{
	outcome->rows = known(outcome->rows) + (uint64_t)PQntuples(result);
}

void
outcome_take(
    struct outcome *outcome, const PGresult *result, ExecStatusType came)
{
	int status = (int)came, before = outcome->status;

	/* A COPY says again that it is one, each time it is asked. */
	if (status == before && status_is_copy(status))
		return;
	outcome->status = status;
	switch (status) {
	case PGRES_SINGLE_TUPLE:
	case PGRES_TUPLES_CHUNK:
		count_rows(outcome, result);
		return;
	case PGRES_TUPLES_OK:
		count_rows(outcome, result);
		/* fall through */
	case PGRES_COMMAND_OK:
		take_tag(outcome, result, status, before);
		break;
	case PGRES_COPY_OUT:
		outcome->rows = known(outcome->rows);
		outcome->bytes = known(outcome->bytes);
		return;
	case PGRES_COPY_IN:
		outcome->bytes = known(outcome->bytes);
		return;
	case PGRES_COPY_BOTH:
		outcome->ending = "streaming";
		break;
	case PGRES_PIPELINE_ABORTED:
		outcome->ending = "not run";
		break;
	case PGRES_BAD_RESPONSE:
	case PGRES_NONFATAL_ERROR:
	case PGRES_FATAL_ERROR:
		take_failure(outcome, result);
		break;
	default:
		break;
	}
	outcome->results++;
}

void
outcome_fail(struct outcome *outcome, const PGconn *pg)
{
	keep_failure(outcome, NULL, PQerrorMessage(pg));
}

static char *
write_known(char *at, enum field_key key, uint64_t value)
{
	return value == UNKNOWN ? at : write_u64(at, key, value);
}

/* In few words, for it is short: a call takes longer. */
static char *
write_tag(char *at, const struct tag_field *tag)
{
	size_t size = sizeof(tag->head) + RECORD_PADDED(tag->head.len);

	for (size_t i = 0; i < size; i += RECORD_ALIGN)
		memcpy(at + i, (const char *)tag + i, RECORD_ALIGN);
	return at + size;
}

/* Counts and tag, of which most outcomes have few. */
static char *
write_numbers(char *at, const struct outcome *outcome)
{
	at = write_known(at, FIELD_ROWS, outcome->rows);
	at = write_known(at, FIELD_CHANGES, outcome->changes);
	at = write_known(at, FIELD_BYTES, outcome->bytes);
	if (outcome->results > 1)
		at = write_u64(at, FIELD_RESULTS, outcome->results);
	return outcome->tag.head.len ? write_tag(at, &outcome->tag) : at;
}

static void
put_name(struct fields *fields, enum field_key key, const char *name)
{
	put_text(fields, key, name, strlen(name));
}

static void
put_failure(struct fields *fields, const struct outcome *outcome)
{
	put_name(fields, FIELD_ETYPE,
	    outcome->sqlstate[0] ? outcome->sqlstate
	    : outcome->word      ? outcome->word
				 : "PGRES_FATAL_ERROR");
	put_shown_text(fields, FIELD_MESSAGE, outcome->message,
	    outcome->message_len, outcome->message_whole);
}

/* What few outcomes have. */
OUT_OF_LINE void
put_texts(struct fields *fields, const struct outcome *outcome)
{
	if (outcome->word)
		put_name(fields, FIELD_STATUS, outcome->word);
	if (outcome->ending)
		put_name(fields, FIELD_OUTCOME, outcome->ending);
	if (outcome->failed)
		put_failure(fields, outcome);
}

void
outcome_put(struct fields *fields, const struct outcome *outcome)
{
	char *at = fields->at;

	if (!fields_hold(fields, NUMBERS_ROOM))
		return;
	if (!outcome->word && (unsigned)outcome->status < STATUSES)
		at = write_word(at, &status_field[outcome->status]);
	fields->at = write_numbers(at, outcome);
	if (outcome->word || outcome->ending || outcome->failed)
		put_texts(fields, outcome);
}
