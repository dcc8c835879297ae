/*
 * real.h - the real SQLite, as the wrappers call it.
 *
 * The wrappers call the library by its plain names: sqlite3_step() is SQLite's
 * own, and goes to a wrapper only where the public header redirects it.  Which
 * SQLite that is, the build of the wrappers decides: the program's link where
 * they are linked with it, what the program has loaded in a preload object.
 */
#ifndef SQLITE_REAL_H
#define SQLITE_REAL_H

#define OSPROF_NO_REDIRECT
#include "sqlite/osprof_sqlite.h"

#include "shim/wrapper.h"

/* Newer than the oldest header that osprof builds with, 3.31. */
#if SQLITE_VERSION_NUMBER < 3037000
sqlite3_int64 sqlite3_changes64(sqlite3 *db);
sqlite3_int64 sqlite3_total_changes64(sqlite3 *db);
#endif
#if SQLITE_VERSION_NUMBER < 3038000
int sqlite3_error_offset(sqlite3 *db);
#endif
#if SQLITE_VERSION_NUMBER < 3040000
int sqlite3_value_encoding(sqlite3_value *value);
#endif
#if SQLITE_VERSION_NUMBER < 3052000
int sqlite3_carray_bind(sqlite3_stmt *stmt, int index, void *data, int count,
    int flags, void (*destroy)(void *));
int sqlite3_carray_bind_v2(sqlite3_stmt *stmt, int index, void *data, int count,
    int flags, void (*destroy)(void *), void *arg);
OSPROF_API __typeof__(sqlite3_carray_bind) osprof_sqlite3_carray_bind;
OSPROF_API __typeof__(sqlite3_carray_bind_v2) osprof_sqlite3_carray_bind_v2;
#endif

/* SQLCipher's and its kin's: declared where SQLITE_HAS_CODEC is defined. */
#ifndef SQLITE_HAS_CODEC
int sqlite3_key(sqlite3 *db, const void *key, int len);
int sqlite3_key_v2(sqlite3 *db, const char *name, const void *key, int len);
int sqlite3_rekey(sqlite3 *db, const void *key, int len);
int sqlite3_rekey_v2(sqlite3 *db, const char *name, const void *key, int len);
OSPROF_API __typeof__(sqlite3_key) osprof_sqlite3_key;
OSPROF_API __typeof__(sqlite3_key_v2) osprof_sqlite3_key_v2;
OSPROF_API __typeof__(sqlite3_rekey) osprof_sqlite3_rekey;
OSPROF_API __typeof__(sqlite3_rekey_v2) osprof_sqlite3_rekey_v2;
#endif

/* The real functions by their names, or by addresses found at run time. */
#ifdef OSPROF_PRELOAD
# include "sqlite/real_preload.h"
#else
# include "sqlite/real_linked.h"
#endif

#endif
