/*
 * json_check.c - a recursive-descent check of JSON, bounded in depth.
 */
#include "shim/json_check.h"

#include <string.h>

#define DEPTH_MAX 64

struct cursor {
	const char *at;
	const char *end;
	unsigned depth;
};

static bool value(struct cursor *cursor);

static void
blanks(struct cursor *cursor)
{
	while (cursor->at < cursor->end && *cursor->at &&
	       strchr(" \t\r\n", *cursor->at))
		cursor->at++;
}

/* Take `c` after blanks, if it is next. */
static bool
take(struct cursor *cursor, char c)
{
	blanks(cursor);
	if (cursor->at == cursor->end || *cursor->at != c)
		return false;
	cursor->at++;
	return true;
}

static bool
word(struct cursor *cursor, const char *text)
{
	size_t len = strlen(text);

	if ((size_t)(cursor->end - cursor->at) < len ||
	    memcmp(cursor->at, text, len) != 0)
		return false;
	cursor->at += len;
	return true;
}

static bool
hex_digits(struct cursor *cursor, int count)
{
	for (; count; count--, cursor->at++)
		if (cursor->at == cursor->end || !*cursor->at ||
		    !strchr("0123456789abcdefABCDEF", *cursor->at))
			return false;
	return true;
}

static bool
escape(struct cursor *cursor)
{
	char c;

	if (cursor->at == cursor->end)
		return false;
	c = *cursor->at++;
	if (c == 'u')
		return hex_digits(cursor, 4);
	return c && strchr("\"\\/bfnrt", c);
}

static bool
string(struct cursor *cursor)
{
	if (!take(cursor, '"'))
		return false;
	while (cursor->at < cursor->end) {
		unsigned char c = (unsigned char)*cursor->at++;

		if (c == '"')
			return true;
		if (c < 0x20 || (c == '\\' && !escape(cursor)))
			return false;
	}
	return false;
}

static bool
digits(struct cursor *cursor)
{
	const char *begin = cursor->at;

	while (cursor->at < cursor->end && *cursor->at >= '0' &&
	       *cursor->at <= '9')
		cursor->at++;
	return cursor->at > begin;
}

static bool
number(struct cursor *cursor)
{
	const char *begin;

	(void)word(cursor, "-");
	begin = cursor->at;
	if (!digits(cursor) || (*begin == '0' && cursor->at > begin + 1))
		return false;
	if (word(cursor, ".") && !digits(cursor))
		return false;
	if (word(cursor, "e") || word(cursor, "E")) {
		if (!word(cursor, "+"))
			(void)word(cursor, "-");
		return digits(cursor);
	}
	return true;
}

static bool
object(struct cursor *cursor)
{
	if (!take(cursor, '{'))
		return false;
	if (take(cursor, '}'))
		return true;
	do {
		blanks(cursor);
		if (!string(cursor) || !take(cursor, ':') || !value(cursor))
			return false;
	} while (take(cursor, ','));
	return take(cursor, '}');
}

static bool
array(struct cursor *cursor)
{
	if (!take(cursor, '['))
		return false;
	if (take(cursor, ']'))
		return true;
	do {
		if (!value(cursor))
			return false;
	} while (take(cursor, ','));
	return take(cursor, ']');
}

static bool
value(struct cursor *cursor)
{
	bool good;

	blanks(cursor);
	if (cursor->at == cursor->end || cursor->depth == DEPTH_MAX)
		return false;
	cursor->depth++;
	switch (*cursor->at) {
	case '{':
		good = object(cursor);
		break;
	case '[':
		good = array(cursor);
		break;
	case '"':
		good = string(cursor);
		break;
	case 't':
		good = word(cursor, "true");
		break;
	case 'f':
		good = word(cursor, "false");
		break;
	case 'n':
		good = word(cursor, "null");
		break;
	default:
		good = number(cursor);
	}
	cursor->depth--;
	return good;
}

/* What was walked over, up to here. */
static struct piece
since(const struct cursor *cursor, const char *from)
{
	return (struct piece){from, (size_t)(cursor->at - from)};
}

/* Walk over one member of the outermost object. */
static bool
member(struct cursor *cursor, struct piece *ret_name, struct piece *ret_value)
{
	const char *from;

	blanks(cursor);
	from = cursor->at;
	if (!string(cursor))
		return false;
	*ret_name = since(cursor, from);
	if (!take(cursor, ':'))
		return false;
	blanks(cursor);
	from = cursor->at;
	if (!value(cursor))
		return false;
	*ret_value = since(cursor, from);
	return true;
}

static bool
is_at_end(struct cursor *cursor)
{
	blanks(cursor);
	return cursor->at == cursor->end;
}

bool
json_each_member(const char *text, size_t len,
    bool (*each)(void *arg, struct piece name, struct piece value), void *arg)
{
	struct cursor cursor = {.at = text, .end = text + len};
	struct piece name, of_name;

	if (!take(&cursor, '{'))
		return false;
	if (take(&cursor, '}'))
		return is_at_end(&cursor);
	do {
		if (!member(&cursor, &name, &of_name) ||
		    !each(arg, name, of_name))
			return false;
	} while (take(&cursor, ','));
	return take(&cursor, '}') && is_at_end(&cursor);
}

bool
json_is_object(const char *text, size_t len)
{
	struct cursor cursor = {.at = text, .end = text + len};

	return object(&cursor) && is_at_end(&cursor);
}
