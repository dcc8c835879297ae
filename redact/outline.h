/*
 * outline.h - what a statement does, and to which tables; which column each
 * parameter belongs to.
 *
 * Made from the items of a pass, by their order alone: no tree is built.  One
 * level a parenthesis; deeper than the limit nothing is made out.
 */
#ifndef REDACT_OUTLINE_H
#define REDACT_OUTLINE_H

#include "redact/columns.h"
#include "redact/item.h"
#include "redact/out.h"
#include "redact/place.h"
#include "redact/redact.h"

#define OUTLINE_LEVELS 32
#define OUTLINE_PARTS 4 /* of a name with dots */
#define OUTLINE_CTES 32 /* names bound by WITH */

/* What the next name is. */
enum wanted {
	WANTED_NOTHING,
	WANTED_TARGET, /* a table that is named in the summary */
	WANTED_TABLE,  /* one that is not */
	WANTED_NAME,   /* of something else that the summary names */
	WANTED_CTE,
};

struct outline_level {
	uint8_t wanted;
	uint8_t list;  /* what a comma wants again */
	uint16_t verb; /* of the statement that is read here */
	bool binds;    /* behind WITH: a statement may follow */
};

enum insert {
	INSERT_NOT,
	INSERT_TARGET,  /* the table comes */
	INSERT_NAMED,   /* it came */
	INSERT_LISTING, /* in the list of columns */
	INSERT_COLUMNS, /* behind that */
	INSERT_VALUES,  /* in the rows */
};

struct outline {
	struct redact_outline *out;
	const struct before *before; /* the last item */
	struct outline_level *now;   /* the level that is read */
	uint8_t dialect;
	bool ansi;    /* "x" is, or may be, a name in MySQL */
	bool columns; /* there may be parameters that want one */
	bool heeds;   /* any item matters now */
	bool full;    /* the summary takes no more */
	bool told;    /* the operation is known */
	bool new;     /* a statement begins */
	bool fresh;   /* the summary has nothing of it yet */
	bool bare;    /* nothing but its verb is told */
	bool defines; /* CREATE, ALTER, DROP: the kind comes, then the name */
	bool dot;     /* behind a dot in a name */
	bool quoted;  /* a part of the name is in quotes */
	enum word_id kind; /* of object that is defined */
	enum word_id verb; /* of the statement */
	enum wanted part_of;
	unsigned depth;
	unsigned parts; /* of the name that is read */
	unsigned ctes;
	struct slice part[OUTLINE_PARTS];
	struct slice cte[OUTLINE_CTES];
	enum insert insert;
	unsigned params_max; /* the highest number of a parameter so far */
	struct columns lists[LISTS];
	struct slice inserted[COLUMNS_INSERTED];
	struct slice tuple[COLUMNS_TUPLE];
	struct slice read[COLUMNS_TUPLE];
	struct outline_level level[OUTLINE_LEVELS + 1]; /* the last: deeper */
	struct expression expression[OUTLINE_LEVELS + 1];
};

static inline bool
outline_last_is(const struct outline *o, enum word_id id)
{
	return word_id(o->before->word) == id;
}

/* The expression that is read. */
static inline struct expression *
columns_expression(struct outline *o)
{
	return &o->expression[o->depth < OUTLINE_LEVELS ? o->depth
							: OUTLINE_LEVELS];
}

/* `before` is kept by the caller: what was taken last. */
void outline_begin(struct outline *outline, struct redact_mode mode,
    const struct before *before, const char *sql, const char *end);
void outline_take(struct outline *outline, const struct item *item);
void outline_end(struct outline *outline);

/* A value comes that may be a name all the same: "x". */
static inline void
outline_doubt(struct outline *o)
{
	if (o->columns && o->depth < OUTLINE_LEVELS)
		columns_doubt(o);
}

/*
 * Whether a word matters now; any item does where the outline heeds.  Where it
 * does not, no name is wanted, and a list ends only if there is one.
 */
static inline bool
outline_heeds_word(const struct outline *o, const struct word *word)
{
	return o->heeds || word_has(word, TRAIT_VERB | TRAIT_TABLES) ||
	       (word_has(word, TRAIT_ENDS_LIST) &&
		   o->now->list != WANTED_NOTHING);
}

/* A parenthesis does, and a comma in a list of tables. */
static inline bool
outline_heeds_sign(const struct outline *o, enum token_class class)
{
	return o->heeds || class == TOKEN_OPEN || class == TOKEN_CLOSE ||
	       (class == TOKEN_COMMA && o->now->list != WANTED_NOTHING);
}

/* outline_names.c: put words, or a name with its dots, into the summary; take
 * what goes on a name; say of what it was one. */
void outline_summarise(
    struct outline *outline, const struct slice *part, unsigned parts);
bool outline_name_goes_on(struct outline *outline, const struct item *item);
void outline_name_ends(struct outline *outline);

#endif
