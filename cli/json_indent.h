/*
 * json_indent.h - JSON text laid out as Python's json module does.
 *
 * The output is what json.dumps(json.loads(text), indent=2,
 * separators=(",", ": ")) writes, byte by byte, but made in one pass over the
 * text without a tree of values: ASCII only, floats in their shortest form,
 * NaN and Infinity as they are.  Differences: a key that occurs twice in an
 * object stays twice.
 */
#ifndef CLI_JSON_INDENT_H
#define CLI_JSON_INDENT_H

#include <stddef.h>

#include "cli/out.h"

/*
 * Write the JSON value `text`.  The line it begins on is indented by
 * `columns`; its members get two more, and so on.
 *
 * Malformed text, or text that nests deeper than Python reads, is written as
 * a string: the output stays well-formed and shows all of it.
 */
void json_indent(
    struct out *out, const char *text, size_t len, unsigned columns);

/*
 * Write plain UTF-8 `text` as a JSON string; NULL as null.  Bytes that are no
 * UTF-8 become U+FFFD.
 */
void json_string(struct out *out, const char *text, size_t len);

/* The same without the quotes. */
void json_escaped(struct out *out, const char *text, size_t len);

/*
 * Write the number that the text at `from` begins with.  Returns what follows
 * it; NULL, with nothing written, where there is none.
 */
const char *json_number(struct out *out, const char *from, const char *end);

/*
 * Write a line end and `columns` blanks.  Past 4096 columns, which is deeper
 * than Python can nest, lines move no further: the output of a chain of n
 * points must not grow by n * n.
 */
void json_newline(struct out *out, unsigned columns);

#endif
