/*
 * json_echo.c - what json.c writes, for json_test.py to compare with Python.
 *
 * Reads from stdin a letter, a 32-bit length and as many bytes, again and
 * again, and prints one line for each: s: a string of UTF-8, l and b: of
 * little- and big-endian UTF-16, d: a double, r: a JSON value rewritten.
 */
#include "collectors/json.h"
#include "collectors/json_scan.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static void
put_double(struct json_out *out, const char *bytes)
{
	double value;

	memcpy(&value, bytes, sizeof(value));
	json_put_double(out, value);
}

static void
put_rewritten(struct json_out *out, const char *bytes, size_t len)
{
	struct scan scan = {bytes, bytes + len};
	struct text raw;

	if (scan_value(&scan, &raw) && scan_at_end(&scan))
		scan_rewrite(raw, out);
	else
		json_put_literal(out, "refused");
}

static void
put(struct json_out *out, int kind, const char *bytes, size_t len)
{
	switch (kind) {
	case 's':
		json_put_string(out, bytes, len);
		break;
	case 'l':
	case 'b':
		json_put_string16(out, bytes, len, kind == 'b');
		break;
	case 'd':
		put_double(out, bytes);
		break;
	default:
		put_rewritten(out, bytes, len);
	}
}

int
main(void)
{
	struct json_out out = {0};
	uint32_t len;
	int kind;

	/* A program may have any; what is written must not depend on it. */
	setlocale(LC_ALL, "");
	while ((kind = getchar()) != EOF && fread(&len, 4, 1, stdin) == 1) {
		/* Exactly as long as the text: a sanitizer sees any overrun. */
		char *bytes = malloc(len ? len : 1);

		if (!bytes || fread(bytes, 1, len, stdin) != len)
			return 1;
		out.at = out.start;
		put(&out, kind, bytes, len);
		json_put_raw(&out, "\n", 1);
		fwrite(out.start, 1, (size_t)(out.at - out.start), stdout);
		free(bytes);
	}
	json_free(&out);
	return 0;
}
