/*
 * fake_mysql_pairs.c - a client library that plays from a script: what only
 * Connector/C has, calls that come back in their middle.
 *
 * X_start runs the public X on a stack of its own, where that waits; X_cont
 * goes on with whatever waits on the connection.  The result is the last one's,
 * who has it in his own *ret.
 */
#include "tests/mysql/fake_mysql_script.h"

#define OUT_OF_SYNC 2014

/* The call has come back: it waits, or its result is there. */
static int
came_back(MYSQL *mysql, int events, intptr_t *ret)
{
	mysql->events = events;
	if (!events)
		*ret = mysql->call.result;
	leave_errno();
	return events;
}

/* A statement that has lost its connection waits for nobody. */
static int
run_at_once(struct coroutine *call, intptr_t *ret)
{
	call->run(call);
	*ret = call->result;
	return 0;
}

static int
start(MYSQL *mysql, void (*run)(struct coroutine *call), void *on,
    const struct given *given, intptr_t *ret)
{
	struct coroutine alone, *call = mysql ? &mysql->call : &alone;

	call->run = run;
	call->on = on;
	call->given = *given;
	if (!mysql)
		return run_at_once(call, ret);
	if (mysql->events)
		fault("a call was started while another one waits");
	return came_back(mysql, coroutine_start(call), ret);
}

static int
go_on(MYSQL *mysql, int events, intptr_t failure, intptr_t *ret)
{
	if (!mysql->events) {
		mysql->state.code = OUT_OF_SYNC;
		mysql->state.sqlstate = "HY000";
		mysql->state.error = "Commands out of sync";
		leave_errno();
		*ret = failure;
		return 0;
	}
	if (!(events & mysql->events))
		fault("a call goes on with nothing of what it waits for");
	return came_back(mysql, coroutine_go_on(&mysql->call), ret);
}

/* What each shape of arguments is, as a tail of lists. */
#define TAKES_NOTHING
#define GIVES_NOTHING .number = 0
#define CALLS_NOTHING
#define TAKES_TEXT , const char *text
#define GIVES_TEXT .text = {text}
#define CALLS_TEXT , call->given.text[0]
#define TAKES_LENGTH , const char *text, unsigned long len
#define GIVES_LENGTH .text = {text}, .number = len
#define CALLS_LENGTH , call->given.text[0], call->given.number
#define TAKES_TEXTS , const char *text, const char *other
#define GIVES_TEXTS .text = {text, other}
#define CALLS_TEXTS , call->given.text[0], call->given.text[1]
#define TAKES_USER , const char *user, const char *word, const char *db
#define GIVES_USER .text = {user, word, db}
#define CALLS_USER \
 , call->given.text[0], call->given.text[1], call->given.text[2]
#define TAKES_NUMBER(type) , type number
#define GIVES_NUMBER(type) .number = (unsigned long)number
#define CALLS_NUMBER(type) , (type)call->given.number
#define TAKES_CHUNK , unsigned i, const char *data, unsigned long len
#define GIVES_CHUNK .text = {data}, .number = len, .flags = i
#define CALLS_CHUNK \
 , (unsigned)call->given.flags, call->given.text[0], call->given.number
#define TAKES_ADDRESS \
 , const char *host, const char *user, const char *word, const char *db, \
     unsigned port, const char *socket, unsigned long flags
#define GIVES_ADDRESS \
 .text = {host, user, word, db, socket}, .number = port, .flags = flags
#define CALLS_ADDRESS \
 , call->given.text[0], call->given.text[1], call->given.text[2], \
     call->given.text[3], (unsigned)call->given.number, call->given.text[4], \
     call->given.flags

#define CONN_OF_MYSQL(on) (on)
#define CONN_OF_MYSQL_STMT(on) ((on)->mysql)
#define CONN_OF_MYSQL_RES(on) ((on)->mysql)

/* X_start and X_cont of one that returns `type`, on a handle of that kind. */
#define PAIR(name, type, failure, kind, shape) \
 static void name##_runs(struct coroutine *call) \
 { \
  call->result = (intptr_t)name(call->on CALLS_##shape); \
 } \
\
 int name##_start(type *ret, kind *on TAKES_##shape) \
 { \
  const struct given given = {GIVES_##shape}; \
  intptr_t result = 0; \
  int events = start(CONN_OF_##kind(on), name##_runs, on, &given, &result); \
\
  if (!events) \
   *ret = (type)result; \
  return events; \
 } \
\
 int name##_cont(type *ret, kind *on, int status) \
 { \
  intptr_t result = 0; \
  int events = go_on( \
      CONN_OF_##kind(on), status, (intptr_t)(failure), &result); \
\
  if (!events) \
   *ret = (type)result; \
  return events; \
 }

/* clang-format off */
PAIR(mysql_real_connect, MYSQL *, NULL, MYSQL, ADDRESS)
PAIR(mysql_change_user, my_bool, 1, MYSQL, USER)
PAIR(mysql_reset_connection, int, 1, MYSQL, NOTHING)
PAIR(mysql_query, int, 1, MYSQL, TEXT)
PAIR(mysql_real_query, int, 1, MYSQL, LENGTH)
PAIR(mysql_send_query, int, 1, MYSQL, LENGTH)
PAIR(mysql_read_query_result, my_bool, 1, MYSQL, NOTHING)
PAIR(mysql_next_result, int, 1, MYSQL, NOTHING)
PAIR(mysql_store_result, MYSQL_RES *, NULL, MYSQL, NOTHING)
PAIR(mysql_fetch_row, MYSQL_ROW, NULL, MYSQL_RES, NOTHING)
PAIR(mysql_commit, my_bool, 1, MYSQL, NOTHING)
PAIR(mysql_rollback, my_bool, 1, MYSQL, NOTHING)
PAIR(mysql_autocommit, my_bool, 1, MYSQL, NUMBER(my_bool))
PAIR(mysql_set_character_set, int, 1, MYSQL, TEXT)
PAIR(mysql_set_server_option, int, 1, MYSQL,
    NUMBER(enum enum_mysql_set_option))
PAIR(mysql_select_db, int, 1, MYSQL, TEXT)
PAIR(mysql_list_fields, MYSQL_RES *, NULL, MYSQL, TEXTS)
PAIR(mysql_kill, int, 1, MYSQL, NUMBER(unsigned long))
PAIR(mysql_shutdown, int, 1, MYSQL, NUMBER(enum mysql_enum_shutdown_level))
PAIR(mysql_refresh, int, 1, MYSQL, NUMBER(unsigned))
PAIR(mysql_stat, const char *, NULL, MYSQL, NOTHING)
PAIR(mysql_dump_debug_info, int, 1, MYSQL, NOTHING)
PAIR(mysql_ping, int, 1, MYSQL, NOTHING)
PAIR(mysql_stmt_close, my_bool, 1, MYSQL_STMT, NOTHING)
PAIR(mysql_stmt_prepare, int, 1, MYSQL_STMT, LENGTH)
PAIR(mysql_stmt_send_long_data, my_bool, 1, MYSQL_STMT, CHUNK)
PAIR(mysql_stmt_execute, int, 1, MYSQL_STMT, NOTHING)
PAIR(mysql_stmt_next_result, int, 1, MYSQL_STMT, NOTHING)
PAIR(mysql_stmt_store_result, int, 1, MYSQL_STMT, NOTHING)
PAIR(mysql_stmt_fetch, int, 1, MYSQL_STMT, NOTHING)
PAIR(mysql_stmt_free_result, my_bool, 1, MYSQL_STMT, NOTHING)
PAIR(mysql_stmt_reset, my_bool, 1, MYSQL_STMT, NOTHING)
/* clang-format on */

/* Those that return nothing. */
static void
free_runs(struct coroutine *call)
{
	mysql_free_result(call->on);
}

static void
close_runs(struct coroutine *call)
{
	mysql_close(call->on);
}

int
mysql_free_result_start(MYSQL_RES *result)
{
	const struct given none = {.number = 0};
	intptr_t ret;

	return start(result->mysql, free_runs, result, &none, &ret);
}

int
mysql_free_result_cont(MYSQL_RES *result, int status)
{
	intptr_t ret;

	return go_on(result->mysql, status, 0, &ret);
}

int
mysql_close_start(MYSQL *mysql)
{
	const struct given none = {.number = 0};
	intptr_t ret;

	return start(mysql, close_runs, mysql, &none, &ret);
}

int
mysql_close_cont(MYSQL *mysql, int status)
{
	intptr_t ret;

	return go_on(mysql, status, 0, &ret);
}
