/*
 * real_linked.h - what real.h means in the libraries that programs link.
 *
 * A name is the function of that name.  Which SQLite has it, the program's link
 * decides, so the same wrappers serve libsqlite3.so, libsqlite3.a and a
 * sqlite3.c compiled in.
 *
 * A build of SQLite may lack a function that its header declares (SQLITE_OMIT_*
 * options, features left out, an older library than the header).  Those are
 * referenced weakly: a program that never calls one still links.
 */
#ifndef SQLITE_REAL_LINKED_H
#define SQLITE_REAL_LINKED_H

#include "shim/gate.h"

/* Whether a wrapper goes on to the real call at once, and that call. */
#define PASSES gate_shut()
#define PASS(name) name

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
