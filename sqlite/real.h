/*
 * real.h - the real SQLite, as the wrappers call it.
 *
 * The wrappers call the library by its plain names: sqlite3_step() here is
 * SQLite's own.  Which SQLite that is, the program's link decides, so the same
 * wrappers serve libsqlite3.so, libsqlite3.a and a sqlite3.c compiled in.  A
 * preload object is made of the same sources by giving these names another
 * meaning in this one file.
 *
 * A build of SQLite may lack a function that its header declares (SQLITE_OMIT_*
 * options, features left out, an older library than the header).  Those are
 * referenced weakly: a program that never calls one still links.
 */
#ifndef SQLITE_REAL_H
#define SQLITE_REAL_H

#define OSPROF_NO_REDIRECT
#include "sqlite/osprof_sqlite.h"

/*
 * The traced half of a wrapper.  Were it not a function of its own, the other
 * half would set up and take down its frame: 2 ns a call while tracing is off.
 */
#define OUT_OF_LINE static __attribute__((noinline))

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

/* Not in every build of the library. */
#pragma weak sqlite3_bind_text16
#pragma weak sqlite3_blob_close
#pragma weak sqlite3_blob_open
#pragma weak sqlite3_blob_read
#pragma weak sqlite3_blob_reopen
#pragma weak sqlite3_blob_write
#pragma weak sqlite3_carray_bind
#pragma weak sqlite3_carray_bind_v2
#pragma weak sqlite3_changes64
#pragma weak sqlite3_deserialize
#pragma weak sqlite3_error_offset
#pragma weak sqlite3_get_table
#pragma weak sqlite3_key
#pragma weak sqlite3_key_v2
#pragma weak sqlite3_load_extension
#pragma weak sqlite3_open16
#pragma weak sqlite3_prepare16
#pragma weak sqlite3_prepare16_v2
#pragma weak sqlite3_prepare16_v3
#pragma weak sqlite3_rekey
#pragma weak sqlite3_rekey_v2
#pragma weak sqlite3_serialize
#pragma weak sqlite3_total_changes64
#pragma weak sqlite3_transfer_bindings
#pragma weak sqlite3_value_encoding

#endif
