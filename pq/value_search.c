/*
 * value_search.c - what full text search works with.
 */
#include "pq/value_reading.h"

/* A word up to its final 0, between quotes. */
static void
show_word(struct reading *reading)
{
	char c;

	show_char(reading, '\'');
	while ((c = (char)take(reading, 1)) && !reading_over(reading)) {
		if (c == '\'' || c == '\\')
			show_char(reading, c);
		show_char(reading, c);
	}
	show_char(reading, '\'');
}

/* Weights 3, 2 and 1 are A, B and C; 0, which is D, is not written. */
static void
show_position(struct reading *reading)
{
	unsigned position = (unsigned)take(reading, 2);
	unsigned weight = position >> 14;

	show_u64(reading, position & 0x3fff);
	if (weight)
		show_char(reading, (char)('D' - (int)weight));
}

/* int32 count, each a word, uint16 positions, the positions. */
void
read_tsvector(struct reading *reading, const struct pg_type *type)
{
	int32_t count = take_i32(reading);

	(void)type;
	reading->bad |= count < 0;
	for (int32_t i = 0; i < count && !reading_over(reading); i++) {
		unsigned positions;

		if (i > 0)
			show_char(reading, ' ');
		show_word(reading);
		positions = (unsigned)take(reading, 2);
		for (unsigned p = 0; p < positions && !reading_over(reading);
		     p++) {
			show_char(reading, p ? ',' : ':');
			show_position(reading);
		}
	}
}

/*
 * A tsquery has each operator before its operands and the right operand before
 * the left, which is written first: that one is looked for past the other.
 * Longer and deeper queries than these are not worth the time on the way.
 */
#define QUERY_MAX 4096
#define QUERY_DEPTH_MAX 32

enum { ITEM_WORD = 1, ITEM_OPERATOR = 2 };
enum { OPERATOR_NOT = 1, OPERATOR_AND, OPERATOR_OR, OPERATOR_PHRASE };

/* How strongly an operator binds. */
static const unsigned char priorities[] = {
    [OPERATOR_NOT] = 4,
    [OPERATOR_AND] = 2,
    [OPERATOR_OR] = 1,
    [OPERATOR_PHRASE] = 3,
};

/* The next item's operator, or 0: a word, of which the kind is taken. */
static unsigned
take_operator(struct reading *reading)
{
	uint64_t kind = take(reading, 1);
	unsigned operator;

	if (kind == ITEM_WORD)
		return 0;
	operator=(unsigned) take(reading, 1);
	if (kind != ITEM_OPERATOR || operator<OPERATOR_NOT || operator>
	    OPERATOR_PHRASE) {
		reading->bad = true;
		return 0;
	}
	return operator;
}

static void
skip_word(struct reading *reading)
{
	take(reading, 2);
	while (take(reading, 1))
		;
}

/* Step over an operand with all that is below it. */
static void
skip_operand(struct reading *reading)
{
	for (size_t wanted = 1; wanted > 0 && !reading->bad; wanted--) {
		unsigned operator= take_operator(reading);

		if (operator== OPERATOR_PHRASE)
			take(reading, 2);
		if (!operator)
			skip_word(reading);
		else
			wanted += operator== OPERATOR_NOT ? 1 : 2;
	}
}

/* uint8 weights, uint8 whether it is a prefix, the word. */
static void
show_query_word(struct reading *reading)
{
	unsigned weights = (unsigned)take(reading, 1);
	uint64_t prefix = take(reading, 1);

	if (weights > 15 || prefix > 1)
		reading->bad = true;
	show_word(reading);
	if (weights || prefix)
		show_char(reading, ':');
	if (prefix)
		show_char(reading, '*');
	for (int bit = 3; bit >= 0; bit--)
		if (weights & 1U << bit)
			show_char(reading, (char)('D' - bit));
}

static void
show_operator(struct reading *reading, unsigned operator, uint64_t distance)
{
	if (operator== OPERATOR_AND) {
		show_literal(reading, " & ");
	} else if (operator== OPERATOR_OR) {
		show_literal(reading, " | ");
	} else if (distance == 1) {
		show_literal(reading, " <-> ");
	} else {
		show_literal(reading, " <");
		show_u64(reading, distance);
		show_literal(reading, "> ");
	}
}

/* What stands above an operand. */
struct above {
	unsigned depth;
	unsigned priority;
	bool right_of_phrase; /* phrases depend on their order */
};

static void show_operand(struct reading *reading, const struct above *above);

/* The two operands of an operator: first the right one, then the left. */
static void
show_operands(
    struct reading *reading, const struct above *above, unsigned operator)
{
	struct above below = {above->depth + 1, priorities[operator], false};
	bool phrase = operator== OPERATOR_PHRASE;
	uint64_t distance = phrase ? take(reading, 2) : 0;
	const unsigned char *right = reading->at, *end;

	skip_operand(reading);
	show_operand(reading, &below);
	end = reading->at;
	show_operator(reading, operator, distance);
	if (reading_over(reading))
		return;
	reading->at = right;
	below.right_of_phrase = phrase;
	show_operand(reading, &below);
	reading->at = end;
}

static void
show_operand(struct reading *reading, const struct above *above)
{
	unsigned operator= take_operator(reading);
	bool enclosed = operator &&
			(priorities[operator] < above->priority ||
			    (operator == OPERATOR_PHRASE &&
				above->right_of_phrase));

	if (above->depth == QUERY_DEPTH_MAX)
		reading->bad = true;
	if (reading_over(reading))
		return;
	if (enclosed)
		show_literal(reading, "( ");
	if (!operator) {
		show_query_word(reading);
	} else if (operator== OPERATOR_NOT) {
		show_char(reading, '!');
		show_operand(reading,
		    &(struct above){above->depth + 1, priorities[operator],
			false});
	} else {
		show_operands(reading, above, operator);
	}
	if (enclosed)
		show_literal(reading, " )");
}

/* int32 count of words and operators. */
void
read_tsquery(struct reading *reading, const struct pg_type *type)
{
	int32_t count = take_i32(reading);

	(void)type;
	if (count < 0 || reading_left(reading) > QUERY_MAX)
		reading->bad = true;
	else if (count > 0)
		show_operand(reading, &(struct above){0});
}
