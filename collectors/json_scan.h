/*
 * json_scan.h - reading JSON text where it lies, without building a tree.
 *
 * A strict reader of RFC 8259 that also takes Python's NaN, Infinity and
 * -Infinity.  Nothing is allocated; what comes out are spans of the text that
 * went in.  Any input is safe: it may be a torn line of a file.
 */
#ifndef COLLECTORS_JSON_SCAN_H
#define COLLECTORS_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "collectors/collector.h"
#include "collectors/json.h"

/* Objects and lists inside one another; deeper text is refused. */
#define SCAN_DEPTH 256

struct scan {
	const char *at;
	const char *end;
};

/*
 * Read one value and the white space before it.  *ret_raw is its span.  False
 * where there is none, or a malformed one; `scan` is then of no more use.
 */
bool scan_value(struct scan *scan, struct text *ret_raw);

/* Step over white space; whether the text ends there. */
bool scan_at_end(struct scan *scan);

/*
 * Read the members of an object one by one:
 *
 *	if (!scan_open(&scan))
 *		no object
 *	while (scan_key(&scan, &key))
 *		scan_value(&scan, &value), or read into the value likewise
 *	if (!scan_close(&scan))
 *		malformed
 *
 * `key` comes without its quotes, its escapes undecoded.
 */
bool scan_open(struct scan *scan);
bool scan_key(struct scan *scan, struct text *ret_key);
bool scan_close(struct scan *scan);

/* Whether a key or a whole text is `wanted`. */
bool text_is(struct text text, const char *wanted);

/* Whether `raw` is a string's, with its quotes. */
bool scan_is_string(struct text raw);

/*
 * Decode a string's span, as scan_value() gave it, to UTF-8 in `out`, which
 * has room for raw.len bytes.  A lone surrogate becomes U+FFFD.  Returns the
 * length.
 */
size_t scan_decode(struct text raw, char *out);

/* The same for text that was not checked; false where it is no string. */
bool scan_decode_any(struct text raw, char *out, size_t *ret_len);

/*
 * Put a value, as scan_value() gave it, as json.dumps() would write it: its
 * separators, ASCII only.  Numbers keep their spelling.
 */
void scan_rewrite(struct text raw, struct json_out *out);

#endif
