/*
 * stmt_params.c - the parameters of prepared statements.
 *
 * None of these calls has a span.  What is bound is taken over when the library
 * has taken it, and read when the statement is executed.
 */
#include <string.h>

#include "mysql/stmt_run.h"

/* The library took an array, or refused, and may have half of it then. */
static void
bound(struct binds *binds, bool failed, const MYSQL_BIND *array, unsigned count,
    const char *const *names)
{
	if (failed || !array)
		binds_forget(binds);
	else
		binds_take(binds, array, count, names);
}

OUT_OF_LINE my_bool
stmt_bind_param_traced(MYSQL_STMT *stmt, MYSQL_BIND *array)
{
	struct stmt *seen = stmt_find(stmt);
	my_bool rc;

	rc = mysql_stmt_bind_param(stmt, array);

	if (seen)
		bound(&seen->binds, rc, array,
		    (unsigned)mysql_stmt_param_count(stmt), NULL);
	return rc;
}

my_bool
osprof_mysql_stmt_bind_param(MYSQL_STMT *stmt, MYSQL_BIND *array)
{
	if (PASSES)
		return PASS(mysql_stmt_bind_param)(stmt, array);
	return stmt_bind_param_traced(stmt, array);
}

OUT_OF_LINE my_bool
stmt_bind_named_param_traced(
    MYSQL_STMT *stmt, MYSQL_BIND *array, unsigned count, const char **names)
{
	struct stmt *seen = stmt_find(stmt);
	my_bool rc;

	rc = mysql_stmt_bind_named_param(stmt, array, count, names);

	if (seen)
		bound(
		    &seen->binds, rc, array, count, (const char *const *)names);
	return rc;
}

my_bool
osprof_mysql_stmt_bind_named_param(
    MYSQL_STMT *stmt, MYSQL_BIND *array, unsigned count, const char **names)
{
	if (PASSES)
		return PASS(mysql_stmt_bind_named_param)(
		    stmt, array, count, names);
	return stmt_bind_named_param_traced(stmt, array, count, names);
}

OUT_OF_LINE my_bool
stmt_send_long_data_traced(
    MYSQL_STMT *stmt, unsigned index, const char *data, unsigned long len)
{
	struct stmt *seen = stmt_known(stmt);
	my_bool rc;

	rc = mysql_stmt_send_long_data(stmt, index, data, len);

	if (seen && !rc)
		binds_send(&seen->binds, &seen->hidden, index, data, len);
	return rc;
}

my_bool
osprof_mysql_stmt_send_long_data(
    MYSQL_STMT *stmt, unsigned index, const char *data, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_stmt_send_long_data)(stmt, index, data, len);
	return stmt_send_long_data_traced(stmt, index, data, len);
}

/* An attribute of Connector/C's was set: that says how binds are read. */
static void
take_attribute(
    struct stmt *seen, enum enum_stmt_attr_type type, const void *attr)
{
	switch (type) {
	case STMT_ATTR_ARRAY_SIZE:
		memcpy(&seen->batch.rows, attr, sizeof(unsigned));
		break;
	case STMT_ATTR_ROW_SIZE:
		memcpy(&seen->batch.row_size, attr, sizeof(size_t));
		break;
	case STMT_ATTR_CB_PARAM: /* the function itself */
		seen->batch.callback = attr != NULL;
		break;
	case STMT_ATTR_PREBIND_PARAMS: /* what was prepared is closed */
		run_lose(seen, "discarded");
		stmt_unprepared(seen);
		binds_forget(&seen->binds);
		break;
	default:
		break;
	}
}

OUT_OF_LINE my_bool
stmt_attr_set_traced(
    MYSQL_STMT *stmt, enum enum_stmt_attr_type type, const void *attr)
{
	struct stmt *seen = real_is_mariadb() ? stmt_find(stmt) : NULL;
	my_bool rc;

	rc = mysql_stmt_attr_set(stmt, type, attr);

	if (seen && !rc)
		take_attribute(seen, type, attr);
	return rc;
}

my_bool
osprof_mysql_stmt_attr_set(
    MYSQL_STMT *stmt, enum enum_stmt_attr_type type, const void *attr)
{
	if (PASSES)
		return PASS(mysql_stmt_attr_set)(stmt, type, attr);
	return stmt_attr_set_traced(stmt, type, attr);
}
