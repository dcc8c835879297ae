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

bool
json_is_object(const char *text, size_t len)
{
	struct cursor cursor = { .at = text, .end = text + len };

	if (!object(&cursor))
		return false;
	blanks(&cursor);
	return cursor.at == cursor.end;
}
