/*
 * shape.h - the normal form of a text, and its fingerprint.
 *
 * Both are made of the same items.  Lists of values and rows of values are
 * folded: what a list may turn out to be is only known at its end, so until
 * then the text can be taken back and the hash is told nothing.
 */
#ifndef REDACT_SHAPE_H
#define REDACT_SHAPE_H

#include "redact/hash.h"
#include "redact/item.h"
#include "redact/out.h"

enum fold {
	FOLD_NONE,
	FOLD_READY, /* IN, VALUES or ARRAY was read: a list may open */
	FOLD_LIST,  /* in a list that is all values so far */
	FOLD_ROW,   /* in such a row, the first or one behind it */
	FOLD_ROWS,  /* behind a row */
	FOLD_COMMA, /* behind the comma behind a row */
};

struct shape {
	struct hash hash;
	struct out normal;
	bool blank;   /* white space waits for what is behind it */
	bool operand; /* the last item wants an operand: a sign is unary */
	bool sign;    /* the last item was such a sign */
	char sign_byte;
	size_t sign_mark;  /* where it stands in the normal form */
	size_t semicolons; /* that wait for a statement behind them */
	size_t semicolon_mark;
	enum fold fold;
	enum fold ready; /* what FOLD_READY opens */
	bool first_row;
	bool value;        /* in a list: behind a value, not a comma */
	size_t values;     /* so far */
	size_t fold_mark;  /* where the list or the later row begins */
	size_t fold_value; /* where its first value begins */
};

void shape_begin(struct shape *shape, struct redact_mode mode, char *normal,
    size_t cap, const char *text_end);
void shape_take(struct shape *shape, const struct item *item);

/* Returns the fingerprint; the length of the normal form is out_end()'s. */
uint64_t shape_end(struct shape *shape);

#endif
