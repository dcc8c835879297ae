/*
 * json_number.c - a number of JSON text, spelled as Python spells it.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json_indent.h"
#include "collectors/json_scan.h"

static inline bool
is_numeric(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 'e' ||
	       c == '+' || c == 'E';
}

static bool
are_digits(const char *at, const char *end)
{
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at == end;
}

/* A JSON integer: no sign but a minus, no leading zero. */
static bool
is_integer(const char *at, size_t len)
{
	size_t sign = *at == '-';

	if (len == sign || !are_digits(at + sign, at + len))
		return false;
	return at[sign] != '0' || len == sign + 1;
}

/*
 * Whether a float stands as Python would print it: up to 15 digits come back
 * from a double as they went in.  Saves strtod() and printf() for all floats
 * that a program is likely to have.
 */
static bool
is_short_float(const char *at, size_t len)
{
	const char *end = at + len, *dot;

	if (len && *at == '-')
		at++;
	dot = memchr(at, '.', (size_t)(end - at));
	/* Digits, a point, digits without a zero at the end. */
	if (!dot || dot == at || dot + 1 == end || end - at > 16 ||
	    (end[-1] == '0' && end - dot > 2) || *at == '-' ||
	    !is_integer(at, (size_t)(dot - at)) || !are_digits(dot + 1, end))
		return false;
	/* Small ones may take an exponent. */
	return *at != '0' || end - dot <= 5;
}

/* The fewest digits that read back as the same double. */
static bool
put_double(struct out *out, const char *at, size_t len)
{
	struct scan scan = {.at = at, .end = at + len};
	struct json_out json;
	struct text raw;
	char *copy;

	if (!scan_value(&scan, &raw) || raw.len != len)
		return false;
	copy = strndup(at, len);
	if (!copy)
		return false;
	json_fixed(&json, out_room(out, 64), 64);
	json_put_double(&json, strtod(copy, NULL));
	out->len += (size_t)(json.at - json.start);
	free(copy);
	return true;
}

const char *
json_number(struct out *out, const char *from, const char *end)
{
	const char *at = from;
	bool is_float = false;
	size_t len;

	for (; at < end && is_numeric(*at); at++)
		is_float |= *at > '9' || *at == '.';
	len = (size_t)(at - from);
	if (is_float && !is_short_float(from, len))
		return put_double(out, from, len) ? at : NULL;
	if (!is_float && (len == 0 || !is_integer(from, len)))
		return NULL;
	if (len == 2 && memcmp(from, "-0", 2) == 0)
		from++; /* Python has no integer -0 */
	out_bytes(out, from, (size_t)(at - from));
	return at;
}
