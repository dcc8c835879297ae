/*
 * json_indent.c - JSON text laid out as Python's json module does.
 *
 * A machine of three states reads the text once: a value is due, a key is due,
 * or something has ended and a comma or a bracket is due.  What is open stands
 * in a stack of bits.
 */
#include "cli/json_indent.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "collectors/json.h"

#define COLUMNS_MAX 4096
#define DEPTH_MAX 1024 /* Python gives up at about 1000 */

enum expect {
	VALUE,
	KEY,
	AFTER, /* of a value: a comma or a bracket */
};

struct indenter {
	struct out *out;
	const char *at;
	const char *end;
	unsigned columns; /* of the line that the innermost container opened */
	unsigned depth;
	enum expect expect;
	uint64_t arrays[DEPTH_MAX / 64]; /* a bit a level: [ or { */
};

#define COPY_CHUNK 4096
#define LINE_QUICK 64

void
json_newline(struct out *out, unsigned columns)
{
	char *at;

	if (columns > COLUMNS_MAX)
		columns = COLUMNS_MAX;
	at = out_room(out, columns + 1 + LINE_QUICK);
	*at = '\n';
	/* Lines are mostly short: a fixed size is a few stores, no call. */
	memset(at + 1, ' ', LINE_QUICK);
	if (columns > LINE_QUICK)
		memset(at + 1 + LINE_QUICK, ' ', columns - LINE_QUICK);
	out->len += columns + 1;
}

static void
escape_char(struct out *out, uint32_t c)
{
	char *at = out_room(out, JSON_ESCAPE_MAX);

	out->len += (size_t)(json_escape(at, c) - at);
}

/* Write the character at `at`; return what follows it. */
static const char *
escape_next(struct out *out, const char *at, const char *end)
{
	uint32_t c;
	size_t len = json_utf8(at, (size_t)(end - at), &c);

	escape_char(out, len ? c : 0xfffd);
	return at + (len ? len : 1);
}

/* As copy_plain(), of at most COPY_CHUNK bytes. */
static inline const char *
copy_chunk(struct out *out, const char *at, const char *end)
{
	char *from = out_room(out, COPY_CHUNK);
	size_t clean = json_clean(at, (size_t)(end - at), from);
	char *to = from + clean;

	at += clean;
	while (at < end && json_is_clean(*at))
		*to++ = *at++;
	out->len += (size_t)(to - from);
	return at;
}

/*
 * Copy the run of bytes at `at` that stand for themselves both in the input
 * and in the output; return where it ends.
 */
static inline const char *
copy_plain(struct out *out, const char *at, const char *end)
{
	while (end - at > COPY_CHUNK) {
		const char *stop = at + COPY_CHUNK;

		at = copy_chunk(out, at, stop);
		if (at < stop)
			return at;
	}
	return copy_chunk(out, at, end);
}

void
json_escaped(struct out *out, const char *text, size_t len)
{
	const char *end = text + len;

	while ((text = copy_plain(out, text, end)) < end)
		text = escape_next(out, text, end);
}

void
json_string(struct out *out, const char *text, size_t len)
{
	if (!text) {
		out_text(out, "null");
		return;
	}
	out_char(out, '"');
	json_escaped(out, text, len);
	out_char(out, '"');
}

/* Four hexadecimal digits; -1 where they are not. */
static long
read_unit(const char *at, const char *end)
{
	long unit = 0;

	if (end - at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = json_hex_value(at[i]);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/* An escape, `in` standing behind its backslash. */
static bool
copy_escape(struct indenter *in)
{
	static const char shorts[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
	long unit;

	if (in->at == in->end)
		return false;
	for (const char *s = shorts; *s; s += 2) {
		if (*s != *in->at)
			continue;
		in->at++;
		escape_char(in->out, (uint32_t)s[1]);
		return true;
	}
	if (*in->at != 'u')
		return false;
	unit = read_unit(in->at + 1, in->end);
	if (unit < 0)
		return false;
	in->at += 5;
	/* Halves of a pair pass one by one and stay a pair. */
	escape_char(in->out, (uint32_t)unit);
	return true;
}

/* A string, `in` standing at its first quote. */
static bool
copy_string(struct indenter *in)
{
	in->at++;
	out_char(in->out, '"');
	while ((in->at = copy_plain(in->out, in->at, in->end)) < in->end) {
		if (*in->at == '"') {
			in->at++;
			out_char(in->out, '"');
			return true;
		}
		if (*in->at != '\\') {
			in->at = escape_next(in->out, in->at, in->end);
			continue;
		}
		in->at++;
		if (!copy_escape(in))
			return false;
	}
	return false;
}

static void
skip_blanks(struct indenter *in)
{
	while (in->at < in->end && (*in->at == ' ' || *in->at == '\n' ||
				       *in->at == '\r' || *in->at == '\t'))
		in->at++;
}

static bool
copy_word(struct indenter *in, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(in->end - in->at) < len || memcmp(in->at, word, len) != 0)
		return false;
	in->at += len;
	out_bytes(in->out, word, len);
	return true;
}

static bool
copy_number(struct indenter *in)
{
	const char *end = json_number(in->out, in->at, in->end);

	if (!end)
		return false;
	in->at = end;
	return true;
}

static bool
in_array(const struct indenter *in)
{
	unsigned level = in->depth - 1;

	return in->arrays[level / 64] >> level % 64 & 1;
}

static void
push(struct indenter *in, bool array)
{
	uint64_t bit = (uint64_t)1 << in->depth % 64;
	uint64_t *word = &in->arrays[in->depth / 64];

	*word = array ? *word | bit : *word & ~bit;
	in->depth++;
	in->columns += 2;
}

/* A container's first bracket, and its last one if it is empty. */
static bool
copy_open(struct indenter *in, char open, char close)
{
	if (in->depth == DEPTH_MAX)
		return false;
	in->at++;
	out_char(in->out, open);
	skip_blanks(in);
	if (in->at < in->end && *in->at == close) {
		in->at++;
		out_char(in->out, close);
		in->expect = AFTER;
		return true;
	}
	push(in, open == '[');
	json_newline(in->out, in->columns);
	in->expect = open == '[' ? VALUE : KEY;
	return true;
}

static bool
copy_key(struct indenter *in)
{
	if (in->at == in->end || *in->at != '"' || !copy_string(in))
		return false;
	skip_blanks(in);
	if (in->at == in->end || *in->at != ':')
		return false;
	in->at++;
	out_literal(in->out, ": ");
	in->expect = VALUE;
	return true;
}

static bool
copy_value(struct indenter *in)
{
	in->expect = AFTER;
	switch (in->at < in->end ? *in->at : '\0') {
	case '{':
		return copy_open(in, '{', '}');
	case '[':
		return copy_open(in, '[', ']');
	case '"':
		return copy_string(in);
	case 't':
		return copy_word(in, "true");
	case 'f':
		return copy_word(in, "false");
	case 'n':
		return copy_word(in, "null");
	case 'N':
		return copy_word(in, "NaN");
	case 'I':
		return copy_word(in, "Infinity");
	default:
		return copy_number(in) || copy_word(in, "-Infinity");
	}
}

/* A comma, or the end of the innermost container. */
static bool
copy_after(struct indenter *in)
{
	bool array = in_array(in);
	char close = array ? ']' : '}';

	if (in->at == in->end)
		return false;
	if (*in->at == ',') {
		out_char(in->out, ',');
		in->expect = array ? VALUE : KEY;
	} else if (*in->at == close) {
		in->depth--;
		in->columns -= 2;
	} else {
		return false;
	}
	json_newline(in->out, in->columns);
	if (*in->at++ == close)
		out_char(in->out, close);
	return true;
}

static bool
copy_all(struct indenter *in)
{
	bool good = true;

	while (good && (in->expect != AFTER || in->depth > 0)) {
		skip_blanks(in);
		if (in->expect == VALUE)
			good = copy_value(in);
		else if (in->expect == KEY)
			good = copy_key(in);
		else
			good = copy_after(in);
	}
	skip_blanks(in);
	return good && in->at == in->end && !in->out->overflow;
}

void
json_indent(struct out *out, const char *text, size_t len, unsigned columns)
{
	struct indenter in;
	size_t mark = out_hold(out);

	in.out = out;
	in.at = text;
	in.end = text + len;
	in.columns = columns;
	in.depth = 0;
	in.expect = VALUE;
	if (copy_all(&in)) {
		out_keep(out);
	} else {
		out_take_back(out, mark);
		json_string(out, text, len);
	}
}
