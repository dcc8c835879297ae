/*
 * wrapper.h - what the wrappers around the three client libraries have in
 * common.
 */
#ifndef SHIM_WRAPPER_H
#define SHIM_WRAPPER_H

#include "shim/span.h"

/*
 * The traced half of a wrapper.  Were it not a function of its own, the other
 * half would set up and take down its frame: 2 ns a call while tracing is off.
 */
#define OUT_OF_LINE static __attribute__((noinline))

/* The address that a wrapper's caller sees it return to. */
#define CALLER __builtin_return_address(0)

/* FIELD_CALL as it stands in a record; whole words, however long the name. */
struct call_field {
	struct field head;
	char name[40];
};

/* clang-format off */
#define CALL_FIELD(name) {{FIELD_CALL, 0, sizeof(name) - 1}, name}
/* clang-format on */

/*
 * A text field of one word as it stands in a record, such as the name of a
 * state: facts to be copied, not measured.
 */
struct word_field {
	struct field head;
	char word[24];
};

/* clang-format off */
#define WORD_FIELD(key, word) {{key, 0, sizeof(word) - 1}, word}
/* clang-format on */

/* A field of 8 bytes, likewise. */
struct number_field {
	struct field head;
	uint64_t value;
};

/* clang-format off */
#define NUMBER_FIELD(key, value) {{key, 0, sizeof(uint64_t)}, value}
/* clang-format on */

/*
 * Write a word, or a call, where there is room for all of the struct.  A copy
 * of a size that the compiler knows is no call.
 */
static inline char *
write_call(char *at, const struct call_field *field)
{
	memcpy(at, field, sizeof(*field));
	return at + sizeof(field->head) + RECORD_PADDED(field->head.len);
}

static inline char *
write_word(char *at, const struct word_field *field)
{
	memcpy(at, field, sizeof(*field));
	return at + sizeof(field->head) + RECORD_PADDED(field->head.len);
}

/* Put it. */
static inline void
put_call(struct fields *fields, const struct call_field *field)
{
	if (fields_hold(fields, sizeof(*field)))
		fields->at = write_call(fields->at, field);
}

/* Put it behind whole fields that stand ready (put_ready). */
static inline void
put_ready_call(struct fields *fields, const void *ready, size_t len,
    const struct call_field *call)
{
	char *at = fields->at;

	if (!fields_hold(fields, len + sizeof(*call)))
		return;
	memcpy(at, ready, len);
	fields->at = write_call(at + len, call);
}

static inline void
put_word(struct fields *fields, const struct word_field *field)
{
	if (fields_hold(fields, sizeof(*field)))
		fields->at = write_word(fields->at, field);
}

#endif
