/*
 * async_admin.c - commands of the protocol, by the pairs of Connector/C.
 */
#include <stdio.h>

#include "mysql/async.h"

/* `target` may be NULL. */
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
osprof_mysql_list_fields_start(
    MYSQL_RES **ret, MYSQL *mysql, const char *table, const char *wild)
{
	int events;

	if (PASSES)
		return PASS(mysql_list_fields_start)(ret, mysql, table, wild);
	begin(mysql, CALL_mysql_list_fields_start, table, CALLER);

	events = mysql_list_fields_start(ret, mysql, table, wild);

	if (!events)
		async_end(mysql, !*ret);
	return events;
}

int
osprof_mysql_list_fields_cont(MYSQL_RES **ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_list_fields_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, !*ret);
	return events;
}

static void
begin_kill(MYSQL *mysql, unsigned long thread_id, const void *caller)
{
	char target[24];

	snprintf(target, sizeof(target), "%lu", thread_id);
	begin(mysql, CALL_mysql_kill_start, target, caller);
}

int
osprof_mysql_kill_start(int *ret, MYSQL *mysql, unsigned long thread_id)
{
	int events;

	if (PASSES)
		return PASS(mysql_kill_start)(ret, mysql, thread_id);
	begin_kill(mysql, thread_id, CALLER);

	events = mysql_kill_start(ret, mysql, thread_id);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_kill_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_kill_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_shutdown_start(
    int *ret, MYSQL *mysql, enum mysql_enum_shutdown_level level)
{
	int events;

	if (PASSES)
		return PASS(mysql_shutdown_start)(ret, mysql, level);
	begin(mysql, CALL_mysql_shutdown_start, NULL, CALLER);

	events = mysql_shutdown_start(ret, mysql, level);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_shutdown_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_shutdown_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_refresh_start(int *ret, MYSQL *mysql, unsigned options)
{
	int events;

	if (PASSES)
		return PASS(mysql_refresh_start)(ret, mysql, options);
	begin(mysql, CALL_mysql_refresh_start, NULL, CALLER);

	events = mysql_refresh_start(ret, mysql, options);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_refresh_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_refresh_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_stat_start(const char **ret, MYSQL *mysql)
{
	int events;

	if (PASSES)
		return PASS(mysql_stat_start)(ret, mysql);
	begin(mysql, CALL_mysql_stat_start, NULL, CALLER);

	events = mysql_stat_start(ret, mysql);

	if (!events)
		async_end(mysql, mysql_errno(mysql));
	return events;
}

int
osprof_mysql_stat_cont(const char **ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_stat_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, mysql_errno(mysql));
	return events;
}

int
osprof_mysql_dump_debug_info_start(int *ret, MYSQL *mysql)
{
	int events;

	if (PASSES)
		return PASS(mysql_dump_debug_info_start)(ret, mysql);
	begin(mysql, CALL_mysql_dump_debug_info_start, NULL, CALLER);

	events = mysql_dump_debug_info_start(ret, mysql);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_dump_debug_info_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_dump_debug_info_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_ping_start(int *ret, MYSQL *mysql)
{
	int events;

	if (PASSES)
		return PASS(mysql_ping_start)(ret, mysql);
	begin(mysql, CALL_mysql_ping_start, NULL, CALLER);

	events = mysql_ping_start(ret, mysql);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_ping_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_ping_cont(ret, mysql, status);

	if (!events && !passes)
		async_end(mysql, *ret);
	return events;
}
