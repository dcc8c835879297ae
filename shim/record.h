/*
 * record.h - what lies in a ring: binary records and their fields.
 *
 * A trace point is two records, START and STOP.  Each holds all its ids, so
 * that either can be told without the other: a crash in the middle of a
 * statement leaves the START, and a full ring may have swallowed it.  After
 * the fixed part come fields, each a key, a length and its bytes, padded to 8.
 * The byte order is the machine's: a ring is read on the machine it was
 * written on.  osprof-format(7) is this file in prose.
 */
#ifndef SHIM_RECORD_H
#define SHIM_RECORD_H

#include <stdint.h>

#include "shim/uuid.h"

enum record_kind {
	RECORD_PAD = 1, /* fills the ring to its end; only size and kind */
	RECORD_START,
	RECORD_STOP,
};

enum record_flag {
	RECORD_DB = 1, /* the point is `db`: its fields stand below info.db */
};

struct record {
	uint32_t size; /* whole record, a multiple of 8 */
	uint8_t kind;
	uint8_t flags;
	uint16_t reserved;
	uint64_t time_ns; /* CLOCK_MONOTONIC */
	struct uuid base;
	struct uuid parent;
	struct uuid id;
	uint64_t caller; /* START: address in the program, or 0 */
};

struct field {
	uint16_t key;   /* enum field_key */
	uint16_t flags; /* enum field_flag */
	uint32_t len;   /* bytes that follow, without the padding */
};

enum field_flag {
	FIELD_CUT = 1, /* text was cut to fit; a statement's length is told */
};

enum value_type {
	VALUE_TEXT, /* bytes; UTF-8 unless the program gave others */
	VALUE_U64,
	VALUE_I64,
	VALUE_NS,     /* u64 nanoseconds, shown as microseconds */
	VALUE_JSON,   /* text of a JSON object, checked when it was recorded */
	VALUE_PARAMS, /* struct param, one after the other */
};

/* The keys: shim/fields.h.  Never renumber them; add at the end. */
enum field_key {
	FIELD_NONE,
#define FIELD(key, name, type, place) FIELD_##key,
#include "shim/fields.h"
	FIELD_COUNT,
};

/* One parameter of a statement, inside FIELD_PARAMS. */
struct param {
	uint32_t index;   /* from 1 */
	uint8_t type;     /* enum param_type */
	uint8_t name_len; /* name, not terminated, after the value; 0: none */
	uint16_t kept;    /* bytes of value that follow, then name, then pad */
	uint64_t len;     /* bytes that the program bound */
};

enum param_type {
	PARAM_NULL,   /* nothing follows, here and where no bytes are kept */
	PARAM_INT,    /* int64_t */
	PARAM_DOUBLE, /* double */
	PARAM_TEXT,   /* its beginning, cut before a character's middle */
	PARAM_BLOB,   /* its beginning */
	PARAM_ZEROBLOB,
	PARAM_POINTER,  /* the pointer's type name */
	PARAM_TEXT16LE, /* UTF-16, cut before a character's middle */
	PARAM_TEXT16BE,
	PARAM_ARRAY,   /* the element type's name; len is the element count */
	PARAM_HIDDEN,  /* by hide_params; len is 0 */
	PARAM_UINT,    /* uint64_t */
	PARAM_KEYWORD, /* what stands for a value: DEFAULT */
};

#define RECORD_ALIGN 8
#define RECORD_PADDED(n) \
 (((n) + RECORD_ALIGN - 1) & ~(uint64_t)(RECORD_ALIGN - 1))

#endif
