/*
 * json_scan.c - reading JSON text where it lies, without building a tree.
 *
 * One walk serves checking and rewriting: with a json_out it puts each token
 * as it passes.  It does not recurse; the kinds of the open containers are
 * bits in a small stack.
 */
#include "collectors/json_scan.h"

#include <string.h>

#include "collectors/json_take.h"

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

static bool
walk_string(struct walk *walk)
{
	if (!walk->out)
		return string_skip(walk->scan);
	json_put_raw(walk->out, "\"", 1);
	if (!string_put(walk->scan, walk->out))
		return false;
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
	if (take(scan, '"') ? !string_skip(scan) : !walk_value(&walk))
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
	if (!take(scan, '"') || !string_skip(scan))
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
