/*
 * connect.c - connections come and go.
 *
 * The span of a connect or a reset is the call, or goes from the call that
 * starts it to the poll that gives PGRES_POLLING_OK or PGRES_POLLING_FAILED;
 * PQfinish() ends one that was abandoned.  PQping() has the span of its call
 * and makes nothing known of the connection that it uses.
 *
 * libpq itself polls and finishes connections that no program ever saw, those
 * inside a PGcancelConn or of PQping(): what is unknown stays so.
 */
#include "pq/connecting.h"

OUT_OF_LINE PGconn *
connectdb_traced(const char *conninfo, const void *caller)
{
	struct connecting connecting;
	PGconn *pg;

	connecting_begin(&connecting, CALL_PQconnectdb, caller);

	pg = PQconnectdb(conninfo);

	connecting_end(&connecting, pg);
	return pg;
}

PGconn *
osprof_PQconnectdb(const char *conninfo)
{
	if (PASSES)
		return PASS(PQconnectdb)(conninfo);
	return connectdb_traced(conninfo, CALLER);
}

OUT_OF_LINE PGconn *
connectdb_params_traced(const char *const *keywords, const char *const *values,
    int expand_dbname, const void *caller)
{
	struct connecting connecting;
	PGconn *pg;

	connecting_begin(&connecting, CALL_PQconnectdbParams, caller);

	pg = PQconnectdbParams(keywords, values, expand_dbname);

	connecting_end(&connecting, pg);
	return pg;
}

PGconn *
osprof_PQconnectdbParams(
    const char *const *keywords, const char *const *values, int expand_dbname)
{
	if (PASSES)
		return PASS(PQconnectdbParams)(keywords, values, expand_dbname);
	return connectdb_params_traced(keywords, values, expand_dbname, CALLER);
}

OUT_OF_LINE PGconn *
setdb_login_traced(const char *host, const char *port, const char *options,
    const char *tty, const char *database, const char *user,
    const char *password, const void *caller)
{
	struct connecting connecting;
	PGconn *pg;

	connecting_begin(&connecting, CALL_PQsetdbLogin, caller);

	pg = PQsetdbLogin(host, port, options, tty, database, user, password);

	connecting_end(&connecting, pg);
	return pg;
}

PGconn *
osprof_PQsetdbLogin(const char *host, const char *port, const char *options,
    const char *tty, const char *database, const char *user,
    const char *password)
{
	if (PASSES)
		return PASS(PQsetdbLogin)(
		    host, port, options, tty, database, user, password);
	return setdb_login_traced(
	    host, port, options, tty, database, user, password, CALLER);
}

OUT_OF_LINE PGconn *
connect_start_traced(const char *conninfo, const void *caller)
{
	struct connecting connecting;
	PGconn *pg;

	connecting_begin(&connecting, CALL_PQconnectStart, caller);

	pg = PQconnectStart(conninfo);

	connecting_goes_on(&connecting, pg);
	return pg;
}

PGconn *
osprof_PQconnectStart(const char *conninfo)
{
	if (PASSES)
		return PASS(PQconnectStart)(conninfo);
	return connect_start_traced(conninfo, CALLER);
}

OUT_OF_LINE PGconn *
connect_start_params_traced(const char *const *keywords,
    const char *const *values, int expand_dbname, const void *caller)
{
	struct connecting connecting;
	PGconn *pg;

	connecting_begin(&connecting, CALL_PQconnectStartParams, caller);

	pg = PQconnectStartParams(keywords, values, expand_dbname);

	connecting_goes_on(&connecting, pg);
	return pg;
}

PGconn *
osprof_PQconnectStartParams(
    const char *const *keywords, const char *const *values, int expand_dbname)
{
	if (PASSES)
		return PASS(PQconnectStartParams)(
		    keywords, values, expand_dbname);
	return connect_start_params_traced(
	    keywords, values, expand_dbname, CALLER);
}

OUT_OF_LINE PostgresPollingStatusType
connect_poll_traced(PGconn *pg)
{
	PostgresPollingStatusType status = PQconnectPoll(pg);

	connecting_polled(pg, status);
	return status;
}

PostgresPollingStatusType
osprof_PQconnectPoll(PGconn *pg)
{
	if (PASSES)
		return PASS(PQconnectPoll)(pg);
	return connect_poll_traced(pg);
}

OUT_OF_LINE void
reset_traced(PGconn *pg, const void *caller)
{
	struct connecting connecting;

	connecting_again(&connecting, CALL_PQreset, caller, pg);

	PQreset(pg);

	connecting_end(&connecting, pg);
}

void
osprof_PQreset(PGconn *pg)
{
	if (PASSES)
		PASS(PQreset)(pg);
	else
		reset_traced(pg, CALLER);
}

OUT_OF_LINE int
reset_start_traced(PGconn *pg, const void *caller)
{
	struct connecting connecting;
	int started;

	connecting_again(&connecting, CALL_PQresetStart, caller, pg);

	started = PQresetStart(pg);

	connecting_goes_on(&connecting, pg);
	return started;
}

int
osprof_PQresetStart(PGconn *pg)
{
	if (PASSES)
		return PASS(PQresetStart)(pg);
	return reset_start_traced(pg, CALLER);
}

OUT_OF_LINE PostgresPollingStatusType
reset_poll_traced(PGconn *pg)
{
	PostgresPollingStatusType status = PQresetPoll(pg);

	connecting_polled(pg, status);
	return status;
}

PostgresPollingStatusType
osprof_PQresetPoll(PGconn *pg)
{
	if (PASSES)
		return PASS(PQresetPoll)(pg);
	return reset_poll_traced(pg);
}

static const char *
ping_name(PGPing ping)
{
	static const char *const name[] = {
	    [PQPING_OK] = "PQPING_OK",
	    [PQPING_REJECT] = "PQPING_REJECT",
	    [PQPING_NO_RESPONSE] = "PQPING_NO_RESPONSE",
	    [PQPING_NO_ATTEMPT] = "PQPING_NO_ATTEMPT",
	};

	return (size_t)ping < sizeof(name) / sizeof(*name) ? name[ping] : NULL;
}

/* What a ping finds is an answer, never a failure of the call. */
static void
ping_end(struct command *command, PGPing ping)
{
	struct outcome outcome;

	outcome_clear(&outcome);
	outcome.word = ping_name(ping);
	command_end(command, NULL, &outcome);
}

OUT_OF_LINE PGPing
ping_traced(const char *conninfo, const void *caller)
{
	struct subject subject = {.call = CALL_PQping, .caller = caller};
	struct command command;
	PGPing ping;

	command_begin(&command, NULL, &subject, true);

	ping = PQping(conninfo);

	ping_end(&command, ping);
	return ping;
}

PGPing
osprof_PQping(const char *conninfo)
{
	if (PASSES)
		return PASS(PQping)(conninfo);
	return ping_traced(conninfo, CALLER);
}

OUT_OF_LINE PGPing
ping_params_traced(const char *const *keywords, const char *const *values,
    int expand_dbname, const void *caller)
{
	struct subject subject = {.call = CALL_PQpingParams, .caller = caller};
	struct command command;
	PGPing ping;

	command_begin(&command, NULL, &subject, true);

	ping = PQpingParams(keywords, values, expand_dbname);

	ping_end(&command, ping);
	return ping;
}

PGPing
osprof_PQpingParams(
    const char *const *keywords, const char *const *values, int expand_dbname)
{
	if (PASSES)
		return PASS(PQpingParams)(keywords, values, expand_dbname);
	return ping_params_traced(keywords, values, expand_dbname, CALLER);
}

OUT_OF_LINE void
finish_traced(PGconn *pg)
{
	struct conn *conn = conn_known(pg);

	/* Before the real call: behind it the address may be another's. */
	if (conn) {
		connecting_abandon(conn);
		conn_finishing(conn);
	}

	PQfinish(pg);
}

void
osprof_PQfinish(PGconn *pg)
{
	if (PASSES)
		PASS(PQfinish)(pg);
	else
		finish_traced(pg);
}
