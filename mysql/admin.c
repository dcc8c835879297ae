/*
 * admin.c - commands of the protocol, and calls that run SQL of their own.
 *
 * The span is the call.  It shows the statement where the library makes one of
 * its arguments, also where it sends a packet for that; of other calls what
 * they are about.
 */
#include <stdio.h>
#include <string.h>

#include "mysql/admin.h"
#include "mysql/answer.h"

const char *
admin_autocommit(my_bool on)
{
	return on ? "SET autocommit=1" : "SET autocommit=0";
}

const char *
admin_charset(const char *name)
{
	return gate_open() && gate_shows_args() ? name : NULL;
}

const char *
admin_option(enum enum_mysql_set_option option)
{
	static const char *const name[] = {
	    [MYSQL_OPTION_MULTI_STATEMENTS_ON] = "MULTI_STATEMENTS_ON",
	    [MYSQL_OPTION_MULTI_STATEMENTS_OFF] = "MULTI_STATEMENTS_OFF",
	};

	return (size_t)option < sizeof(name) / sizeof(*name) ? name[option]
							     : NULL;
}

/* A call with a statement that is known. */
static void
begin_sql(struct point *point, MYSQL *mysql, enum call_key call,
    const char *sql, const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = strlen(sql),
	    .sql_known = true,
	};

	answer_begin(point, &subject, mysql);
}

/* A call whose text the library makes; `target` may be NULL. */
static void
begin_text(struct point *point, MYSQL *mysql, enum call_key call,
    const char *target, const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = target,
	};

	answer_begin(point, &subject, mysql);
}

/* A call that sends a packet of its own. */
static void
begin(struct point *point, MYSQL *mysql, enum call_key call, const char *target,
    const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = target,
	};

	point_begin(point, &subject, mysql);
}

OUT_OF_LINE my_bool
commit_traced(MYSQL *mysql, const void *caller)
{
	struct point point;
	my_bool failed;

	begin_sql(&point, mysql, CALL_mysql_commit, COMMIT, caller);

	failed = mysql_commit(mysql);

	answer_end(&point, failed);
	return failed;
}

my_bool
osprof_mysql_commit(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_commit)(mysql);
	return commit_traced(mysql, CALLER);
}

OUT_OF_LINE my_bool
rollback_traced(MYSQL *mysql, const void *caller)
{
	struct point point;
	my_bool failed;

	begin_sql(&point, mysql, CALL_mysql_rollback, ROLLBACK, caller);

	failed = mysql_rollback(mysql);

	answer_end(&point, failed);
	return failed;
}

my_bool
osprof_mysql_rollback(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_rollback)(mysql);
	return rollback_traced(mysql, CALLER);
}

OUT_OF_LINE my_bool
autocommit_traced(MYSQL *mysql, my_bool on, const void *caller)
{
	struct point point;
	my_bool failed;

	begin_sql(
	    &point, mysql, CALL_mysql_autocommit, admin_autocommit(on), caller);

	failed = mysql_autocommit(mysql, on);

	answer_end(&point, failed);
	return failed;
}

my_bool
osprof_mysql_autocommit(MYSQL *mysql, my_bool on)
{
	if (PASSES)
		return PASS(mysql_autocommit)(mysql, on);
	return autocommit_traced(mysql, on, CALLER);
}

OUT_OF_LINE int
set_character_set_traced(MYSQL *mysql, const char *name, const void *caller)
{
	struct point point;
	int rc;

	begin_text(&point, mysql, CALL_mysql_set_character_set,
	    admin_charset(name), caller);

	rc = mysql_set_character_set(mysql, name);

	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_set_character_set(MYSQL *mysql, const char *name)
{
	if (PASSES)
		return PASS(mysql_set_character_set)(mysql, name);
	return set_character_set_traced(mysql, name, CALLER);
}

OUT_OF_LINE int
set_server_option_traced(
    MYSQL *mysql, enum enum_mysql_set_option option, const void *caller)
{
	struct point point;
	int rc;

	begin(&point, mysql, CALL_mysql_set_server_option, admin_option(option),
	    caller);

	rc = mysql_set_server_option(mysql, option);

	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_set_server_option(MYSQL *mysql, enum enum_mysql_set_option option)
{
	if (PASSES)
		return PASS(mysql_set_server_option)(mysql, option);
	return set_server_option_traced(mysql, option, CALLER);
}

OUT_OF_LINE int
select_db_traced(MYSQL *mysql, const char *db, const void *caller)
{
	struct point point;
	int rc;

	begin(&point, mysql, CALL_mysql_select_db, db, caller);

	rc = mysql_select_db(mysql, db);

	if (!rc && point.conn && db)
		conn_use(point.conn, db);
	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_select_db(MYSQL *mysql, const char *db)
{
	if (PASSES)
		return PASS(mysql_select_db)(mysql, db);
	return select_db_traced(mysql, db, CALLER);
}

OUT_OF_LINE int
kill_traced(MYSQL *mysql, unsigned long thread_id, const void *caller)
{
	char target[24];
	struct point point;
	int rc;

	snprintf(target, sizeof(target), "%lu", thread_id);
	begin_text(&point, mysql, CALL_mysql_kill, target, caller);

	rc = mysql_kill(mysql, thread_id);

	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_kill(MYSQL *mysql, unsigned long thread_id)
{
	if (PASSES)
		return PASS(mysql_kill)(mysql, thread_id);
	return kill_traced(mysql, thread_id, CALLER);
}

OUT_OF_LINE int
shutdown_traced(
    MYSQL *mysql, enum mysql_enum_shutdown_level level, const void *caller)
{
	struct point point;
	int rc;

	begin_text(&point, mysql, CALL_mysql_shutdown, NULL, caller);

	rc = mysql_shutdown(mysql, level);

	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_shutdown(MYSQL *mysql, enum mysql_enum_shutdown_level level)
{
	if (PASSES)
		return PASS(mysql_shutdown)(mysql, level);
	return shutdown_traced(mysql, level, CALLER);
}

OUT_OF_LINE int
refresh_traced(MYSQL *mysql, unsigned options, const void *caller)
{
	struct point point;
	int rc;

	begin_text(&point, mysql, CALL_mysql_refresh, NULL, caller);

	rc = mysql_refresh(mysql, options);

	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_refresh(MYSQL *mysql, unsigned options)
{
	if (PASSES)
		return PASS(mysql_refresh)(mysql, options);
	return refresh_traced(mysql, options, CALLER);
}

OUT_OF_LINE client_text
stat_traced(MYSQL *mysql, const void *caller)
{
	struct point point;
	client_text said;

	begin(&point, mysql, CALL_mysql_stat, NULL, caller);

	said = mysql_stat(mysql);

	point_end(&point, mysql_errno(mysql));
	return said;
}

client_text
osprof_mysql_stat(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_stat)(mysql);
	return stat_traced(mysql, CALLER);
}

OUT_OF_LINE int
dump_debug_info_traced(MYSQL *mysql, const void *caller)
{
	struct point point;
	int rc;

	begin(&point, mysql, CALL_mysql_dump_debug_info, NULL, caller);

	rc = mysql_dump_debug_info(mysql);

	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_dump_debug_info(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_dump_debug_info)(mysql);
	return dump_debug_info_traced(mysql, CALLER);
}

OUT_OF_LINE int
ping_traced(MYSQL *mysql, const void *caller)
{
	struct point point;
	int rc;

	begin(&point, mysql, CALL_mysql_ping, NULL, caller);

	rc = mysql_ping(mysql);

	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_ping(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_ping)(mysql);
	return ping_traced(mysql, CALLER);
}
