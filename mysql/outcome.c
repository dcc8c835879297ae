/*
 * outcome.c - how a statement went.
 */
#include "mysql/outcome.h"

#include <string.h>

/* Fields of an outcome that are no texts of the library: seven, and a few
 * words. */
#define ROOM 320

void
outcome_clear(struct outcome *outcome)
{
	outcome->rows = outcome->changes = UNKNOWN;
	outcome->insert_id = outcome->warnings = outcome->connection_id = 0;
	outcome->ending = NULL;
	outcome->secret = false;
	outcome->code = 0;
	outcome->message_len = outcome->message_whole = outcome->info_len = 0;
}

/* Records: 3  Duplicates: 0  Warnings: 0 */
static void
take_info(struct outcome *outcome, const char *info)
{
	size_t len = info ? strlen(info) : 0;

	if (len > sizeof(outcome->info))
		len = sizeof(outcome->info);
	memcpy(outcome->info, info ? info : "", len);
	outcome->info_len = len;
}

void
outcome_take(struct outcome *outcome, MYSQL *mysql)
{
	outcome->changes = mysql_affected_rows(mysql);
	outcome->insert_id = mysql_insert_id(mysql);
	outcome->warnings = mysql_warning_count(mysql);
	take_info(outcome, mysql_info(mysql));
}

void
outcome_fail_as(struct outcome *outcome, unsigned code, const char *sqlstate,
    const char *message)
{
	size_t cap = sizeof(outcome->message);

	if (outcome->code)
		return;
	outcome->code = code;
	memset(outcome->sqlstate, 0, sizeof(outcome->sqlstate));
	strncpy(outcome->sqlstate, sqlstate, SQLSTATE_LEN);
	outcome->message_len = outcome->secret
				   ? error_hidden(REDACT_MYSQL, message,
					 strlen(message), outcome->message, cap,
					 &outcome->message_whole)
				   : error_shown(REDACT_MYSQL, message,
					 outcome->message, cap,
					 &outcome->message_whole);
}

void
outcome_fail(struct outcome *outcome, MYSQL *mysql)
{
	outcome_fail_as(outcome, mysql_errno(mysql), mysql_sqlstate(mysql),
	    mysql_error(mysql));
}

/* Numbers of 2000 to 2999 are the libraries', Connector/C has another range. */
bool
outcome_is_refused(const struct outcome *outcome)
{
	unsigned thousands = outcome->code / 1000;

	return (thousands == 2 || (thousands == 5 && real_is_mariadb())) &&
	       !outcome_is_lost(outcome);
}

size_t
outcome_room(const struct outcome *outcome)
{
	return ROOM + outcome->info_len + outcome->message_len;
}

static void
put_name(struct fields *fields, enum field_key key, const char *name)
{
	if (name)
		put_text(fields, key, name, strlen(name));
}

static void
put_known(
    struct fields *fields, enum field_key key, uint64_t value, uint64_t unknown)
{
	if (value != unknown)
		put_u64(fields, key, value);
}

OUT_OF_LINE void
put_moved(struct fields *fields, uint64_t connection_id)
{
	static const char note[] = "the library connected anew for this call";

	put_u64(fields, FIELD_CONNECTION_ID, connection_id);
	put_text(fields, FIELD_NOTE, note, sizeof(note) - 1);
}

OUT_OF_LINE void
put_failure(struct fields *fields, const struct outcome *outcome)
{
	put_u64(fields, FIELD_CODE, outcome->code);
	put_name(fields, FIELD_ETYPE, outcome->sqlstate);
	put_shown_text(fields, FIELD_MESSAGE, outcome->message,
	    outcome->message_len, outcome->message_whole);
}

void
outcome_put(struct fields *fields, const struct outcome *outcome)
{
	put_known(fields, FIELD_ROWS, outcome->rows, UNKNOWN);
	put_known(fields, FIELD_CHANGES, outcome->changes, UNKNOWN);
	put_known(fields, FIELD_INSERT_ID, outcome->insert_id, 0);
	put_known(fields, FIELD_WARNINGS, outcome->warnings, 0);
	if (outcome->info_len)
		put_text(fields, FIELD_RESULT_INFO, outcome->info,
		    outcome->info_len);
	put_name(fields, FIELD_OUTCOME, outcome->ending);
	if (outcome->connection_id)
		put_moved(fields, outcome->connection_id);
	if (outcome->code)
		put_failure(fields, outcome);
}
