/*
 * list.c - calls that list what a server has.
 *
 * The span is the call, which returns with the rows stored.  It shows the
 * pattern that was asked for, which is a value, or the table.
 */
#include "mysql/answer.h"

/* A call that sends a text of its own; `target` may be NULL. */
static void
begin(struct point *point, MYSQL *mysql, enum call_key call, const char *target,
    const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = target,
	};

	answer_begin(point, &subject, mysql);
}

/* It returned rows that are stored, or NULL: it failed. */
static void
end_rows(struct point *point, MYSQL_RES *result)
{
	if (result)
		point->outcome.rows = mysql_num_rows(result);
	point_end(point, !result);
}

static const char *
shown(const char *wild)
{
	return gate_open() && gate_shows_args() ? wild : NULL;
}

OUT_OF_LINE MYSQL_RES *
list_dbs_traced(MYSQL *mysql, const char *wild, const void *caller)
{
	struct point point;
	MYSQL_RES *result;

	begin(&point, mysql, CALL_mysql_list_dbs, shown(wild), caller);

	result = mysql_list_dbs(mysql, wild);

	end_rows(&point, result);
	return result;
}

MYSQL_RES *
osprof_mysql_list_dbs(MYSQL *mysql, const char *wild)
{
	if (PASSES)
		return PASS(mysql_list_dbs)(mysql, wild);
	return list_dbs_traced(mysql, wild, CALLER);
}

OUT_OF_LINE MYSQL_RES *
list_tables_traced(MYSQL *mysql, const char *wild, const void *caller)
{
	struct point point;
	MYSQL_RES *result;

	begin(&point, mysql, CALL_mysql_list_tables, shown(wild), caller);

	result = mysql_list_tables(mysql, wild);

	end_rows(&point, result);
	return result;
}

MYSQL_RES *
osprof_mysql_list_tables(MYSQL *mysql, const char *wild)
{
	if (PASSES)
		return PASS(mysql_list_tables)(mysql, wild);
	return list_tables_traced(mysql, wild, CALLER);
}

OUT_OF_LINE MYSQL_RES *
list_fields_traced(
    MYSQL *mysql, const char *table, const char *wild, const void *caller)
{
	const struct subject subject = {
	    .call = CALL_mysql_list_fields,
	    .caller = caller,
	    .target = table,
	};
	struct point point;
	MYSQL_RES *result;

	point_begin(&point, &subject, mysql);

	result = mysql_list_fields(mysql, table, wild);

	point_end(&point, !result);
	return result;
}

MYSQL_RES *
osprof_mysql_list_fields(MYSQL *mysql, const char *table, const char *wild)
{
	if (PASSES)
		return PASS(mysql_list_fields)(mysql, table, wild);
	return list_fields_traced(mysql, table, wild, CALLER);
}

OUT_OF_LINE MYSQL_RES *
list_processes_traced(MYSQL *mysql, const void *caller)
{
	struct point point;
	MYSQL_RES *result;

	begin(&point, mysql, CALL_mysql_list_processes, NULL, caller);

	result = mysql_list_processes(mysql);

	end_rows(&point, result);
	return result;
}

MYSQL_RES *
osprof_mysql_list_processes(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_list_processes)(mysql);
	return list_processes_traced(mysql, CALLER);
}
