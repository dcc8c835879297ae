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

OUT_OF_LINE int
commit_start_traced(my_bool *ret, MYSQL *mysql, const void *caller)
{
	int events;

	begin_sql(mysql, CALL_mysql_commit_start, COMMIT, caller);

	events = mysql_commit_start(ret, mysql);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_commit_start(my_bool *ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_commit_start)(ret, mysql);
	return commit_start_traced(ret, mysql, CALLER);
}

OUT_OF_LINE int
commit_cont_traced(my_bool *ret, MYSQL *mysql, int status)
{
	int events = mysql_commit_cont(ret, mysql, status);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_commit_cont(my_bool *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_commit_cont)(ret, mysql, status);
	return commit_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
rollback_start_traced(my_bool *ret, MYSQL *mysql, const void *caller)
{
	int events;

	begin_sql(mysql, CALL_mysql_rollback_start, ROLLBACK, caller);

	events = mysql_rollback_start(ret, mysql);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_rollback_start(my_bool *ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_rollback_start)(ret, mysql);
	return rollback_start_traced(ret, mysql, CALLER);
}

OUT_OF_LINE int
rollback_cont_traced(my_bool *ret, MYSQL *mysql, int status)
{
	int events = mysql_rollback_cont(ret, mysql, status);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_rollback_cont(my_bool *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_rollback_cont)(ret, mysql, status);
	return rollback_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
autocommit_start_traced(
    my_bool *ret, MYSQL *mysql, my_bool on, const void *caller)
{
	int events;

	begin_sql(
	    mysql, CALL_mysql_autocommit_start, admin_autocommit(on), caller);

	events = mysql_autocommit_start(ret, mysql, on);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_autocommit_start(my_bool *ret, MYSQL *mysql, my_bool on)
{
	if (PASSES)
		return PASS(mysql_autocommit_start)(ret, mysql, on);
	return autocommit_start_traced(ret, mysql, on, CALLER);
}

OUT_OF_LINE int
autocommit_cont_traced(my_bool *ret, MYSQL *mysql, int status)
{
	int events = mysql_autocommit_cont(ret, mysql, status);

	if (!events)
		async_end_text(mysql, *ret);
	return events;
}

int
osprof_mysql_autocommit_cont(my_bool *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_autocommit_cont)(ret, mysql, status);
	return autocommit_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
set_character_set_start_traced(
    int *ret, MYSQL *mysql, const char *name, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_set_character_set_start, admin_charset(name),
	    caller);

	events = mysql_set_character_set_start(ret, mysql, name);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_set_character_set_start(int *ret, MYSQL *mysql, const char *name)
{
	if (PASSES)
		return PASS(mysql_set_character_set_start)(ret, mysql, name);
	return set_character_set_start_traced(ret, mysql, name, CALLER);
}

OUT_OF_LINE int
set_character_set_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_set_character_set_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_set_character_set_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_set_character_set_cont)(ret, mysql, status);
	return set_character_set_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
set_server_option_start_traced(int *ret, MYSQL *mysql,
    enum enum_mysql_set_option option, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_set_server_option_start, admin_option(option),
	    caller);

	events = mysql_set_server_option_start(ret, mysql, option);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_set_server_option_start(
    int *ret, MYSQL *mysql, enum enum_mysql_set_option option)
{
	if (PASSES)
		return PASS(mysql_set_server_option_start)(ret, mysql, option);
	return set_server_option_start_traced(ret, mysql, option, CALLER);
}

OUT_OF_LINE int
set_server_option_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_set_server_option_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_set_server_option_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_set_server_option_cont)(ret, mysql, status);
	return set_server_option_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
select_db_start_traced(
    int *ret, MYSQL *mysql, const char *db, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_select_db_start, db, caller);

	events = mysql_select_db_start(ret, mysql, db);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_select_db_start(int *ret, MYSQL *mysql, const char *db)
{
	if (PASSES)
		return PASS(mysql_select_db_start)(ret, mysql, db);
	return select_db_start_traced(ret, mysql, db, CALLER);
}

OUT_OF_LINE int
select_db_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_select_db_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_select_db_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_select_db_cont)(ret, mysql, status);
	return select_db_cont_traced(ret, mysql, status);
}
