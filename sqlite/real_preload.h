/*
 * real_preload.h - what real.h means in the preload object.
 *
 * A wrapper has the real function's name there, so the real function is called
 * by an address that was found at run time (shim/preload.h).  Each #define has
 * its row in calls.h or reads.h; a missing one does not link.
 */
#ifndef SQLITE_REAL_PRELOAD_H
#define SQLITE_REAL_PRELOAD_H

#include "shim/preload.h"
#include "sqlite/call.h"

/* Rows of preload.name: those of calls.h, and behind them those of reads.h. */
enum read_key {
	READ_FIRST = CALL_COUNT - 1,
#define READ(name) READ_##name,
#include "sqlite/reads.h"
	REAL_COUNT,
};

/* A wrapper is known to the linker by the real function's name. */
/* clang-format off */
#define CALL(name, class, since) \
	OSPROF_API __typeof__(name) osprof_##name __asm__(#name);
#include "sqlite/calls.h"
/* clang-format on */

#define PASSES preload_passes(CALLER)
#define PASS(name) PRELOAD_REAL(name, CALL_##name)
#define REAL_CALL(name, ...) PRELOAD_CALL(name, CALL_##name, __VA_ARGS__)
#define REAL_READ(name) PRELOAD_REAL(name, READ_##name)

/* clang-format off */
#define sqlite3_open(...) \
	REAL_CALL(sqlite3_open, __VA_ARGS__)
#define sqlite3_open16(...) \
	REAL_CALL(sqlite3_open16, __VA_ARGS__)
#define sqlite3_open_v2(...) \
	REAL_CALL(sqlite3_open_v2, __VA_ARGS__)
#define sqlite3_close(...) \
	REAL_CALL(sqlite3_close, __VA_ARGS__)
#define sqlite3_close_v2(...) \
	REAL_CALL(sqlite3_close_v2, __VA_ARGS__)
#define sqlite3_prepare(...) \
	REAL_CALL(sqlite3_prepare, __VA_ARGS__)
#define sqlite3_prepare_v2(...) \
	REAL_CALL(sqlite3_prepare_v2, __VA_ARGS__)
#define sqlite3_prepare_v3(...) \
	REAL_CALL(sqlite3_prepare_v3, __VA_ARGS__)
#define sqlite3_prepare16(...) \
	REAL_CALL(sqlite3_prepare16, __VA_ARGS__)
#define sqlite3_prepare16_v2(...) \
	REAL_CALL(sqlite3_prepare16_v2, __VA_ARGS__)
#define sqlite3_prepare16_v3(...) \
	REAL_CALL(sqlite3_prepare16_v3, __VA_ARGS__)
#define sqlite3_step(...) \
	REAL_CALL(sqlite3_step, __VA_ARGS__)
#define sqlite3_reset(...) \
	REAL_CALL(sqlite3_reset, __VA_ARGS__)
#define sqlite3_finalize(...) \
	REAL_CALL(sqlite3_finalize, __VA_ARGS__)
#define sqlite3_bind_blob(...) \
	REAL_CALL(sqlite3_bind_blob, __VA_ARGS__)
#define sqlite3_bind_blob64(...) \
	REAL_CALL(sqlite3_bind_blob64, __VA_ARGS__)
#define sqlite3_bind_double(...) \
	REAL_CALL(sqlite3_bind_double, __VA_ARGS__)
#define sqlite3_bind_int(...) \
	REAL_CALL(sqlite3_bind_int, __VA_ARGS__)
#define sqlite3_bind_int64(...) \
	REAL_CALL(sqlite3_bind_int64, __VA_ARGS__)
#define sqlite3_bind_null(...) \
	REAL_CALL(sqlite3_bind_null, __VA_ARGS__)
#define sqlite3_bind_pointer(...) \
	REAL_CALL(sqlite3_bind_pointer, __VA_ARGS__)
#define sqlite3_bind_text(...) \
	REAL_CALL(sqlite3_bind_text, __VA_ARGS__)
#define sqlite3_bind_text16(...) \
	REAL_CALL(sqlite3_bind_text16, __VA_ARGS__)
#define sqlite3_bind_text64(...) \
	REAL_CALL(sqlite3_bind_text64, __VA_ARGS__)
#define sqlite3_bind_value(...) \
	REAL_CALL(sqlite3_bind_value, __VA_ARGS__)
#define sqlite3_bind_zeroblob(...) \
	REAL_CALL(sqlite3_bind_zeroblob, __VA_ARGS__)
#define sqlite3_bind_zeroblob64(...) \
	REAL_CALL(sqlite3_bind_zeroblob64, __VA_ARGS__)
#define sqlite3_carray_bind(...) \
	REAL_CALL(sqlite3_carray_bind, __VA_ARGS__)
#define sqlite3_carray_bind_v2(...) \
	REAL_CALL(sqlite3_carray_bind_v2, __VA_ARGS__)
#define sqlite3_clear_bindings(...) \
	REAL_CALL(sqlite3_clear_bindings, __VA_ARGS__)
#define sqlite3_transfer_bindings(...) \
	REAL_CALL(sqlite3_transfer_bindings, __VA_ARGS__)
#define sqlite3_exec(...) \
	REAL_CALL(sqlite3_exec, __VA_ARGS__)
#define sqlite3_get_table(...) \
	REAL_CALL(sqlite3_get_table, __VA_ARGS__)
#define sqlite3_wal_checkpoint(...) \
	REAL_CALL(sqlite3_wal_checkpoint, __VA_ARGS__)
#define sqlite3_wal_checkpoint_v2(...) \
	REAL_CALL(sqlite3_wal_checkpoint_v2, __VA_ARGS__)
#define sqlite3_serialize(...) \
	REAL_CALL(sqlite3_serialize, __VA_ARGS__)
#define sqlite3_deserialize(...) \
	REAL_CALL(sqlite3_deserialize, __VA_ARGS__)
#define sqlite3_load_extension(...) \
	REAL_CALL(sqlite3_load_extension, __VA_ARGS__)
#define sqlite3_key(...) \
	REAL_CALL(sqlite3_key, __VA_ARGS__)
#define sqlite3_key_v2(...) \
	REAL_CALL(sqlite3_key_v2, __VA_ARGS__)
#define sqlite3_rekey(...) \
	REAL_CALL(sqlite3_rekey, __VA_ARGS__)
#define sqlite3_rekey_v2(...) \
	REAL_CALL(sqlite3_rekey_v2, __VA_ARGS__)
#define sqlite3_blob_open(...) \
	REAL_CALL(sqlite3_blob_open, __VA_ARGS__)
#define sqlite3_blob_reopen(...) \
	REAL_CALL(sqlite3_blob_reopen, __VA_ARGS__)
#define sqlite3_blob_read(...) \
	REAL_CALL(sqlite3_blob_read, __VA_ARGS__)
#define sqlite3_blob_write(...) \
	REAL_CALL(sqlite3_blob_write, __VA_ARGS__)
#define sqlite3_blob_close(...) \
	REAL_CALL(sqlite3_blob_close, __VA_ARGS__)
#define sqlite3_backup_init(...) \
	REAL_CALL(sqlite3_backup_init, __VA_ARGS__)
#define sqlite3_backup_step(...) \
	REAL_CALL(sqlite3_backup_step, __VA_ARGS__)
#define sqlite3_backup_finish(...) \
	REAL_CALL(sqlite3_backup_finish, __VA_ARGS__)

#define sqlite3_backup_pagecount	REAL_READ(sqlite3_backup_pagecount)
#define sqlite3_backup_remaining	REAL_READ(sqlite3_backup_remaining)
#define sqlite3_bind_parameter_count	REAL_READ(sqlite3_bind_parameter_count)
#define sqlite3_bind_parameter_name	REAL_READ(sqlite3_bind_parameter_name)
#define sqlite3_changes			REAL_READ(sqlite3_changes)
#define sqlite3_changes64		REAL_READ(sqlite3_changes64)
#define sqlite3_db_filename		REAL_READ(sqlite3_db_filename)
#define sqlite3_db_handle		REAL_READ(sqlite3_db_handle)
#define sqlite3_errcode			REAL_READ(sqlite3_errcode)
#define sqlite3_errmsg			REAL_READ(sqlite3_errmsg)
#define sqlite3_error_offset		REAL_READ(sqlite3_error_offset)
#define sqlite3_errstr			REAL_READ(sqlite3_errstr)
#define sqlite3_extended_errcode	REAL_READ(sqlite3_extended_errcode)
#define sqlite3_get_autocommit		REAL_READ(sqlite3_get_autocommit)
#define sqlite3_sql			REAL_READ(sqlite3_sql)
#define sqlite3_stmt_busy		REAL_READ(sqlite3_stmt_busy)
#define sqlite3_stmt_readonly		REAL_READ(sqlite3_stmt_readonly)
#define sqlite3_total_changes		REAL_READ(sqlite3_total_changes)
#define sqlite3_total_changes64		REAL_READ(sqlite3_total_changes64)
#define sqlite3_value_bytes		REAL_READ(sqlite3_value_bytes)
#define sqlite3_value_bytes16		REAL_READ(sqlite3_value_bytes16)
#define sqlite3_value_double		REAL_READ(sqlite3_value_double)
#define sqlite3_value_encoding		REAL_READ(sqlite3_value_encoding)
#define sqlite3_value_int64		REAL_READ(sqlite3_value_int64)
#define sqlite3_value_type		REAL_READ(sqlite3_value_type)
/* clang-format on */

#endif
