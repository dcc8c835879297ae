/*
 * attributes.h - the attributes of a connection's next query.
 *
 * They are names with values that are bound to the connection, sent with the
 * next text and forgotten by it.
 */
#ifndef MYSQL_ATTRIBUTES_H
#define MYSQL_ATTRIBUTES_H

#include "mysql/conn.h"

/* Add what is bound to the point of a text that is about to be sent. */
void attributes_show(const struct conn *conn, struct subject *subject);

/* It was sent with them. */
static inline void
attributes_forget(struct conn *conn)
{
	if (conn && conn->attributes)
		binds_forget(conn->attributes);
}

void attributes_free(struct conn *conn);

#endif
