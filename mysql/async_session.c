/*
 * async_session.c - calls that change a session, by the pairs of Connector/C.
 */
#include <string.h>

#include "mysql/admin.h"
#include "mysql/async.h"

/* A call with a statement that is known. */
static void
begin_sql(MYSQL *mysql, enum call_key call, const char *sql, const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = strlen(sql),
	    .sql_known = true,
	};

	async_begin_text(mysql, &subject);
}

/* A call without. */
static void
begin(MYSQL *mysql, enum call_key call, const char *target, const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = target,
	};

	async_begin(mysql, &subject);
}

int
osprof_mysql_commit_start(my_bool *ret, MYSQL *mysql)
{
	int events;

	if (PASSES)
		return PASS(mysql_commit_start)(ret, mysql);
	begin_sql(mysql, CALL_mysql_commit_start, COMMIT, CALLER);

	events = mysql_commit_start(ret, mysql);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_commit_cont(my_bool *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_commit_cont(ret, mysql, status);

	if (!events && !passes)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_rollback_start(my_bool *ret, MYSQL *mysql)
{
	int events;

	if (PASSES)
		return PASS(mysql_rollback_start)(ret, mysql);
	begin_sql(mysql, CALL_mysql_rollback_start, ROLLBACK, CALLER);

	events = mysql_rollback_start(ret, mysql);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_rollback_cont(my_bool *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_rollback_cont(ret, mysql, status);

	if (!events && !passes)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_autocommit_start(my_bool *ret, MYSQL *mysql, my_bool on)
{
	int events;

	if (PASSES)
		return PASS(mysql_autocommit_start)(ret, mysql, on);
	begin_sql(
	    mysql, CALL_mysql_autocommit_start, admin_autocommit(on), CALLER);

	events = mysql_autocommit_start(ret, mysql, on);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_autocommit_cont(my_bool *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_autocommit_cont(ret, mysql, status);

	if (!events && !passes)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_set_character_set_start(int *ret, MYSQL *mysql, const char *name)
{
	int events;

	if (PASSES)
		return PASS(mysql_set_character_set_start)(ret, mysql, name);
	begin(mysql, CALL_mysql_set_character_set_start, admin_charset(name),
	    CALLER);

	events = mysql_set_character_set_start(ret, mysql, name);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_set_character_set_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_set_character_set_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_set_server_option_start(
    int *ret, MYSQL *mysql, enum enum_mysql_set_option option)
{
	int events;

	if (PASSES)
		return PASS(mysql_set_server_option_start)(ret, mysql, option);
	begin(mysql, CALL_mysql_set_server_option_start, admin_option(option),
	    CALLER);

	events = mysql_set_server_option_start(ret, mysql, option);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_set_server_option_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_set_server_option_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_select_db_start(int *ret, MYSQL *mysql, const char *db)
{
	int events;

	if (PASSES)
		return PASS(mysql_select_db_start)(ret, mysql, db);
	begin(mysql, CALL_mysql_select_db_start, db, CALLER);

	events = mysql_select_db_start(ret, mysql, db);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_select_db_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_select_db_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}
