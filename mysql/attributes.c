/*
 * attributes.c - the attributes of a connection's next query.
 */
#include "mysql/attributes.h"

#include <errno.h>
#include <stdlib.h>

void
attributes_show(const struct conn *conn, struct subject *subject)
{
	static const struct batch alone;
	static const struct hidden by_name;

	if (!conn || !conn->attributes || !conn->attributes->count)
		return;
	subject->binds = conn->attributes;
	subject->batch = &alone;
	subject->hidden = &by_name;
}

void
attributes_free(struct conn *conn)
{
	if (!conn->attributes)
		return;
	binds_free(conn->attributes);
	free(conn->attributes);
	conn->attributes = NULL;
}

static struct binds *
attributes_get(struct conn *conn)
{
	int saved = errno;

	if (!conn->attributes)
		conn->attributes = calloc(1, sizeof(*conn->attributes));
	errno = saved;
	return conn->attributes;
}

/* The call has returned: none are bound without arrays of both. */
static void
take(struct conn *conn, unsigned count, const MYSQL_BIND *array,
    const char *const *names)
{
	struct binds *attributes = conn ? attributes_get(conn) : NULL;

	if (!attributes)
		return;
	if (array && names)
		binds_take(attributes, array, count, names);
	else
		binds_forget(attributes);
}

OUT_OF_LINE my_bool
bind_param_traced(
    MYSQL *mysql, unsigned count, MYSQL_BIND *array, const char **names)
{
	struct conn *conn = gate_open() ? conn_find(mysql) : NULL;
	my_bool failed;

	failed = mysql_bind_param(mysql, count, array, names);

	take(conn, count, failed ? NULL : array, (const char *const *)names);
	return failed;
}

my_bool
osprof_mysql_bind_param(
    MYSQL *mysql, unsigned count, MYSQL_BIND *array, const char **names)
{
	if (PASSES)
		return PASS(mysql_bind_param)(mysql, count, array, names);
	return bind_param_traced(mysql, count, array, names);
}
