/*
 * span.h - a trace point in the making: what a client library's wrapper sees.
 *
 * The life of a span: span_open() takes ids and room in the thread's ring;
 * the put_*() calls add fields; span_publish() lets the drain see the START.
 * The real call runs.  span_close() takes room for the STOP, put_*() add to
 * it, span_finish() publishes it.  Whoever makes a span reads the clock for
 * it: last before the real call, first after it.
 *
 *	struct span span;
 *	struct fields fields;
 *
 *	if (span_open(&span, &fields, caller, &conn->implicit, room)) {
 *		put_text(&fields, FIELD_CALL, name, strlen(name));
 *		put_statement(&fields, mode, sql, len);
 *		span_publish(&span, &fields, clock_ns());
 *	}
 *	... the real call ...
 *	if (span_close(&span, &fields, room, clock_ns())) {
 *		put_u64(&fields, FIELD_ROWS, rows);
 *		span_finish(&fields);
 *	}
 *
 * A START that finds no room (ring full, signal handler inside a record, no
 * memory) is counted as dropped, and no STOP is wanted then; so is a STOP.  The
 * calls return false.  Between open and publish, and between close and finish,
 * the thread must do nothing but put: no call into the client library.  Nothing
 * here allocates, locks, enters the kernel (but for a thread's first record) or
 * changes errno.
 */
#ifndef SHIM_SPAN_H
#define SHIM_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "redact/redact.h"
#include "shim/clock.h"
#include "shim/private_names.h"
#include "shim/record.h"
#include "shim/trace.h"
#include "shim/uuid.h"
#include "shim/writer.h"

struct span {
	struct uuid base;
	struct uuid parent;
	struct uuid id;
	uint64_t start_ns;
	unsigned forks; /* of the process that it began in */
	bool recorded;  /* the START is in a ring: the STOP is wanted */
	bool pushed;    /* on the thread's trace stack */
	bool foreign;   /* the trace has ids that are no UUIDs */
	bool secret;    /* its statement may hold a credential: its error too */
};

/* Room in a ring for the fields of one record. */
struct fields {
	char *at;
	char *end;
	struct writer *writer; /* the thread's own: the record is at its `at` */
	bool cut;              /* something did not fit */
};

static inline struct record *
fields_record(const struct fields *fields)
{
	return (struct record *)fields->writer->at;
}

/* Room that a record's fixed part and bookkeeping need; fields come on top. */
#define FIELDS_ROOM 256

/*
 * Begin a span that the calling thread's further spans hang below, until it
 * is closed: of a call that has its answer when it returns.
 *
 * `caller` is the address to show as the caller; `implicit` the handle's trace
 * or NULL; `room` the bytes of all fields to come, their headers of 8 bytes
 * and padding included (capped; what does not fit is cut).  False: record
 * nothing for this call.
 */
SHIM_EXPORT bool span_open(struct span *span, struct fields *fields,
    const void *caller, struct implicit *implicit, size_t room);

/*
 * The same, never on the trace stack: of a statement that completes later,
 * perhaps on another thread.  Its parent is what is open now.
 */
SHIM_EXPORT bool span_open_detached(struct span *span, struct fields *fields,
    const void *caller, struct implicit *implicit, size_t room);

/*
 * The same for a point of the program's own (osprof_start): its name of 1 to
 * 255 bytes stands in the record, and on the stack for its stop.
 */
bool span_open_named(struct span *span, struct fields *fields, const char *name,
    size_t len, size_t room);
bool span_close_named(struct span *span, struct fields *fields,
    const char *name, size_t len, size_t room, uint64_t stop_ns);

/* Let the drain see the STOP. */
static inline void
span_finish(struct fields *fields)
{
	struct writer *writer = fields->writer;
	uint64_t size = (uint64_t)(fields->at - writer->at);

	fields_record(fields)->size = (uint32_t)size;
	if (__builtin_expect(fields->cut, 0))
		ring_count(&writer->ring->cut);
	writer_publish(writer, size);
}

/* The call begins at `start_ns` of clock_ns(): let the drain see the START. */
static inline void
span_publish(struct span *span, struct fields *fields, uint64_t start_ns)
{
	span->start_ns = start_ns;
	fields_record(fields)->time_ns = start_ns;
	span_finish(fields);
}

/*
 * Begin the STOP of a call that ended at `stop_ns`; false if the START is not
 * there or there is no room.  Pops the span either way: it is over after this.
 */
SHIM_EXPORT bool span_close(
    struct span *span, struct fields *fields, size_t room, uint64_t stop_ns);

/*
 * Take an open span off the trace stack: it goes on after its call returned.
 * What begins from now on does not hang below it.
 */
SHIM_EXPORT void span_detach(struct span *span);

/*
 * Whether a span of the calling thread would take no lock, memory or system
 * call, its first one least of all: for those who may be in a signal's handler.
 */
SHIM_EXPORT bool span_ready(void);

/* Make `implicit` take a fresh id at its next span: a new transaction. */
SHIM_EXPORT void implicit_renew(struct implicit *implicit);

/* The configured limits, for those who copy ahead of a span. */
struct shim_limits {
	uint32_t max_param;  /* bytes kept of a parameter */
	uint32_t max_params; /* parameters kept of a statement */
};
SHIM_EXPORT struct shim_limits shim_limits(void);

/*
 * Fields whose size is known beforehand are written with one look for their
 * room, `len` bytes from fields->at on.  The write_*() calls return what is
 * behind the field, which becomes fields->at in the end.
 */
static inline bool
fields_hold(struct fields *fields, size_t len)
{
	bool held = (size_t)(fields->end - fields->at) >= len;

	if (__builtin_expect(!held, 0))
		fields->cut = true;
	return held;
}

/* A field of 8 bytes, with its head. */
#define FIELD_U64_SIZE (sizeof(struct field) + sizeof(uint64_t))

/* What a text takes beside its bytes: its head, and the padding at most. */
#define FIELD_TEXT_ROOM (sizeof(struct field) + RECORD_ALIGN - 1)

static inline char *
write_u64(char *at, enum field_key key, uint64_t value)
{
	struct field head = {.key = (uint16_t)key, .len = sizeof(value)};

	memcpy(at, &head, sizeof(head));
	memcpy(at + sizeof(head), &value, sizeof(value));
	return at + FIELD_U64_SIZE;
}

/* Put a field of 8 bytes. */
static inline void
put_u64(struct fields *fields, enum field_key key, uint64_t value)
{
	if (fields_hold(fields, FIELD_U64_SIZE))
		fields->at = write_u64(fields->at, key, value);
}

/* Put whole fields that stand ready, as they are in a record. */
static inline void
put_ready(struct fields *fields, const void *ready, size_t len)
{
	if (!fields_hold(fields, len))
		return;
	memcpy(fields->at, ready, len);
	fields->at += len;
}

/* Fields to be made ready in the program's memory, `size` bytes at `at`. */
static inline struct fields
fields_ready(void *at, size_t size)
{
	return (struct fields){.at = at, .end = (char *)at + size};
}

/* The part of a text that there is room for. */
SHIM_EXPORT void put_cut_text(
    struct fields *fields, enum field_key key, const char *text);

/*
 * Put a text that there is room for.  The copy is the last thing done, which
 * makes it a jump where nothing follows.
 */
static inline void
put_whole_text(
    struct fields *fields, enum field_key key, const char *text, size_t len)
{
	struct field head = {.key = (uint16_t)key, .len = (uint32_t)len};
	char *at = fields->at;

	fields->at = at + sizeof(head) + RECORD_PADDED(len);
	memcpy(at, &head, sizeof(head));
	memcpy(at + sizeof(head), text, len);
}

/* Put a text that needs no redaction, cut to the room there is. */
static inline void
put_text(
    struct fields *fields, enum field_key key, const char *text, size_t len)
{
	size_t room = (size_t)(fields->end - fields->at);

	if (__builtin_expect(room < sizeof(struct field) + len, 0))
		put_cut_text(fields, key, text);
	else
		put_whole_text(fields, key, text, len);
}

/*
 * Put the statement: the one way for SQL into a record.  Redacts it as the
 * configuration says before a byte is copied, then cuts it to the limit.
 * Returns whether a credential may be in it, which an error may quote.
 */
SHIM_EXPORT bool put_statement(struct fields *fields, struct redact_mode mode,
    const char *sql, size_t len);

/*
 * The same for a text that one of these said yes of.  statement_known() is for
 * those who hold a prepared statement, and ask once.  statement_is_simple()
 * takes a glance, which does not need the mode: one SELECT, INSERT, UPDATE or
 * DELETE without a credential.  False tells nothing.
 */
SHIM_EXPORT bool statement_is_simple(const char *sql, size_t len);
SHIM_EXPORT bool statement_known(
    struct redact_mode mode, const char *sql, size_t len);
SHIM_EXPORT void put_known_statement(struct fields *fields,
    struct redact_mode mode, const char *sql, size_t len);

/*
 * Put an error: `etype` (SQLITE_CONSTRAINT_UNIQUE, SQLSTATE) and the library's
 * `message`, without the values in it where arguments are hidden, or where it
 * may quote a `secret`.
 */
SHIM_EXPORT void put_error(struct fields *fields, enum redact_dialect dialect,
    const char *etype, const char *message, bool secret);

/*
 * The texts that the calls above would put, for those who keep them until
 * later: copied to `out`, cut to `cap`.  Return the copy's length.
 */
SHIM_EXPORT size_t statement_shown(struct redact_mode mode, const char *sql,
    size_t len, char *out, size_t cap);
SHIM_EXPORT size_t error_shown(enum redact_dialect dialect, const char *message,
    char *out, size_t cap, size_t *ret_whole);

/* The same for an error that may quote a credential: no value is shown. */
SHIM_EXPORT size_t error_hidden(enum redact_dialect dialect,
    const char *message, size_t len, char *out, size_t cap, size_t *ret_whole);

/* Put such a copy, of a text that had `whole` bytes. */
SHIM_EXPORT void put_shown_text(struct fields *fields, enum field_key key,
    const char *text, size_t len, size_t whole);

/* The redactor's kind of a client character set, by its server's name. */
SHIM_EXPORT enum redact_charset charset_named(const char *name);

#endif
