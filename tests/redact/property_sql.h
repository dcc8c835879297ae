/*
 * property_sql.h - statements made at random, that know what is in them.
 *
 * A statement is a list of pieces, made from the grammar in property_grammar.h
 * by a seed.  A piece knows what may be shown of it.  What must never be shown
 * is told by its bytes alone: values are made of q, z and the digits below,
 * and nothing else in a statement is.
 */
#ifndef TESTS_PROPERTY_SQL_H
#define TESTS_PROPERTY_SQL_H

#include "redact/redact.h"

#define SECRET_BYTES "qz0135679"

/* Whose a form is. */
enum dialects {
	S = 1 << REDACT_SQLITE,
	P = 1 << REDACT_POSTGRES,
	M = 1 << REDACT_MYSQL,
	SP = S | P,
	PM = P | M,
	SPM = S | P | M,
};

enum piece_kind {
	PIECE_KEYWORD, /* in either case */
	PIECE_NAME,
	PIECE_SIGN,
	PIECE_VALUE,
	PIECE_COMMENT, /* no more than a blank */
};

struct piece {
	enum piece_kind kind;
	uint16_t at, len;             /* as it is written */
	uint16_t shown_at, shown_len; /* what may come out */
};

#define PIECES_MAX 768
#define SQL_MAX 16384

struct sql {
	/* How a server would have to be set to read the statement. */
	struct redact_mode mode;
	uint64_t random;
	bool executed;     /* inside a comment that MySQL executes */
	bool zoned;        /* something is hidden that is no literal */
	bool bare;         /* that is a word */
	bool doubted;      /* how it is read depends on the mode */
	bool placed;       /* whether something is a name tells its place */
	bool other_values; /* are written in place of its own */
	size_t enough;     /* pieces, behind which it comes to its end */
	size_t pieces_count, bytes_count;
	struct piece pieces[PIECES_MAX];
	char bytes[SQL_MAX]; /* of the pieces */

	size_t len, wanted_len;
	char text[SQL_MAX];   /* the statement */
	char wanted[SQL_MAX]; /* what its redaction should be */
};

/* Make the statement of a seed for a mode.  Its text is not written yet. */
void sql_make(struct sql *sql, struct redact_mode mode, uint64_t seed);

/* The same by a rule of one's own. */
void sql_make_by(
    struct sql *sql, struct redact_mode mode, uint64_t seed, const char *rule);

/* Write its text, and the wanted one, with blanks and comments by a seed. */
void sql_write(struct sql *sql, uint64_t seed);

/* For what makes the pieces. */
unsigned sql_pick(struct sql *sql, unsigned below);
void sql_begin(struct sql *sql, enum piece_kind kind);
void sql_add(struct sql *sql, const char *bytes, size_t len);
void sql_add_text(struct sql *sql, const char *text);
void sql_end(struct sql *sql);

/* property_numbers.c: bytes of a piece, or one piece. */
void sql_add_letter(struct sql *sql, char letter);
void sql_add_run(struct sql *sql, const char *bytes, unsigned least);
void sql_put_hexadecimal(struct sql *sql);
void sql_put_bits(struct sql *sql);
void sql_put_truth(struct sql *sql);

/* property_values.c: one piece or more. */
void sql_add_secret(struct sql *sql);
void sql_add_wide(struct sql *sql);
void sql_put_plain(struct sql *sql);
void sql_put_wide_end(struct sql *sql);
void sql_put_string(struct sql *sql);
void sql_put_number(struct sql *sql);
void sql_put_digits(struct sql *sql);
void sql_put_literal(struct sql *sql);
void sql_put_bare(struct sql *sql);
void sql_put_value_in_quotes(struct sql *sql);
void sql_put_dollar(struct sql *sql);

#endif
