/*
 * json_scan.c - reading JSON text where it lies, without building a tree.
 *
 * One walk serves checking and rewriting: with a json_out it puts each token
 * as it passes.  It does not recurse; the kinds of the open containers are
 * bits in a small stack.
 */
#include "collectors/json_scan.h"

#include <string.h>

struct walk {
	struct scan *scan;
	struct json_out *out; /* NULL: only check */
	unsigned depth;
	uint64_t is_object[SCAN_DEPTH / 64];
};

static void
skip_space(struct scan *scan)
{
	while (
	    scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' ||
					*scan->at == '\t' || *scan->at == '\r'))
		scan->at++;
}

bool
scan_at_end(struct scan *scan)
{
	skip_space(scan);
	return scan->at == scan->end;
}

/* Take `c` if it is next. */
static bool
take(struct scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

static bool
take_word(struct scan *scan, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(scan->end - scan->at) < len ||
	    memcmp(scan->at, word, len) != 0)
		return false;
	scan->at += len;
	return true;
}

/* Read XXXX of \uXXXX; -1 where it is not there. */
static int32_t
take_unit(struct scan *scan)
{
	int32_t unit = 0;

	if (scan->end - scan->at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = json_hex_value(*scan->at++);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/* After \u: a character, for which a pair of surrogates is taken together. */
static int32_t
take_code_point(struct scan *scan)
{
	int32_t high = take_unit(scan);
	const char *after = scan->at;
	int32_t low;

	if (high < 0xd800 || high >= 0xe000)
		return high;
	if (high < 0xdc00 && take_word(scan, "\\u")) {
		low = take_unit(scan);
		if (low >= 0xdc00 && low < 0xe000)
			return 0x10000 + ((high - 0xd800) << 10) +
			       (low - 0xdc00);
	}
	scan->at = after;
	return 0xfffd;
}

/* After the backslash.  -1: no such escape. */
static int32_t
take_escape(struct scan *scan)
{
	if (scan->at == scan->end)
		return -1;
	switch (*scan->at++) {
	case '"':
		return '"';
	case '\\':
		return '\\';
	case '/':
		return '/';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'u':
		return take_code_point(scan);
	default:
		return -1;
	}
}

/* Step over what stands for itself and is ASCII, many bytes at a time. */
static void
skip_clean(struct scan *scan)
{
	scan->at += json_clean(scan->at, (size_t)(scan->end - scan->at), NULL);
}

/* The next character of a string; -1: malformed.  Not called at its quote. */
static int32_t
take_char(struct scan *scan)
{
	uint32_t c;
	size_t len;

	if (take(scan, '\\'))
		return take_escape(scan);
	if ((unsigned char)*scan->at < 0x20)
		return -1;
	len = json_utf8(scan->at, (size_t)(scan->end - scan->at), &c);
	scan->at += len;
	return len ? (int32_t)c : -1;
}

/* A string after its opening quote, the closing one included. */
static bool
take_string(struct scan *scan, struct json_out *out)
{
	for (;;) {
		const char *from = scan->at;
		int32_t c;

		skip_clean(scan);
		if (out)
			json_put_raw(out, from, (size_t)(scan->at - from));
		if (take(scan, '"'))
			return true;
		if (scan->at == scan->end)
			return false;
		c = take_char(scan);
		if (c < 0)
			return false;
		if (out)
			json_put_char(out, (uint32_t)c);
	}
}

static bool
walk_string(struct walk *walk)
{
	if (walk->out)
		json_put_raw(walk->out, "\"", 1);
	if (!take_string(walk->scan, walk->out))
		return false;
	if (walk->out)
		json_put_raw(walk->out, "\"", 1);
	return true;
}

static bool
skip_digits(struct scan *scan)
{
	const char *from = scan->at;

	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
		scan->at++;
	return scan->at > from;
}

static bool
skip_number(struct scan *scan)
{
	take(scan, '-');
	if (take_word(scan, "Infinity"))
		return true;
	if (!take(scan, '0') && !skip_digits(scan))
		return false;
	if (take(scan, '.') && !skip_digits(scan))
		return false;
	if (!take(scan, 'e') && !take(scan, 'E'))
		return true;
	if (!take(scan, '+'))
		take(scan, '-');
	return skip_digits(scan);
}

/* A number or a bare word. */
static bool
walk_scalar(struct walk *walk)
{
	struct scan *scan = walk->scan;
	const char *from = scan->at;
	bool found = take_word(scan, "null") || take_word(scan, "true") ||
		     take_word(scan, "false") || take_word(scan, "NaN") ||
		     skip_number(scan);

	if (found && walk->out)
		json_put_raw(walk->out, from, (size_t)(scan->at - from));
	return found;
}

static bool
in_object(const struct walk *walk)
{
	unsigned level = walk->depth - 1;

	return walk->is_object[level / 64] >> level % 64 & 1;
}

static bool
push(struct walk *walk, bool is_object)
{
	unsigned level = walk->depth;
	uint64_t bit = UINT64_C(1) << level % 64;

	if (level == SCAN_DEPTH)
		return false;
	if (is_object)
		walk->is_object[level / 64] |= bit;
	else
		walk->is_object[level / 64] &= ~bit;
	walk->depth++;
	if (walk->out)
		json_put_raw(walk->out, is_object ? "{" : "[", 1);
	return true;
}

/* Take the end of the innermost container if it is next. */
static bool
pop(struct walk *walk)
{
	char closing = in_object(walk) ? '}' : ']';

	skip_space(walk->scan);
	if (!take(walk->scan, closing))
		return false;
	walk->depth--;
	if (walk->out)
		json_put_raw(walk->out, &closing, 1);
	return true;
}

/* Where the next value stands in an object: its key and colon. */
static bool
walk_key(struct walk *walk)
{
	skip_space(walk->scan);
	if (!in_object(walk))
		return true;
	if (!take(walk->scan, '"') || !walk_string(walk))
		return false;
	skip_space(walk->scan);
	if (walk->out)
		json_put_literal(walk->out, ": ");
	return take(walk->scan, ':');
}

/*
 * After a value: leave the containers that end here, or go to the next value.
 * *ret_done where the outermost value has ended.
 */
static bool
walk_on(struct walk *walk, bool *ret_done)
{
	while (walk->depth > 0 && pop(walk))
		continue;
	*ret_done = walk->depth == 0;
	if (*ret_done)
		return true;
	if (!take(walk->scan, ','))
		return false;
	if (walk->out)
		json_put_literal(walk->out, ", ");
	return walk_key(walk);
}

/* A scalar whole, or the opening of a container and its first key. */
static bool
walk_begin(struct walk *walk, bool *ret_open)
{
	bool is_object = take(walk->scan, '{');

	*ret_open = false;
	if (is_object || take(walk->scan, '[')) {
		if (!push(walk, is_object))
			return false;
		skip_space(walk->scan);
		if (pop(walk))
			return true;
		*ret_open = true;
		return walk_key(walk);
	}
	return take(walk->scan, '"') ? walk_string(walk) : walk_scalar(walk);
}

static bool
walk_value(struct walk *walk)
{
	bool open, done = false;

	while (!done) {
		skip_space(walk->scan);
		if (!walk_begin(walk, &open))
			return false;
		if (!open && !walk_on(walk, &done))
			return false;
	}
	return true;
}

bool
scan_value(struct scan *scan, struct text *ret_raw)
{
	struct walk walk = {.scan = scan};

	skip_space(scan);
	ret_raw->at = scan->at;
	/* Most values are strings: they need no walk. */
	if (take(scan, '"') ? !take_string(scan, NULL) : !walk_value(&walk))
		return false;
	ret_raw->len = (size_t)(scan->at - ret_raw->at);
	return true;
}

void
scan_rewrite(struct text raw, struct json_out *out)
{
	struct scan scan = {raw.at, raw.at + raw.len};
	struct walk walk = {.scan = &scan, .out = out};

	walk_value(&walk);
}

bool
scan_open(struct scan *scan)
{
	skip_space(scan);
	return take(scan, '{');
}

static bool
take_key(struct scan *scan, struct text *ret_key)
{
	const char *from;

	skip_space(scan);
	from = scan->at + 1;
	if (!take(scan, '"') || !take_string(scan, NULL))
		return false;
	ret_key->at = from;
	ret_key->len = (size_t)(scan->at - from) - 1;
	skip_space(scan);
	return take(scan, ':');
}

bool
scan_key(struct scan *scan, struct text *ret_key)
{
	/* No value ends in a brace that opens. */
	bool first = scan->at[-1] == '{';

	skip_space(scan);
	if (scan->at == scan->end || *scan->at == '}')
		return false;
	if ((first || take(scan, ',')) && take_key(scan, ret_key))
		return true;
	/* Malformed: scan_close() must not find a brace further on. */
	scan->at = scan->end;
	return false;
}

bool
scan_close(struct scan *scan)
{
	skip_space(scan);
	return take(scan, '}');
}

bool
text_is(struct text text, const char *wanted)
{
	return text.at && text.len == strlen(wanted) &&
	       memcmp(text.at, wanted, text.len) == 0;
}

bool
scan_is_string(struct text raw)
{
	return raw.at && raw.len >= 2 && raw.at[0] == '"';
}

/* The escapes that JSON inside a string is full of. */
static bool
take_common_escape(struct scan *scan, char *out)
{
	if (scan->end - scan->at < 2 || scan->at[0] != '\\' ||
	    (scan->at[1] != '"' && scan->at[1] != '\\'))
		return false;
	*out = scan->at[1];
	scan->at += 2;
	return true;
}

/* Decode up to the closing quote, which is not in `scan`. */
static bool
decode(struct scan *scan, char **out)
{
	while (scan->at < scan->end) {
		/* What is decoded is never longer: there is room. */
		size_t clean = json_clean(
		    scan->at, (size_t)(scan->end - scan->at), *out);
		int32_t c;

		scan->at += clean;
		*out += clean;
		if (scan->at == scan->end)
			break;
		if (take_common_escape(scan, *out)) {
			++*out;
			continue;
		}
		c = *scan->at == '"' ? -1 : take_char(scan);
		if (c < 0)
			return false;
		*out += json_utf8_put(*out, (uint32_t)c);
	}
	return true;
}

bool
scan_decode_any(struct text raw, char *out, size_t *ret_len)
{
	struct scan scan;
	char *at = out;

	if (!scan_is_string(raw) || raw.at[raw.len - 1] != '"')
		return false;
	scan = (struct scan){raw.at + 1, raw.at + raw.len - 1};
	if (!decode(&scan, &at))
		return false;
	*ret_len = (size_t)(at - out);
	return true;
}

size_t
scan_decode(struct text raw, char *out)
{
	size_t len = 0;

	scan_decode_any(raw, out, &len);
	return len;
}
