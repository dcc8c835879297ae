/*
 * session.c - what the server says of a session with each of its answers.
 */
#include "mysql/session.h"

#include <string.h>

unsigned
session_bits(MYSQL *mysql)
{
	unsigned bits = 0;
	char escaped[2 + 1];

	if (real_is_mariadb()) {
		mariadb_get_infov(
		    mysql, MARIADB_CONNECTION_SERVER_STATUS, &bits);
		return bits;
	}
	if (mysql_real_escape_string_quote &&
	    mysql_real_escape_string_quote(mysql, escaped, "\\", 1, '\'') == 1)
		bits |= SESSION_NO_BACKSLASH_ESCAPES;
	return bits;
}

/*
 * Connector/C has taken it over already.  libmysqlclient keeps it in a list
 * that a program walks from its first entry on: to look at that takes nothing
 * away.
 */
const char *
session_database(MYSQL *mysql, size_t *ret_len)
{
	const char *database = NULL;

	if (real_is_mariadb()) {
		mariadb_get_infov(mysql, MARIADB_CONNECTION_SCHEMA, &database);
		*ret_len = database ? strlen(database) : 0;
	} else if (mysql_session_track_get_first(
		       mysql, SESSION_TRACK_SCHEMA, &database, ret_len) != 0) {
		return NULL;
	}
	return database;
}

static bool
is_word(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(text, word, len) == 0;
}

/* Names and values follow each other. */
struct session_set
session_set(MYSQL *mysql)
{
	const enum enum_session_state_type type =
	    SESSION_TRACK_SYSTEM_VARIABLES;
	struct session_set set = {.charset = ""};
	const char *name, *value;
	size_t name_len, value_len;
	int end;

	end = mysql_session_track_get_first(mysql, type, &name, &name_len);
	while (!end &&
	       !mysql_session_track_get_next(mysql, type, &value, &value_len)) {
		if (is_word(name, name_len, "autocommit")) {
			set.autocommit = true;
			set.commits = is_word(value, value_len, "ON");
		} else if (is_word(name, name_len, "character_set_client") &&
			   value_len < sizeof(set.charset)) {
			memcpy(set.charset, value, value_len);
		}
		end = mysql_session_track_get_next(
		    mysql, type, &name, &name_len);
	}
	return set;
}
