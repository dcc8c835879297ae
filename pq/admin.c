/*
 * admin.c - calls that run SQL of their own.
 *
 * The span is the call.  It shows what the call is about, and not the SQL that
 * libpq makes of it: that has a password's verifier, which is as good to guess
 * by.  A wrong password may be quoted in errors, so those show no value.
 */
#include "pq/point.h"

OUT_OF_LINE int
set_client_encoding_traced(PGconn *pg, const char *encoding, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsetClientEncoding,
	    .caller = caller,
	    .target = gate_open() && gate_shows_args() ? encoding : NULL,
	};
	struct point point;
	int rc;

	point_begin(&point, &subject, pg);

	rc = PQsetClientEncoding(pg, encoding);

	if (rc)
		outcome_fail(&point.outcome, pg);
	point_end_as_told(&point);
	return rc;
}

int
osprof_PQsetClientEncoding(PGconn *pg, const char *encoding)
{
	if (PASSES)
		return PASS(PQsetClientEncoding)(pg, encoding);
	return set_client_encoding_traced(pg, encoding, CALLER);
}

/* Without an algorithm libpq asks the server for its own. */
OUT_OF_LINE char *
encrypt_password_traced(
    PGconn *pg, const char *password, const char *user, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQencryptPasswordConn,
	    .caller = caller,
	    .target = "password_encryption",
	};
	struct point point;
	char *encrypted;

	point_begin(&point, &subject, pg);

	encrypted = PQencryptPasswordConn(pg, password, user, NULL);

	point.outcome.secret = true;
	if (!encrypted)
		outcome_fail(&point.outcome, pg);
	point_end_as_told(&point);
	return encrypted;
}

char *
osprof_PQencryptPasswordConn(
    PGconn *pg, const char *password, const char *user, const char *algorithm)
{
	if (PASSES || algorithm)
		return PASS(PQencryptPasswordConn)(
		    pg, password, user, algorithm);
	return encrypt_password_traced(pg, password, user, CALLER);
}

OUT_OF_LINE PGresult *
change_password_traced(
    PGconn *pg, const char *user, const char *password, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQchangePassword,
	    .caller = caller,
	    .target = user,
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);

	result = PQchangePassword(pg, user, password);

	point.outcome.secret = true;
	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQchangePassword(PGconn *pg, const char *user, const char *password)
{
	if (PASSES)
		return PASS(PQchangePassword)(pg, user, password);
	return change_password_traced(pg, user, password, CALLER);
}
