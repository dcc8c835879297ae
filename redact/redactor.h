/*
 * redactor.h - the state of one pass over a text.
 *
 * A pass takes token by token: each is kept, hidden, or ends what can be read.
 * Three ways lead out of doubt.  Behind a byte that the dialect does not read,
 * one `?` stands for the rest.  If the text ends inside quotes, or a name
 * follows a value where none can, any earlier quote may have been the stray
 * one: the pass is made again up to the first quote, and the rest is one `?`.
 * And where even bare words may be secrets (the key of a database) a zone is
 * opened, which is one `?` to its end.
 */
#ifndef REDACT_REDACTOR_H
#define REDACT_REDACTOR_H

#include "redact/lex.h"
#include "redact/out.h"
#include "redact/place.h"
#include "redact/words.h"

struct analysis;
struct shape;
struct outline;

/* What kind of statement is read: which rules hold for bare words. */
enum statement {
	STATEMENT_NEW,
	STATEMENT_DATA,    /* SELECT, INSERT and the like: no bare secrets */
	STATEMENT_DEFINE,  /* CREATE or ALTER, of what is not known yet */
	STATEMENT_ACCOUNT, /* users, roles, servers, grants */
	STATEMENT_ROUTINE, /* functions, which may SET */
	STATEMENT_CHANGE,  /* CHANGE MASTER TO, START REPLICA */
	STATEMENT_SET,
	STATEMENT_PRAGMA,
	STATEMENT_ATTACH,
	STATEMENT_VACUUM,
	STATEMENT_VIRTUAL, /* CREATE VIRTUAL TABLE */
	STATEMENT_OTHER,
};

/* What is hidden whatever it is, and up to where. */
enum zone {
	ZONE_NONE,
	ZONE_STATEMENT, /* to the semicolon */
	ZONE_ATTACHED,  /* to AS */
	ZONE_ARGUMENT,  /* to the comma or parenthesis behind it */
	ZONE_TOKEN,     /* to the blank behind it */
};

/* How a pass ended. */
enum stop {
	STOP_END,
	STOP_LOST,  /* what follows cannot be read */
	STOP_CUT,   /* nor can what follows `cut` */
	STOP_TRACK, /* words and places are needed after all */
};

struct redactor {
	struct lexer lexer;
	struct out out;
	bool tracks; /* all words are looked up and places kept */
	bool tells;  /* others want to know of each token */
	bool lost;   /* the text goes on behind the lexer's end */
	enum statement statement;
	struct before before;
	const char *first_quote; /* of the text; NULL: none yet */
	const char *value;       /* where the last value begins */
	const char *cut;
	const char *kept;   /* up to where usual_take() has kept, */
	const char *shaped; /* and the normal form goes */
	enum zone zone;
	unsigned zone_depth;
	bool zone_filled; /* its `?` is written */
	bool zone_named;  /* with the name of a parameter */
	bool zone_blank;  /* white space that its end may bring out */
	bool is_not;      /* the last keyword was NOT, behind IS */
	bool password;    /* SET PASSWORD, or IDENTIFIED was read */
	bool setting;     /* SET was read in a statement of another kind */
	bool charset;     /* CHARACTER was read there */
	bool remode;      /* the statement may change how the rest is read */
	struct shape *shape;
	struct outline *outline;
	struct places places;
};

static inline bool
before_is(const struct redactor *r, enum word_id id)
{
	return word_id(r->before.word) == id;
}

static inline void
remember(struct redactor *r, const char *at, struct token token,
    const struct word *word)
{
	r->before = (struct before){
	    .class = token.class, .word = word, .at = at, .end = token.end};
}

static inline const struct word *
find_word(const struct redactor *r, const char *at, struct token token)
{
	return word_find(
	    r->lexer.mode.dialect, at, (size_t)(token.end - at), r->lexer.end);
}

/*
 * zone.c: open one where the word or the sign that was just taken wants it;
 * take a token inside one: true if it ended the zone and is still to take.
 */
void zone_open(struct redactor *r, enum zone zone);
void zone_by_word(struct redactor *r, const struct word *word);
void zone_by_sign(struct redactor *r, const char *at, struct token token);
void zone_by_pragma(struct redactor *r, struct token token);
bool zone_take(struct redactor *r, const char *at, struct token token);

/* take.c: a statement begins; take a token that is no end. */
void statement_begins(struct redactor *r);
enum stop redactor_take(struct redactor *r, const char *at, struct token token);

/* The statement's kind, by a word at its beginning. */
void statement_by_word(struct redactor *r, const struct word *word);

/* Redact; `analysis` may be NULL.  Returns the length. */
size_t redactor_run(struct redact_mode mode, const char *sql, size_t len,
    char *out, size_t cap, struct analysis *analysis);

#endif
