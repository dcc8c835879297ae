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
	bool waits;   /* a list, a sign or a semicolon for what comes */
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

void shape_begin(
    struct shape *shape, struct redact_mode mode, char *normal, size_t cap);
void shape_take(struct shape *shape, const struct item *item);

/* A word behind which a list of values may open was taken. */
void shape_ready(struct shape *shape, enum word_id id);

/* Put a `?` on the normal form, with the blank before it. */
void shape_hide(struct shape *shape);

/*
 * What shape_take() tells the hash of the items of which most texts are made,
 * where nothing waits; the normal form is not told here.
 */
static inline void
shape_step_word(struct shape *shape, struct block block, size_t len,
    const struct word *word)
{
	hash_short_word(&shape->hash, block, len);
	shape->operand = word_has(word, TRAIT_BEFORE_OPERAND);
	if (word_has(word, TRAIT_OPENS_LIST))
		shape_ready(shape, word_id(word));
}

static inline void
shape_step_sign(struct shape *shape, char byte, bool operand)
{
	hash_byte(&shape->hash, byte);
	shape->operand = operand;
}

/* Returns the fingerprint; the length of the normal form is out_end()'s. */
uint64_t shape_end(struct shape *shape);

#endif
