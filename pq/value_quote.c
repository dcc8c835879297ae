/*
 * value_quote.c - values inside arrays, records and ranges, and their quotes.
 *
 * A value is written first and looked at then: if it must be quoted it is
 * spread in its place, from its end on, and what has no room is dropped.
 */
#include "pq/value_reading.h"

#define ALL (AROUND_ARRAY | AROUND_RECORD | AROUND_RANGE)
#define ESCAPED 8 /* between quotes */

/* clang-format off */
/* What a byte calls for: quotes where the value stands in one of these. */
static const unsigned char calls_for[256] = {
	[' '] = ALL, ['\t'] = ALL, ['\n'] = ALL, ['\v'] = ALL, ['\f'] = ALL,
	['\r'] = ALL, [','] = ALL, ['"'] = ALL | ESCAPED, ['\\'] = ALL | ESCAPED,
	['{'] = AROUND_ARRAY, ['}'] = AROUND_ARRAY,
	['('] = AROUND_RECORD | AROUND_RANGE,
	[')'] = AROUND_RECORD | AROUND_RANGE,
	['['] = AROUND_RANGE, [']'] = AROUND_RANGE,
};
/* clang-format on */

static bool
is_null_word(const char *text, size_t len)
{
	static const char word[] = "null";

	if (len != sizeof(word) - 1)
		return false;
	for (size_t i = 0; i < len; i++)
		if ((text[i] | 0x20) != word[i])
			return false;
	return true;
}

static bool
needs_quotes(const char *text, size_t len, enum around around)
{
	if (around == AROUND_NOTHING)
		return false;
	if (len == 0)
		return true;
	if (around == AROUND_ARRAY && is_null_word(text, len))
		return true;
	for (size_t i = 0; i < len; i++)
		if (calls_for[(unsigned char)text[i]] & around)
			return true;
	return false;
}

/* A text that is being spread; `to` may lie past the room. */
struct spread {
	char *text;
	size_t room;
	size_t to;
};

static void
spread_put(struct spread *spread, char c)
{
	if (--spread->to < spread->room)
		spread->text[spread->to] = c;
}

void
show_quotes(struct reading *reading, char *begin, enum around around)
{
	size_t len = (size_t)(reading->out - begin), escapes = 0, grown;
	struct spread spread = {begin, (size_t)(reading->out_end - begin), 0};

	if (!needs_quotes(begin, len, around))
		return;
	for (size_t i = 0; i < len; i++)
		escapes += !!(calls_for[(unsigned char)begin[i]] & ESCAPED);
	spread.to = grown = len + escapes + 2;
	spread_put(&spread, '"');
	while (len-- > 0) {
		char c = begin[len];

		spread_put(&spread, c);
		if (calls_for[(unsigned char)c] & ESCAPED)
			spread_put(&spread, around == AROUND_ARRAY ? '\\' : c);
	}
	spread_put(&spread, '"');
	if (grown > spread.room) {
		reading->full = true;
		grown = spread.room;
	}
	reading->out = begin + grown;
}

void
read_part(
    struct reading *reading, uint32_t oid, int32_t len, enum around around)
{
	const unsigned char *end = reading->end;
	char *begin = reading->out;

	if (len < 0 || reading_left(reading) < (size_t)len) {
		reading->bad = true;
		return;
	}
	reading->end = reading->at + len;
	read_value(reading, oid);
	reading->at = reading->end;
	reading->end = end;
	show_quotes(reading, begin, around);
}
