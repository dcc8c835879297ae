/*
 * value_numeric.c - numeric: decimal digits in groups of four.
 */
#include "pq/value_reading.h"

#define GROUP_DIGITS 4
#define GROUP_MAX 9999
#define SCALE_MAX 0x3fff

static const unsigned short power_of_ten[] = {1, 10, 100, 1000, 10000};

enum {
	SIGN_PLUS = 0,
	SIGN_MINUS = 0x4000,
	SIGN_NAN = 0xc000,
	SIGN_INFINITY = 0xd000,
	SIGN_MINUS_INFINITY = 0xf000,
};

/* The value is the sum of group[i] x 10000^(weight - i). */
struct numeric {
	const unsigned char *groups;
	int count;
	int weight;
	int scale; /* decimals that are shown */
};

/* A group that is not there is 0. */
static unsigned
group_at(struct reading *reading, const struct numeric *numeric, int i)
{
	unsigned group;

	if (i < 0 || i >= numeric->count)
		return 0;
	group = (unsigned)numeric->groups[i * 2] << 8 |
		numeric->groups[i * 2 + 1];
	if (group > GROUP_MAX)
		reading->bad = true;
	return group % (GROUP_MAX + 1);
}

/* Leave out the groups of zeros in front: they are nothing to show. */
static void
skip_zeros(struct reading *reading, struct numeric *numeric)
{
	while (numeric->count > 0 && !group_at(reading, numeric, 0)) {
		numeric->groups += 2;
		numeric->count--;
		numeric->weight--;
	}
	if (numeric->count == 0)
		numeric->weight = -1;
}

/* Whether the first digits are shown: the server knows no -0. */
static bool
is_zero(struct reading *reading, const struct numeric *numeric)
{
	/* How many of the first group's digits lie behind the last decimal. */
	int hidden = -numeric->weight * GROUP_DIGITS - numeric->scale;

	if (numeric->count == 0 || hidden >= GROUP_DIGITS)
		return true;
	return hidden > 0 &&
	       group_at(reading, numeric, 0) < power_of_ten[hidden];
}

static void
show_whole(struct reading *reading, const struct numeric *numeric)
{
	show_u64(
	    reading, numeric->weight < 0 ? 0 : group_at(reading, numeric, 0));
	for (int i = 1; i <= numeric->weight && !reading_over(reading); i++)
		show_padded(
		    reading, group_at(reading, numeric, i), GROUP_DIGITS);
}

static void
show_decimals(struct reading *reading, const struct numeric *numeric)
{
	int left = numeric->scale;

	if (left > 0)
		show_char(reading, '.');
	/* In a number below 0.0001 the first group comes later. */
	for (int i = numeric->weight + 1; left > 0 && !reading_over(reading);
	     i++) {
		int digits = left < GROUP_DIGITS ? left : GROUP_DIGITS;
		unsigned group = group_at(reading, numeric, i);

		show_padded(reading,
		    group / power_of_ten[GROUP_DIGITS - digits],
		    (unsigned)digits);
		left -= digits;
	}
}

static void
show_numeric(struct reading *reading, struct numeric *numeric, bool minus)
{
	skip_zeros(reading, numeric);
	if (minus && !is_zero(reading, numeric))
		show_char(reading, '-');
	show_whole(reading, numeric);
	show_decimals(reading, numeric);
}

void
read_numeric(struct reading *reading, const struct pg_type *type)
{
	struct numeric numeric;
	unsigned sign;

	(void)type;
	numeric.count = (int)take(reading, 2);
	numeric.weight = (int16_t)take(reading, 2);
	sign = (unsigned)take(reading, 2);
	numeric.scale = (int)take(reading, 2);
	numeric.groups = reading->at;
	if (reading->bad || numeric.scale > SCALE_MAX ||
	    reading_left(reading) != (size_t)numeric.count * 2) {
		reading->bad = true;
		return;
	}
	reading->at = reading->end;
	switch (sign) {
	case SIGN_PLUS:
	case SIGN_MINUS:
		show_numeric(reading, &numeric, sign == SIGN_MINUS);
		break;
	case SIGN_NAN:
		show_literal(reading, "NaN");
		break;
	case SIGN_INFINITY:
		show_literal(reading, "Infinity");
		break;
	case SIGN_MINUS_INFINITY:
		show_literal(reading, "-Infinity");
		break;
	default:
		reading->bad = true;
	}
}
