/*
 * real_linked.h - what real.h means in the libraries that programs link.
 *
 * A name is the function of that name.  Which library has it, the program's
 * link decides, so the same wrappers serve libmysqlclient and Connector/C,
 * shared or static.
 *
 * Names that one of them lacks are referenced weakly, and so are those that
 * MySQL has declared obsolete: a program that never calls one still links.
 */
#ifndef MYSQL_REAL_LINKED_H
#define MYSQL_REAL_LINKED_H

#include "shim/gate.h"

/* Whether a wrapper goes on to the real call at once, and that call. */
#define PASSES gate_shut()
#define PASS(name) name

/* clang-format off */
#define REFER_TEXT(text) #text
#define REFER_BOTH(name)
#define REFER_MYSQL(name) _Pragma(REFER_TEXT(weak name))
#define REFER_MARIADB(name) _Pragma(REFER_TEXT(weak name))

#define CALL(name, class, has, since) \
	OSPROF_API __typeof__(name) osprof_##name; REFER_##has(name)
#include "mysql/calls.h"
#define READ(name, has) REFER_##has(name)
#include "mysql/reads.h"
/* clang-format on */

#pragma weak mysql_kill
#pragma weak mysql_list_fields
#pragma weak mysql_list_processes
#pragma weak mysql_refresh
#pragma weak mysql_shutdown

#endif
