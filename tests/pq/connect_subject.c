/*
 * connect_subject.c - a program that makes connections, and says how it went.
 *
 * connect_subject SCENARIO [CONNINFO...]; it prints nothing that differs from
 * one run to the next.  It is built with and without our header, and never
 * calls us by name.
 */
#include <libpq-fe.h>

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of libpq 17: weak, for the program runs with older ones too. */
#ifndef LIBPQ_HAS_ASYNC_CANCEL
typedef struct pg_cancel_conn PGcancelConn;
PGcancelConn *PQcancelCreate(PGconn *conn);
int PQcancelBlocking(PGcancelConn *cancel);
int PQcancelStart(PGcancelConn *cancel);
PostgresPollingStatusType PQcancelPoll(PGcancelConn *cancel);
int PQcancelSocket(const PGcancelConn *cancel);
void PQcancelFinish(PGcancelConn *cancel);
#endif
#ifndef LIBPQ_HAS_CHANGE_PASSWORD
PGresult *PQchangePassword(PGconn *conn, const char *user, const char *passwd);
#endif
#pragma weak PQcancelCreate
#pragma weak PQcancelBlocking
#pragma weak PQcancelStart
#pragma weak PQcancelPoll
#pragma weak PQcancelSocket
#pragma weak PQcancelFinish
#pragma weak PQchangePassword

static void
say(const char *what, PGconn *conn)
{
	int was = errno;

	printf("%s: %d %s errno %d\n", what, (int)PQstatus(conn),
	    PQerrorMessage(conn), was);
	errno = 0;
}

static void
run(PGconn *conn, const char *sql)
{
	PGresult *result = PQexec(conn, sql);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	printf("%s: %s %s\n", sql, PQresStatus(PQresultStatus(result)),
	    state ? state : "");
	PQclear(result);
}

static void
whole(char **argument)
{
	PGconn *conn = PQconnectdb(argument[0]);

	say("connectdb", conn);
	PQfinish(conn);
}

static void
params(char **argument)
{
	const char *keywords[] = {"dbname", "password", NULL};
	const char *values[] = {argument[0], argument[1], NULL};
	PGconn *conn = PQconnectdbParams(keywords, values, 1);

	say("connectdbParams", conn);
	PQfinish(conn);
}

static void
login(char **argument)
{
	PGconn *conn = PQsetdbLogin(argument[0], argument[1], NULL, NULL,
	    argument[2], argument[3], argument[4]);

	say("setdbLogin", conn);
	PQfinish(conn);
}

static void
await(int socket, PostgresPollingStatusType status)
{
	struct pollfd ready = {
	    .fd = socket,
	    .events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT,
	};

	poll(&ready, 1, -1);
}

/* Poll a connection to its end. */
static void
drive(PGconn *conn, PostgresPollingStatusType poll_once(PGconn *))
{
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;

	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
		await(PQsocket(conn), status);
		status = poll_once(conn);
	}
}

static void
polled(char **argument)
{
	const char *keywords[] = {"dbname", NULL};
	const char *values[] = {argument[0], NULL};
	PGconn *conn = argument[1] ? PQconnectStartParams(keywords, values, 1)
				   : PQconnectStart(argument[0]);

	if (PQstatus(conn) != CONNECTION_BAD)
		drive(conn, PQconnectPoll);
	say("connectPoll", conn);
	if (PQstatus(conn) == CONNECTION_OK) {
		PQconnectPoll(conn);
		run(conn, "select 1");
	}
	PQfinish(conn);
}

static void
abandoned(char **argument)
{
	PGconn *conn = PQconnectStart(argument[0]);

	PQfinish(conn);
	puts("abandoned");
}

/* Lose a connection, as an administrator would make it. */
static void
lose(PGconn *conn, const char *conninfo)
{
	PGconn *other = PQconnectdb(conninfo);
	char pid[16];
	const char *values[] = {pid};

	snprintf(pid, sizeof(pid), "%d", PQbackendPID(conn));
	PQclear(PQexecParams(other, "select pg_terminate_backend($1)", 1, NULL,
	    values, NULL, NULL, 0));
	PQfinish(other);
	/* Until the server has closed it. */
	while (PQconsumeInput(conn))
		await(PQsocket(conn), PGRES_POLLING_READING);
}

static void
reset(char **argument)
{
	PGconn *conn = PQconnectdb(argument[0]);

	PQclear(PQprepare(conn, "p", "select 7", 0, NULL));
	PQsendQuery(conn, "select 'pending'");
	PQreset(conn);
	say("reset", conn);
	lose(conn, argument[0]);
	say("lost", conn);
	if (PQresetStart(conn))
		drive(conn, PQresetPoll);
	say("resetPoll", conn);
	run(conn, "select 2");
	PQclear(PQexecPrepared(conn, "p", 0, NULL, NULL, NULL, 0));
	PQfinish(conn);
}

static void
ping(char **argument)
{
	const char *keywords[] = {"dbname", NULL};
	const char *values[] = {argument[1], NULL};

	printf("%d\n", (int)PQping(argument[0]));
	printf("%d\n", (int)PQpingParams(keywords, values, 1));
}

static PGcancel *canceller;
static volatile sig_atomic_t was_sent;

/* Of the module canceller.c; NULL: it is done here. */
static int (*cancel_elsewhere)(PGcancel *cancel);

static void
interrupted(int signal)
{
	char message[256];

	(void)signal;
	errno = EEXIST;
	was_sent = cancel_elsewhere
		       ? cancel_elsewhere(canceller)
		       : PQcancel(canceller, message, sizeof(message));
	was_sent *= errno;
}

/* The server has said that it is at it: interrupt it from here. */
static void
noticed(void *unused, const char *message)
{
	(void)unused;
	(void)message;
	raise(SIGINT);
}

static const char sleeper[] = "do $$ begin raise notice 'now'; "
			      "perform pg_sleep(60); end $$";

static void
cancel(char **argument)
{
	PGconn *conn = PQconnectdb(argument[0]);

	signal(SIGINT, interrupted);
	PQsetNoticeProcessor(conn, noticed, NULL);
	canceller = PQgetCancel(conn);
	run(conn, sleeper);
	printf("sent: %d\n", (int)was_sent);
	PQfreeCancel(canceller);
	printf("requested: %d\n", PQrequestCancel(conn));
	PQfinish(conn);
	printf("requested of none: %d\n", PQrequestCancel(NULL));
}

static void
cancel_elsewhere_too(char **argument)
{
	void *module = dlopen(argument[1], RTLD_NOW);

	if (!module)
		exit(3);
	*(void **)&cancel_elsewhere = dlsym(module, "cancel_from_here");
	cancel(argument);
}

static void *
cancel_alone(void *unused)
{
	char message[256];

	(void)unused;
	printf("sent: %d\n", PQcancel(canceller, message, sizeof(message)));
	return NULL;
}

static void
cancel_on_bare_thread(char **argument)
{
	PGconn *conn = PQconnectdb(argument[0]);
	pthread_t thread;

	canceller = PQgetCancel(conn);
	pthread_create(&thread, NULL, cancel_alone, NULL);
	pthread_join(thread, NULL);
	PQfreeCancel(canceller);
	PQfinish(conn);
}

static void
cancel_later(char **argument)
{
	PGconn *conn = PQconnectdb(argument[0]);
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;
	PGcancelConn *one, *two, *three;

	if (!PQcancelCreate) {
		PQfinish(conn);
		return;
	}
	one = PQcancelCreate(conn);
	two = PQcancelCreate(conn);
	three = PQcancelCreate(conn);
	printf("blocking: %d\n", PQcancelBlocking(one));
	PQcancelFinish(one);
	printf("start: %d\n", PQcancelStart(two));
	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
		await(PQcancelSocket(two), status);
		status = PQcancelPoll(two);
	}
	printf("poll: %d\n", (int)status);
	PQcancelFinish(two);
	printf("start: %d\n", PQcancelStart(three));
	PQcancelFinish(three);
	PQfinish(conn);
}

static void *
one_thread(void *conninfo)
{
	for (int i = 0; i < 10; i++) {
		PGconn *conn = PQconnectdb(conninfo);

		PQclear(PQexec(conn, "select 1"));
		PQfinish(conn);
	}
	return NULL;
}

static void
threads(char **argument)
{
	pthread_t thread[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, one_thread, argument[0]);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	puts("joined");
}

/* A child that has a copy of each kind of connection, and finishes it. */
static void
forked(char **argument)
{
	PGconn *made = PQconnectdb(argument[0]);
	PGconn *making = PQconnectStart(argument[0]);
	int status;

	PQsendQuery(made, "select 'sent'");
	fflush(stdout);
	if (fork() == 0) {
		PQfinish(making);
		PQfinish(made);
		exit(0);
	}
	wait(&status);
	printf("child: %d\n", status);
	PQfinish(making);
	PQfinish(made);
}

static void
admin(char **argument)
{
	PGconn *conn = PQconnectdb(argument[0]);
	char *text;

	printf("%d\n", PQsetClientEncoding(conn, "LATIN1"));
	printf("%d\n", PQsetClientEncoding(conn, "nothing"));
	text = PQencryptPasswordConn(conn, "tr0ub4dor", "bob", NULL);
	printf("%.14s\n", text);
	PQfreemem(text);
	text = PQencryptPasswordConn(conn, "tr0ub4dor", "bob", "md5");
	printf("%.3s\n", text);
	PQfreemem(text);
	if (PQchangePassword && PQcancelCreate) {
		PQclear(PQchangePassword(conn, "bob", "tr0ub4dor"));
		PQclear(PQchangePassword(conn, "nobody", "tr0ub4dor"));
	}
	PQfinish(conn);
}

static const struct scenario {
	const char *name;
	void (*run)(char **argument);
} scenario[] = {
    {"whole", whole},
    {"params", params},
    {"login", login},
    {"polled", polled},
    {"abandoned", abandoned},
    {"reset", reset},
    {"ping", ping},
    {"cancel", cancel},
    {"cancel_elsewhere", cancel_elsewhere_too},
    {"cancel_on_bare_thread", cancel_on_bare_thread},
    {"cancel_later", cancel_later},
    {"threads", threads},
    {"forked", forked},
    {"admin", admin},
};

int
main(int count, char **argument)
{
	size_t scenarios = sizeof(scenario) / sizeof(*scenario);

	for (size_t i = 0; count > 1 && i < scenarios; i++)
		if (strcmp(argument[1], scenario[i].name) == 0) {
			scenario[i].run(argument + 2);
			return 0;
		}
	return 2;
}
