/*
 * value_show.c - numbers as the readers write them.
 */
#include "pq/value_reading.h"

#define DIGITS 20 /* of UINT64_MAX */

void
show_padded(struct reading *reading, uint64_t value, unsigned width)
{
	char digits[DIGITS];
	unsigned first = DIGITS;

	do {
		digits[--first] = (char)('0' + value % 10);
		value /= 10;
	} while (value || DIGITS - first < width);
	show_bytes(reading, digits + first, DIGITS - first);
}

void
show_u64(struct reading *reading, uint64_t value)
{
	show_padded(reading, value, 1);
}

void
show_i64(struct reading *reading, int64_t value)
{
	if (value < 0)
		show_char(reading, '-');
	show_u64(reading, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

const char lower_digits[] = "0123456789abcdef";
const char upper_digits[] = "0123456789ABCDEF";

void
show_base16(struct reading *reading, uint64_t value, const char *digits)
{
	int shift = 60;

	while (shift > 0 && !(value >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		show_char(reading, digits[value >> shift & 15]);
}

void
show_hex(struct reading *reading, size_t count)
{
	for (; count > 0 && !reading_over(reading); count--) {
		unsigned byte = (unsigned)take(reading, 1);

		show_char(reading, lower_digits[byte >> 4]);
		show_char(reading, lower_digits[byte & 15]);
	}
}
