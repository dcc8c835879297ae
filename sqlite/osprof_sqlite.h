/*
 * osprof_sqlite.h - sqlite3.h with tracing; include it in place of that.
 *
 * It includes the real header, then turns the names of the calls that osprof
 * traces into those of its wrappers: calls, addresses and tables of functions
 * follow, in C (from C11) and in C++ (from C++11).  A program that includes it
 * links -losprof_sqlite (archives: -losprof_sqlite -losprof) in front of
 * -lsqlite3 or of its own copy of SQLite: the wrappers call whichever SQLite
 * the program is linked with.
 *
 * Traced or not, each call does what the real one does and returns what it
 * returns; errno and the connection's error stay as the real call left them.
 *
 * Define OSPROF_NO_REDIRECT before it to get the declarations without the new
 * names.  It stands down by itself, leaving sqlite3.h alone,
 *  - where SQLite itself was compiled above it in the same file (an #include
 *    of sqlite3.c): its functions may be static there.  Put that #include
 *    first, always: below this header it would be renamed;
 *  - in a loadable extension, where sqlite3ext.h turns the same names into
 *    entries of the host's table, and the host may have another SQLite than
 *    the wrappers would call.  Put sqlite3ext.h first: in the other order its
 *    names win as well, but with a warning where it is no system header.
 *    An extension that is compiled in (SQLITE_CORE) is traced.
 */
#ifndef OSPROF_SQLITE_H
#define OSPROF_SQLITE_H

#include <sqlite3.h>

#include "osprof.h"

#if defined(SQLITE_AMALGAMATION) || defined(SQLITEINT_H) || \
    (defined(SQLITE3EXT_H) && !defined(SQLITE_CORE))
#  define OSPROF_SQLITE_STANDS_DOWN
#endif

#ifndef OSPROF_SQLITE_STANDS_DOWN

#ifdef __cplusplus
extern "C" {
#endif

/* clang-format off */
/* Connections. */
OSPROF_API __typeof__(sqlite3_open) osprof_sqlite3_open;
OSPROF_API __typeof__(sqlite3_open16) osprof_sqlite3_open16;
OSPROF_API __typeof__(sqlite3_open_v2) osprof_sqlite3_open_v2;
OSPROF_API __typeof__(sqlite3_close) osprof_sqlite3_close;
OSPROF_API __typeof__(sqlite3_close_v2) osprof_sqlite3_close_v2;

/* Statements. */
OSPROF_API __typeof__(sqlite3_prepare) osprof_sqlite3_prepare;
OSPROF_API __typeof__(sqlite3_prepare_v2) osprof_sqlite3_prepare_v2;
OSPROF_API __typeof__(sqlite3_prepare_v3) osprof_sqlite3_prepare_v3;
OSPROF_API __typeof__(sqlite3_prepare16) osprof_sqlite3_prepare16;
OSPROF_API __typeof__(sqlite3_prepare16_v2) osprof_sqlite3_prepare16_v2;
OSPROF_API __typeof__(sqlite3_prepare16_v3) osprof_sqlite3_prepare16_v3;
OSPROF_API __typeof__(sqlite3_step) osprof_sqlite3_step;
OSPROF_API __typeof__(sqlite3_reset) osprof_sqlite3_reset;
OSPROF_API __typeof__(sqlite3_finalize) osprof_sqlite3_finalize;

/* Parameters. */
OSPROF_API __typeof__(sqlite3_bind_blob) osprof_sqlite3_bind_blob;
OSPROF_API __typeof__(sqlite3_bind_blob64) osprof_sqlite3_bind_blob64;
OSPROF_API __typeof__(sqlite3_bind_double) osprof_sqlite3_bind_double;
OSPROF_API __typeof__(sqlite3_bind_int) osprof_sqlite3_bind_int;
OSPROF_API __typeof__(sqlite3_bind_int64) osprof_sqlite3_bind_int64;
OSPROF_API __typeof__(sqlite3_bind_null) osprof_sqlite3_bind_null;
OSPROF_API __typeof__(sqlite3_bind_pointer) osprof_sqlite3_bind_pointer;
OSPROF_API __typeof__(sqlite3_bind_text) osprof_sqlite3_bind_text;
OSPROF_API __typeof__(sqlite3_bind_text16) osprof_sqlite3_bind_text16;
OSPROF_API __typeof__(sqlite3_bind_text64) osprof_sqlite3_bind_text64;
OSPROF_API __typeof__(sqlite3_bind_value) osprof_sqlite3_bind_value;
OSPROF_API __typeof__(sqlite3_bind_zeroblob) osprof_sqlite3_bind_zeroblob;
OSPROF_API __typeof__(sqlite3_bind_zeroblob64) osprof_sqlite3_bind_zeroblob64;
OSPROF_API __typeof__(sqlite3_clear_bindings) osprof_sqlite3_clear_bindings;
OSPROF_API __typeof__(sqlite3_transfer_bindings)
    osprof_sqlite3_transfer_bindings;

/* Whole calls. */
OSPROF_API __typeof__(sqlite3_exec) osprof_sqlite3_exec;
OSPROF_API __typeof__(sqlite3_get_table) osprof_sqlite3_get_table;
OSPROF_API __typeof__(sqlite3_wal_checkpoint) osprof_sqlite3_wal_checkpoint;
OSPROF_API __typeof__(sqlite3_wal_checkpoint_v2)
    osprof_sqlite3_wal_checkpoint_v2;
OSPROF_API __typeof__(sqlite3_serialize) osprof_sqlite3_serialize;
OSPROF_API __typeof__(sqlite3_deserialize) osprof_sqlite3_deserialize;
OSPROF_API __typeof__(sqlite3_load_extension) osprof_sqlite3_load_extension;

/* Blobs and backups. */
OSPROF_API __typeof__(sqlite3_blob_open) osprof_sqlite3_blob_open;
OSPROF_API __typeof__(sqlite3_blob_reopen) osprof_sqlite3_blob_reopen;
OSPROF_API __typeof__(sqlite3_blob_read) osprof_sqlite3_blob_read;
OSPROF_API __typeof__(sqlite3_blob_write) osprof_sqlite3_blob_write;
OSPROF_API __typeof__(sqlite3_blob_close) osprof_sqlite3_blob_close;
OSPROF_API __typeof__(sqlite3_backup_init) osprof_sqlite3_backup_init;
OSPROF_API __typeof__(sqlite3_backup_step) osprof_sqlite3_backup_step;
OSPROF_API __typeof__(sqlite3_backup_finish) osprof_sqlite3_backup_finish;

#if SQLITE_VERSION_NUMBER >= 3052000
OSPROF_API __typeof__(sqlite3_carray_bind) osprof_sqlite3_carray_bind;
OSPROF_API __typeof__(sqlite3_carray_bind_v2) osprof_sqlite3_carray_bind_v2;
#endif
/* Of SQLCipher and its kin; not every header of theirs declares them. */
#if defined(SQLITE_HAS_CODEC)
OSPROF_API int osprof_sqlite3_key(sqlite3 *, const void *, int);
OSPROF_API int osprof_sqlite3_key_v2(
    sqlite3 *, const char *, const void *, int);
OSPROF_API int osprof_sqlite3_rekey(sqlite3 *, const void *, int);
OSPROF_API int osprof_sqlite3_rekey_v2(
    sqlite3 *, const char *, const void *, int);
#endif

#ifdef __cplusplus
}
#endif

#ifndef OSPROF_NO_REDIRECT

#define sqlite3_open			osprof_sqlite3_open
#define sqlite3_open16			osprof_sqlite3_open16
#define sqlite3_open_v2			osprof_sqlite3_open_v2
#define sqlite3_close			osprof_sqlite3_close
#define sqlite3_close_v2		osprof_sqlite3_close_v2

#define sqlite3_prepare			osprof_sqlite3_prepare
#define sqlite3_prepare_v2		osprof_sqlite3_prepare_v2
#define sqlite3_prepare_v3		osprof_sqlite3_prepare_v3
#define sqlite3_prepare16		osprof_sqlite3_prepare16
#define sqlite3_prepare16_v2		osprof_sqlite3_prepare16_v2
#define sqlite3_prepare16_v3		osprof_sqlite3_prepare16_v3
#define sqlite3_step			osprof_sqlite3_step
#define sqlite3_reset			osprof_sqlite3_reset
#define sqlite3_finalize		osprof_sqlite3_finalize

#define sqlite3_bind_blob		osprof_sqlite3_bind_blob
#define sqlite3_bind_blob64		osprof_sqlite3_bind_blob64
#define sqlite3_bind_double		osprof_sqlite3_bind_double
#define sqlite3_bind_int		osprof_sqlite3_bind_int
#define sqlite3_bind_int64		osprof_sqlite3_bind_int64
#define sqlite3_bind_null		osprof_sqlite3_bind_null
#define sqlite3_bind_pointer		osprof_sqlite3_bind_pointer
#define sqlite3_bind_text		osprof_sqlite3_bind_text
#define sqlite3_bind_text16		osprof_sqlite3_bind_text16
#define sqlite3_bind_text64		osprof_sqlite3_bind_text64
#define sqlite3_bind_value		osprof_sqlite3_bind_value
#define sqlite3_bind_zeroblob		osprof_sqlite3_bind_zeroblob
#define sqlite3_bind_zeroblob64		osprof_sqlite3_bind_zeroblob64
#define sqlite3_clear_bindings		osprof_sqlite3_clear_bindings
#define sqlite3_transfer_bindings	osprof_sqlite3_transfer_bindings

#define sqlite3_exec			osprof_sqlite3_exec
#define sqlite3_get_table		osprof_sqlite3_get_table
#define sqlite3_wal_checkpoint		osprof_sqlite3_wal_checkpoint
#define sqlite3_wal_checkpoint_v2	osprof_sqlite3_wal_checkpoint_v2
#define sqlite3_serialize		osprof_sqlite3_serialize
#define sqlite3_deserialize		osprof_sqlite3_deserialize
#define sqlite3_load_extension		osprof_sqlite3_load_extension

#define sqlite3_blob_open		osprof_sqlite3_blob_open
#define sqlite3_blob_reopen		osprof_sqlite3_blob_reopen
#define sqlite3_blob_read		osprof_sqlite3_blob_read
#define sqlite3_blob_write		osprof_sqlite3_blob_write
#define sqlite3_blob_close		osprof_sqlite3_blob_close
#define sqlite3_backup_init		osprof_sqlite3_backup_init
#define sqlite3_backup_step		osprof_sqlite3_backup_step
#define sqlite3_backup_finish		osprof_sqlite3_backup_finish

#if SQLITE_VERSION_NUMBER >= 3052000
#  define sqlite3_carray_bind		osprof_sqlite3_carray_bind
#  define sqlite3_carray_bind_v2	osprof_sqlite3_carray_bind_v2
#endif
#if defined(SQLITE_HAS_CODEC)
#  define sqlite3_key			osprof_sqlite3_key
#  define sqlite3_key_v2		osprof_sqlite3_key_v2
#  define sqlite3_rekey			osprof_sqlite3_rekey
#  define sqlite3_rekey_v2		osprof_sqlite3_rekey_v2
#endif
/* clang-format on */

#endif /* OSPROF_NO_REDIRECT */
#endif /* OSPROF_SQLITE_STANDS_DOWN */
#endif
