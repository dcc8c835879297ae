/*
 * property_numbers.c - numbers, digits in quotes, truth values.
 */
#include "tests/redact/property_sql.h"

#include <string.h>

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof(*(array))))

/* A letter in either case. */
void
sql_add_letter(struct sql *sql, char letter)
{
	if (sql_pick(sql, 2))
		letter ^= 0x20;
	sql_add(sql, &letter, 1);
}

void
sql_add_run(struct sql *sql, const char *bytes, unsigned least)
{
	const unsigned len = least + 2 * sql_pick(sql, 5);

	for (unsigned i = 0; i < len; i++)
		sql_add(sql, &bytes[sql_pick(sql, (unsigned)strlen(bytes))], 1);
}

/* x'31', b'01' */
static void
put_digits_in_quotes(struct sql *sql, char letter, const char *digits)
{
	sql_begin(sql, PIECE_VALUE);
	sql_add_letter(sql, letter);
	sql_add_text(sql, "'");
	sql_add_run(sql, digits, 6);
	sql_add_text(sql, "'");
	sql_end(sql);
}

void
sql_put_hexadecimal(struct sql *sql)
{
	put_digits_in_quotes(sql, 'x', "0135679");
}

void
sql_put_bits(struct sql *sql)
{
	put_digits_in_quotes(sql, 'b', "01");
}

/* Digits, and nothing that a type's size may not have. */
void
sql_put_digits(struct sql *sql)
{
	sql_begin(sql, PIECE_VALUE);
	sql_add_run(sql, "135679", 1);
	sql_end(sql);
}

static void
add_exponent(struct sql *sql)
{
	static const char *const signs[] = {"", "+", "-"};

	sql_add_letter(sql, 'e');
	sql_add_text(sql, signs[sql_pick(sql, COUNT(signs))]);
	sql_add_run(sql, "135679", 1);
}

static void
add_decimal(struct sql *sql)
{
	const unsigned form = sql_pick(sql, 4);

	if (form != 0)
		sql_add_run(sql, "135679", 1);
	if (form != 1)
		sql_add_text(sql, ".");
	if (form != 2)
		sql_add_run(sql, "0135679", 1);
	if (sql_pick(sql, 2))
		add_exponent(sql);
}

/* 0x35, 0o17, 0b101, 1_000. */
static void
add_newer(struct sql *sql)
{
	static const struct {
		const char *head, *digits;
	} forms[] = {{"0x", "0135679"}, {"0X", "0135679"}, {"0b", "01"},
	    {"0o", "0135"}, {"", "135679"}};
	const unsigned form = sql_pick(sql, COUNT(forms));

	sql_add_text(sql, forms[form].head);
	sql_add_run(sql, forms[form].digits, 6);
	sql_add_text(sql, "_");
	sql_add_run(sql, "01", 1);
}

void
sql_put_number(struct sql *sql)
{
	sql_begin(sql, PIECE_VALUE);
	switch (sql_pick(sql, 4)) {
	case 0:
		add_decimal(sql);
		break;
	case 1:
		add_newer(sql);
		break;
	default:
		sql_add_run(sql, "0135679", 1);
	}
	sql_end(sql);
}

void
sql_put_truth(struct sql *sql)
{
	static const char *const words[] = {"TRUE", "FALSE", "true", "False"};

	sql_begin(sql, PIECE_VALUE);
	sql_add_text(sql, words[sql_pick(sql, COUNT(words))]);
	sql_end(sql);
}
