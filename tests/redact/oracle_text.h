/*
 * oracle_text.h - what a server is asked, and what its answer tells.
 *
 * A list of literals, with a few bytes broken, is given to a real server.  If
 * the server takes it, then it has read what came back in its values inside
 * literals; and `AS zz` at the end outside of them, or not.
 */
#ifndef TESTS_ORACLE_TEXT_H
#define TESTS_ORACLE_TEXT_H

#include "redact/redact.h"

#define ORACLE_VALUES 64

struct oracle_answer {
	const char *values[ORACLE_VALUES]; /* some may be NULL */
	size_t lens[ORACLE_VALUES];
	size_t count;
	bool named; /* the last of them is named zz */
};

/* The text of a round; it is terminated, and holds until the next. */
const char *oracle_text(
    struct redact_mode mode, uint64_t round, size_t *ret_len);

/* What a server made of the texts in all. */
struct oracle_count {
	uint64_t asked, taken;
	uint64_t lost; /* of those taken: the redactor hides the end */
};

/*
 * Whether the redactor shows nothing of the text that the server read inside
 * quotes; if it does, tells what.  Counts whether it hides too much.
 */
bool oracle_agrees(struct oracle_count *count, struct redact_mode mode,
    const char *text, size_t len, const struct oracle_answer *answer);

/*
 * Whether enough was taken and hardly anything lost.  Some is: a name glued to
 * a string is taken for the inside of another.
 */
bool oracle_will_do(const struct oracle_count *count);

#endif
