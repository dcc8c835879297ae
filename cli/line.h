/*
 * line.h - a line for a terminal, made of text that others wrote.
 *
 * Nothing in such text may move the cursor, change colours, ring, or turn the
 * reading direction: bytes of control characters (C0, C1, DEL), of what steers
 * bidirectional text, of line separators, of tags, and bytes that are no UTF-8
 * are shown as \xNN.  The line is cut to a width in columns.
 */
#ifndef CLI_LINE_H
#define CLI_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/out.h"
#include "collectors/collector.h"

struct line {
	struct out *out; /* where line_end() writes; may be NULL */
	char *text;
	size_t len;
	size_t cap;
	unsigned width; /* columns at most; 0: any number */
	unsigned used;  /* columns so far */
	size_t cut;     /* what of `text` leaves room for an ellipsis */
	bool colour;    /* sequences are wanted */
	bool utf8;      /* the terminal takes more than ASCII */
	bool coloured;  /* one was put */
	bool full;      /* the rest is not shown */
	bool failed;    /* there was no memory: some text is missing */
};

/*
 * Append text that others wrote, made safe.  line_one() also makes each run
 * of blanks and line ends one blank: a statement becomes one line.
 */
void line_text(struct line *line, struct text text);
void line_one(struct line *line, struct text text);

/* Append text of our own: printable, or a line end. */
void line_plain(struct line *line, const char *text);
void line_format(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Switch the colour to an SGR sequence such as "31"; "" ends it. */
void line_colour(struct line *line, const char *sgr);

/*
 * Write the line with its end, and begin an empty one.  Where text is missing
 * for want of memory, the output counts as failed.
 */
void line_end(struct line *line);

/* Forget what was put, begin an empty line. */
void line_drop(struct line *line);

void line_free(struct line *line);

/*
 * Find out what the terminal behind `fd` can: NO_COLOR, CLICOLOR_FORCE, TERM,
 * COLUMNS and the locale are honoured.  What is no terminal has any width.
 */
void line_init(struct line *line, struct out *out);

#endif
