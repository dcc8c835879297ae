/*
 * fake_pq_others.c - the fake's calls about connections, large objects,
 * cancelling, and those with SQL of their own.
 */
#include "tests/pq/fake_pq_script.h"

int
lo_open(PGconn *conn, Oid object, int mode)
{
	return play(
	    "lo_open", conn, NULL, ARGUMENTS(ARG(conn), ARG(object), ARG(mode)))
	    .number;
}

int
lo_close(PGconn *conn, int descriptor)
{
	return play(
	    "lo_close", conn, NULL, ARGUMENTS(ARG(conn), ARG(descriptor)))
	    .number;
}

int
lo_read(PGconn *conn, int descriptor, char *data, size_t size)
{
	return play("lo_read", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(descriptor), ARG(data), ARG(size)))
	    .number;
}

int
lo_write(PGconn *conn, int descriptor, const char *data, size_t size)
{
	return play("lo_write", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(descriptor), ARG(data), ARG(size)))
	    .number;
}

int
lo_lseek(PGconn *conn, int descriptor, int offset, int whence)
{
	return play("lo_lseek", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(descriptor), ARG(offset), ARG(whence)))
	    .number;
}

pg_int64
lo_lseek64(PGconn *conn, int descriptor, pg_int64 offset, int whence)
{
	return play("lo_lseek64", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(descriptor), ARG(offset), ARG(whence)))
	    .number;
}

Oid
lo_creat(PGconn *conn, int mode)
{
	return (Oid)play(
	    "lo_creat", conn, NULL, ARGUMENTS(ARG(conn), ARG(mode)))
	    .number;
}

Oid
lo_create(PGconn *conn, Oid object)
{
	return (Oid)play(
	    "lo_create", conn, NULL, ARGUMENTS(ARG(conn), ARG(object)))
	    .number;
}

int
lo_tell(PGconn *conn, int descriptor)
{
	return play(
	    "lo_tell", conn, NULL, ARGUMENTS(ARG(conn), ARG(descriptor)))
	    .number;
}

pg_int64
lo_tell64(PGconn *conn, int descriptor)
{
	return play(
	    "lo_tell64", conn, NULL, ARGUMENTS(ARG(conn), ARG(descriptor)))
	    .number;
}

int
lo_truncate(PGconn *conn, int descriptor, size_t size)
{
	return play("lo_truncate", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(descriptor), ARG(size)))
	    .number;
}

int
lo_truncate64(PGconn *conn, int descriptor, pg_int64 size)
{
	return play("lo_truncate64", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(descriptor), ARG(size)))
	    .number;
}

int
lo_unlink(PGconn *conn, Oid object)
{
	return play("lo_unlink", conn, NULL, ARGUMENTS(ARG(conn), ARG(object)))
	    .number;
}

Oid
lo_import(PGconn *conn, const char *file)
{
	return (Oid)play(
	    "lo_import", conn, file, ARGUMENTS(ARG(conn), ARG(file)))
	    .number;
}

Oid
lo_import_with_oid(PGconn *conn, const char *file, Oid object)
{
	return (Oid)play("lo_import_with_oid", conn, file,
	    ARGUMENTS(ARG(conn), ARG(file), ARG(object)))
	    .number;
}

int
lo_export(PGconn *conn, Oid object, const char *file)
{
	return play("lo_export", conn, file,
	    ARGUMENTS(ARG(conn), ARG(object), ARG(file)))
	    .number;
}

PGconn *
PQconnectdb(const char *info)
{
	return play("PQconnectdb", NULL, info, ARGUMENTS(ARG(info))).pointer;
}

PGconn *
PQconnectdbParams(
    const char *const *keys, const char *const *values, int expand)
{
	return play("PQconnectdbParams", NULL, NULL,
	    ARGUMENTS(ARG(keys), ARG(values), ARG(expand)))
	    .pointer;
}

PGconn *
PQsetdbLogin(const char *host, const char *port, const char *options,
    const char *tty, const char *db, const char *user, const char *password)
{
	return play("PQsetdbLogin", NULL, host,
	    ARGUMENTS(ARG(host), ARG(port), ARG(options), ARG(tty), ARG(db),
		ARG(user), ARG(password)))
	    .pointer;
}

PGconn *
PQconnectStart(const char *info)
{
	return play("PQconnectStart", NULL, info, ARGUMENTS(ARG(info))).pointer;
}

PGconn *
PQconnectStartParams(
    const char *const *keys, const char *const *values, int expand)
{
	return play("PQconnectStartParams", NULL, NULL,
	    ARGUMENTS(ARG(keys), ARG(values), ARG(expand)))
	    .pointer;
}

PostgresPollingStatusType
PQconnectPoll(PGconn *conn)
{
	return (PostgresPollingStatusType)play(
	    "PQconnectPoll", conn, NULL, ARGUMENTS(ARG(conn)))
	    .number;
}

void
PQreset(PGconn *conn)
{
	play("PQreset", conn, NULL, ARGUMENTS(ARG(conn)));
}

int
PQresetStart(PGconn *conn)
{
	return play("PQresetStart", conn, NULL, ARGUMENTS(ARG(conn))).number;
}

PostgresPollingStatusType
PQresetPoll(PGconn *conn)
{
	return (PostgresPollingStatusType)play(
	    "PQresetPoll", conn, NULL, ARGUMENTS(ARG(conn)))
	    .number;
}

PGPing
PQping(const char *info)
{
	return (PGPing)play("PQping", NULL, info, ARGUMENTS(ARG(info))).number;
}

PGPing
PQpingParams(const char *const *keys, const char *const *values, int expand)
{
	return (PGPing)play("PQpingParams", NULL, NULL,
	    ARGUMENTS(ARG(keys), ARG(values), ARG(expand)))
	    .number;
}

int
PQrequestCancel(PGconn *conn)
{
	return play("PQrequestCancel", conn, NULL, ARGUMENTS(ARG(conn))).number;
}

int
PQsetClientEncoding(PGconn *conn, const char *encoding)
{
	return play("PQsetClientEncoding", conn, encoding,
	    ARGUMENTS(ARG(conn), ARG(encoding)))
	    .number;
}

char *
PQencryptPasswordConn(
    PGconn *conn, const char *password, const char *user, const char *algorithm)
{
	return play("PQencryptPasswordConn", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(password), ARG(user), ARG(algorithm)))
	    .pointer;
}

PGresult *
PQchangePassword(PGconn *conn, const char *user, const char *password)
{
	return play("PQchangePassword", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(user), ARG(password)))
	    .result;
}

PGresult *
PQfn(PGconn *conn, int function, int *ret_value, int *ret_len, int is_number,
    const PQArgBlock *arguments, int count)
{
	struct played played = play("PQfn", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(function), ARG(ret_value), ARG(ret_len),
		ARG(is_number), ARG(arguments), ARG(count)));

	*ret_len = played.number;
	return played.result;
}

void
PQfinish(PGconn *conn)
{
	play("PQfinish", conn, NULL, ARGUMENTS(ARG(conn)));
}

int
PQcancel(PGcancel *cancel, char *message, int size)
{
	return play("PQcancel", NULL, NULL,
	    ARGUMENTS(ARG(cancel), ARG(message), ARG(size)))
	    .number;
}

int
PQcancelBlocking(PGcancelConn *cancel)
{
	return play("PQcancelBlocking", NULL, NULL, ARGUMENTS(ARG(cancel)))
	    .number;
}

int
PQcancelStart(PGcancelConn *cancel)
{
	return play("PQcancelStart", NULL, NULL, ARGUMENTS(ARG(cancel))).number;
}

PostgresPollingStatusType
PQcancelPoll(PGcancelConn *cancel)
{
	return (PostgresPollingStatusType)play(
	    "PQcancelPoll", NULL, NULL, ARGUMENTS(ARG(cancel)))
	    .number;
}

void
PQcancelFinish(PGcancelConn *cancel)
{
	play("PQcancelFinish", NULL, NULL, ARGUMENTS(ARG(cancel)));
}
