/*
 * value_bytes.c - texts, bytes and bits.
 */
#include "pq/value_reading.h"

/* All that is left is the text. */
void
read_text(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_bytes(reading, reading->at, reading_left(reading));
	reading->at = reading->end;
}

/* jsonb and jsonpath: the only version there is, and the text. */
void
read_versioned(struct reading *reading, const struct pg_type *type)
{
	if (take(reading, 1) != 1)
		reading->bad = true;
	else
		read_text(reading, type);
}

/* "char" is a byte: one that is no ASCII has no character of its own. */
void
read_char(struct reading *reading, const struct pg_type *type)
{
	unsigned byte = (unsigned)take(reading, 1);

	(void)type;
	if (byte >= 0x80) {
		show_char(reading, '\\');
		show_char(reading, (char)('0' + (byte >> 6)));
		show_char(reading, (char)('0' + (byte >> 3 & 7)));
		show_char(reading, (char)('0' + (byte & 7)));
	} else if (byte) {
		show_char(reading, (char)byte);
	}
}

void
read_bool(struct reading *reading, const struct pg_type *type)
{
	uint64_t value = take(reading, 1);

	(void)type;
	if (value > 1)
		reading->bad = true;
	else
		show_char(reading, value ? 't' : 'f');
}

void
read_bytea(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_literal(reading, "\\x");
	show_hex(reading, reading_left(reading));
}

/* int32 number of bits, then the bits, the highest of a byte first. */
void
read_bits(struct reading *reading, const struct pg_type *type)
{
	int32_t count = take_i32(reading);

	(void)type;
	if (count < 0 || reading_left(reading) != ((size_t)count + 7) / 8) {
		reading->bad = true;
		return;
	}
	for (int32_t i = 0; i < count && !reading_over(reading); i++)
		show_char(
		    reading, reading->at[i / 8] & 0x80 >> i % 8 ? '1' : '0');
	reading->at = reading->end;
}

void
read_uuid(struct reading *reading, const struct pg_type *type)
{
	static const unsigned char groups[] = {4, 2, 2, 2, 6};

	(void)type;
	for (size_t i = 0; i < sizeof(groups); i++) {
		if (i > 0)
			show_char(reading, '-');
		show_hex(reading, groups[i]);
	}
}
