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

OUT_OF_LINE int
list_fields_start_traced(MYSQL_RES **ret, MYSQL *mysql, const char *table,
    const char *wild, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_list_fields_start, table, caller);

	events = mysql_list_fields_start(ret, mysql, table, wild);

	if (!events)
		async_end(mysql, !*ret);
	return events;
}

int
osprof_mysql_list_fields_start(
    MYSQL_RES **ret, MYSQL *mysql, const char *table, const char *wild)
{
	if (PASSES)
		return PASS(mysql_list_fields_start)(ret, mysql, table, wild);
	return list_fields_start_traced(ret, mysql, table, wild, CALLER);
}

OUT_OF_LINE int
list_fields_cont_traced(MYSQL_RES **ret, MYSQL *mysql, int status)
{
	int events = mysql_list_fields_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, !*ret);
	return events;
}

int
osprof_mysql_list_fields_cont(MYSQL_RES **ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_list_fields_cont)(ret, mysql, status);
	return list_fields_cont_traced(ret, mysql, status);
}

static void
begin_kill(MYSQL *mysql, unsigned long thread_id, const void *caller)
{
	char target[24];

	snprintf(target, sizeof(target), "%lu", thread_id);
	begin(mysql, CALL_mysql_kill_start, target, caller);
}

OUT_OF_LINE int
kill_start_traced(
    int *ret, MYSQL *mysql, unsigned long thread_id, const void *caller)
{
	int events;

	begin_kill(mysql, thread_id, caller);

	events = mysql_kill_start(ret, mysql, thread_id);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_kill_start(int *ret, MYSQL *mysql, unsigned long thread_id)
{
	if (PASSES)
		return PASS(mysql_kill_start)(ret, mysql, thread_id);
	return kill_start_traced(ret, mysql, thread_id, CALLER);
}

OUT_OF_LINE int
kill_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_kill_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_kill_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_kill_cont)(ret, mysql, status);
	return kill_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
shutdown_start_traced(int *ret, MYSQL *mysql,
    enum mysql_enum_shutdown_level level, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_shutdown_start, NULL, caller);

	events = mysql_shutdown_start(ret, mysql, level);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_shutdown_start(
    int *ret, MYSQL *mysql, enum mysql_enum_shutdown_level level)
{
	if (PASSES)
		return PASS(mysql_shutdown_start)(ret, mysql, level);
	return shutdown_start_traced(ret, mysql, level, CALLER);
}

OUT_OF_LINE int
shutdown_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_shutdown_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_shutdown_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_shutdown_cont)(ret, mysql, status);
	return shutdown_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
refresh_start_traced(
    int *ret, MYSQL *mysql, unsigned options, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_refresh_start, NULL, caller);

	events = mysql_refresh_start(ret, mysql, options);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_refresh_start(int *ret, MYSQL *mysql, unsigned options)
{
	if (PASSES)
		return PASS(mysql_refresh_start)(ret, mysql, options);
	return refresh_start_traced(ret, mysql, options, CALLER);
}

OUT_OF_LINE int
refresh_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_refresh_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_refresh_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_refresh_cont)(ret, mysql, status);
	return refresh_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
stat_start_traced(const char **ret, MYSQL *mysql, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_stat_start, NULL, caller);

	events = mysql_stat_start(ret, mysql);

	if (!events)
		async_end(mysql, mysql_errno(mysql));
	return events;
}

int
osprof_mysql_stat_start(const char **ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_stat_start)(ret, mysql);
	return stat_start_traced(ret, mysql, CALLER);
}

OUT_OF_LINE int
stat_cont_traced(const char **ret, MYSQL *mysql, int status)
{
	int events = mysql_stat_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, mysql_errno(mysql));
	return events;
}

int
osprof_mysql_stat_cont(const char **ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_stat_cont)(ret, mysql, status);
	return stat_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
dump_debug_info_start_traced(int *ret, MYSQL *mysql, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_dump_debug_info_start, NULL, caller);

	events = mysql_dump_debug_info_start(ret, mysql);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_dump_debug_info_start(int *ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_dump_debug_info_start)(ret, mysql);
	return dump_debug_info_start_traced(ret, mysql, CALLER);
}

OUT_OF_LINE int
dump_debug_info_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_dump_debug_info_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_dump_debug_info_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_dump_debug_info_cont)(ret, mysql, status);
	return dump_debug_info_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
ping_start_traced(int *ret, MYSQL *mysql, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_ping_start, NULL, caller);

	events = mysql_ping_start(ret, mysql);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_ping_start(int *ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_ping_start)(ret, mysql);
	return ping_start_traced(ret, mysql, CALLER);
}

OUT_OF_LINE int
ping_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_ping_cont(ret, mysql, status);

	if (!events)
		async_end(mysql, *ret);
	return events;
}

int
osprof_mysql_ping_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_ping_cont)(ret, mysql, status);
	return ping_cont_traced(ret, mysql, status);
}
