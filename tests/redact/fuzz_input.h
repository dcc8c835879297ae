/*
 * fuzz_input.h - what the fuzzers of redact/ make of their bytes.
 *
 * The first byte is the dialect and the mode, the rest the text.
 */
#ifndef TESTS_FUZZ_INPUT_H
#define TESTS_FUZZ_INPUT_H

#include "redact/redact.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* First bytes from here on are the default mode of byte % 3, the dialect. */
#define INPUT_DEFAULT (3 * 3 * 3 * 6)

struct input {
	struct redact_mode mode;
	const char *text;
	size_t len;
};

static inline void
hold(bool condition)
{
	if (!condition)
		abort();
}

static inline struct redact_mode
input_mode(uint8_t byte)
{
	struct redact_mode mode = redact_default_mode(
	    (enum redact_dialect)(byte % 3));

	if (byte >= INPUT_DEFAULT)
		return mode;
	if (mode.dialect != REDACT_SQLITE)
		mode.backslash = byte / 3 % 3;
	if (mode.dialect != REDACT_POSTGRES)
		mode.quotes = byte / 9 % 3;
	mode.charset = byte / 27;
	return mode;
}

static inline struct input
input_of(const uint8_t *data, size_t size)
{
	if (size == 0)
		return (struct input){
		    .mode = input_mode(UINT8_MAX), .text = (const char *)data};
	return (struct input){
	    .mode = input_mode(*data),
	    .text = (const char *)data + 1,
	    .len = size - 1,
	};
}

/*
 * Whether `part` is some of the bytes of `text`, in their order.  Blanks, and
 * the `?` of what is hidden, may be anywhere.
 */
static inline bool
is_some_of(const char *part, size_t part_len, const char *text, size_t len)
{
	const char *const end = text + len;

	for (size_t i = 0; i < part_len; i++) {
		if (part[i] == ' ' || part[i] == '?')
			continue;
		if (text < end)
			text = memchr(text, part[i], (size_t)(end - text));
		if (!text || text == end)
			return false;
		text++;
	}
	return true;
}

#endif
