/*
 * option.c - how the values of the options are read and shown.
 *
 * Runs inside the traced program, under whatever locale that has set: numbers
 * are read as Python reads them, never by the locale.
 */
#include "shim/option.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* As oslo.config's Boolean: no stripping, ASCII only. */
static bool
read_bool(const struct option *option, struct piece text, uint64_t *ret_number)
{
	static const char *const words[] = {
	    "false", "true", "0", "1", "off", "on", "no", "yes"};

	(void)option;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (text.len == strlen(words[i]) &&
		    strncasecmp(text.at, words[i], text.len) == 0) {
			*ret_number = i % 2;
			return true;
		}
	}
	return false;
}

static void
show_bool(const struct option *option, uint64_t number, char *out, size_t cap)
{
	(void)option;
	snprintf(out, cap, "%s", number ? "true" : "false");
}

static void
spell_bool(struct piece text, uint64_t number, char *out, size_t cap)
{
	(void)text;
	snprintf(out, cap, "%s", number ? "True" : "False");
}

static bool
read_choice(
    const struct option *option, struct piece text, uint64_t *ret_number)
{
	for (uint64_t i = 0; option->type->choices[i]; i++) {
		if (piece_is(text, option->type->choices[i])) {
			*ret_number = i;
			return true;
		}
	}
	return false;
}

static void
show_choice(const struct option *option, uint64_t number, char *out, size_t cap)
{
	snprintf(out, cap, "%s", option->type->choices[number]);
}

/*
 * Read the digits that `text` begins with, single underscores between them, as
 * Python's int() does.  What is past UINT64_MAX stays there.
 */
static bool
read_digits(struct piece *text, uint64_t *ret_number)
{
	uint64_t number = 0;
	size_t i = 0;

	while (i < text->len && is_digit(text->at[i])) {
		uint64_t digit = (uint64_t)(text->at[i++] - '0');

		number = number > (UINT64_MAX - digit) / 10
			     ? UINT64_MAX
			     : number * 10 + digit;
		if (i + 1 < text->len && text->at[i] == '_' &&
		    is_digit(text->at[i + 1]))
			i++;
	}
	text->at += i;
	text->len -= i;
	*ret_number = number;
	return i > 0;
}

static uint64_t
read_suffix(struct piece *text)
{
	static const char letters[] = "kKmMgG";
	const char *letter = text->len
				 ? memchr(letters, *text->at, strlen(letters))
				 : NULL;

	if (!letter)
		return 1;
	text->at++;
	text->len--;
	return UINT64_C(1) << 10 * ((letter - letters) / 2 + 1);
}

static bool
read_integer(const struct option *option, struct piece text, bool suffixed,
    uint64_t *ret_number)
{
	bool negative = text.len && *text.at == '-';
	uint64_t number, unit;

	if (text.len && (*text.at == '-' || *text.at == '+')) {
		text.at++;
		text.len--;
	}
	if (!read_digits(&text, &number))
		return false;
	unit = suffixed ? read_suffix(&text) : 1;
	if (text.len || (negative && number) || number > option->high / unit ||
	    number * unit < option->low)
		return false;
	*ret_number = number * unit;
	return true;
}

static bool
read_count(const struct option *option, struct piece text, uint64_t *ret_number)
{
	return read_integer(option, ini_strip(text), false, ret_number);
}

static bool
read_size(const struct option *option, struct piece text, uint64_t *ret_number)
{
	return read_integer(option, ini_strip(text), true, ret_number);
}

/* A size that is rounded up to a power of two. */
static bool
read_power(const struct option *option, struct piece text, uint64_t *ret_number)
{
	uint64_t number, power = 1;

	if (!read_size(option, text, &number))
		return false;
	while (power < number)
		power *= 2;
	*ret_number = power;
	return true;
}

static void
show_count(const struct option *option, uint64_t number, char *out, size_t cap)
{
	(void)option;
	snprintf(out, cap, "%" PRIu64, number);
}

static void
show_size(const struct option *option, uint64_t number, char *out, size_t cap)
{
	static const char *const units[] = {"", "k", "M", "G"};
	size_t unit = 0;

	(void)option;
	while (unit < 3 && number && number % 1024 == 0) {
		number /= 1024;
		unit++;
	}
	snprintf(out, cap, "%" PRIu64 "%s", number, units[unit]);
}

static void
spell_number(struct piece text, uint64_t number, char *out, size_t cap)
{
	(void)text;
	snprintf(out, cap, "%" PRIu64, number);
}

/* Copy a number without the underscores that Python's float() allows. */
static bool
copy_float(struct piece text, char *out, size_t cap)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '_' && i > 0 && is_digit(text.at[i - 1]) &&
		    i + 1 < text.len && is_digit(text.at[i + 1]))
			continue;
		if (!is_digit(c) && !(c && strchr("+-.eE", c)))
			return false;
		if (len + 1 == cap)
			return false;
		out[len++] = c;
	}
	out[len] = 0;
	return len > 0;
}

/* Python's float(), without its words inf and nan. */
static bool
read_float(struct piece text, double *ret_number)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	char digits[512];
	char *end = digits;

	if (plain && copy_float(ini_strip(text), digits, sizeof(digits)))
		*ret_number = strtod_l(digits, &end, plain);
	if (plain)
		freelocale(plain);
	return end != digits && *end == 0;
}

static bool
read_seconds(
    const struct option *option, struct piece text, uint64_t *ret_number)
{
	double seconds;

	if (!read_float(text, &seconds) || !(seconds >= (double)option->low) ||
	    !(seconds <= (double)option->high))
		return false;
	*ret_number = (uint64_t)(seconds * 1000 + 0.5);
	return true;
}

static void
show_seconds(
    const struct option *option, uint64_t number, char *out, size_t cap)
{
	int len = snprintf(
	    out, cap, "%" PRIu64 ".%03" PRIu64, number / 1000, number % 1000);

	(void)option;
	while (out[len - 1] == '0' && out[len - 2] != '.')
		out[--len] = 0;
}

/* Python's repr(): the fewest digits that read back as the same number. */
static void
print_float(double number, char *out, size_t cap)
{
	int digits = 0, exponent;

	do
		snprintf(out, cap, "%.*e", digits, number);
	while (strtod(out, NULL) != number && ++digits < 17);
	exponent = atoi(strchr(out, 'e') + 1);
	if (exponent < -4 || exponent >= 16)
		return;
	digits -= exponent;
	snprintf(out, cap, "%.*f", digits > 1 ? digits : 1, number);
}

static void
spell_seconds(struct piece text, uint64_t number, char *out, size_t cap)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t before = plain ? uselocale(plain) : (locale_t)0;
	double seconds = (double)number / 1000;

	read_float(text, &seconds);
	print_float(seconds, out, cap);
	if (plain) {
		uselocale(before);
		freelocale(plain);
	}
}

static const struct type type_TEXT = {.size = sizeof(char *)};
static const struct type type_SECRET = {.size = sizeof(char *)};
static const struct type type_BOOL = {
    .read = read_bool,
    .show = show_bool,
    .spell = spell_bool,
    .what = "a boolean (true, 1, on, yes / false, 0, off, no)",
    .size = sizeof(bool),
};
static const struct type type_COUNT = {
    .read = read_count,
    .show = show_count,
    .spell = spell_number,
    .what = "a whole number",
    .size = sizeof(uint64_t),
    .empty_is_none = true,
};
static const struct type type_SIZE = {
    .read = read_size,
    .show = show_size,
    .spell = spell_number,
    .what = "a size in bytes, k, M or G",
    .size = sizeof(uint64_t),
    .empty_is_none = true,
};
static const struct type type_POWER = {
    .read = read_power,
    .show = show_size,
    .spell = spell_number,
    .what = "a size in bytes, k, M or G",
    .size = sizeof(uint64_t),
    .empty_is_none = true,
};
static const struct type type_SECONDS = {
    .read = read_seconds,
    .show = show_seconds,
    .spell = spell_seconds,
    .what = "a number of seconds",
    .size = sizeof(uint64_t),
    .empty_is_none = true,
};
static const struct type type_IMPLICIT = {
    .read = read_choice,
    .show = show_choice,
    .what = "one of process, thread, connection, transaction, statement, off",
    .choices =
	{
	    [IMPLICIT_PROCESS] = "process",
	    [IMPLICIT_THREAD] = "thread",
	    [IMPLICIT_CONNECTION] = "connection",
	    [IMPLICIT_TRANSACTION] = "transaction",
	    [IMPLICIT_STATEMENT] = "statement",
	    [IMPLICIT_OFF] = "off",
	},
    .size = sizeof(unsigned),
};
static const struct type type_DRAIN = {
    .read = read_choice,
    .show = show_choice,
    .what = "one of thread, agent",
    .choices = {[DRAIN_THREAD] = "thread", [DRAIN_AGENT] = "agent"},
    .size = sizeof(unsigned),
};
static const struct type type_FULL = {
    .read = read_choice,
    .show = show_choice,
    .what = "one of drop, block",
    .choices = {[FULL_DROP] = "drop", [FULL_BLOCK] = "block"},
    .size = sizeof(unsigned),
};

static bool spell_option(
    const struct ini_option *ini, const char *text, char *out, size_t cap);

/* clang-format off */
#define IS_TEXT(kind)                                                          \
	(&type_##kind == &type_TEXT || &type_##kind == &type_SECRET)

const struct option options[] = {
#define OPTION(id, old, kind, default_text, least, greatest, member)           \
	{                                                                      \
		.ini = {                                                       \
			.group = "profiler",                                   \
			.name = #id,                                           \
			.old_name = old,                                       \
			.fallback = default_text,                              \
			.secret = &type_##kind == &type_SECRET,                \
			.spell = IS_TEXT(kind) ? NULL : spell_option,          \
		},                                                             \
		.type = &type_##kind,                                          \
		.low = least,                                                  \
		.high = greatest,                                              \
		.offset = offsetof(struct config, member),                     \
	},
#include "shim/options.h"
};
/* clang-format on */

const size_t option_count = sizeof(options) / sizeof(*options);

void
option_wants(const struct option *option, char *out, size_t cap)
{
	char low[32], high[32];

	if (option->high == 0) {
		snprintf(out, cap, "not %s", option->type->what);
		return;
	}
	option->type->show(option, option->low, low, sizeof(low));
	option->type->show(option, option->high, high, sizeof(high));
	if (option->type == &type_SECONDS)
		snprintf(out, cap, "not %s from %" PRIu64 " to %" PRIu64,
		    option->type->what, option->low, option->high);
	else
		snprintf(out, cap, "not %s from %s to %s", option->type->what,
		    low, high);
}

bool
option_read(const struct option *option, const char *text, uint64_t *ret_number)
{
	struct piece value = piece_of(text);

	if (option->type->empty_is_none && ini_strip(value).len == 0)
		value = piece_of(option->ini.fallback);
	return option->type->read(option, value, ret_number);
}

/* Python's str() of None is not what oslo.config replaces by: that is "". */
static bool
spell_option(
    const struct ini_option *ini, const char *text, char *out, size_t cap)
{
	const struct option *option = (const struct option *)ini;
	struct piece value = piece_of(text);
	uint64_t number;

	if (!option_read(option, text, &number)) {
		option_wants(option, out, cap);
		return false;
	}
	if (option->type->empty_is_none && ini_strip(value).len == 0)
		*out = 0;
	else if (option->type->spell)
		option->type->spell(value, number, out, cap);
	else
		snprintf(out, cap, "%s", text);
	return true;
}

const struct ini_option *
option_find(struct piece group, struct piece name)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct ini_option *ini = &options[i].ini;

		if (piece_is(group, ini->group) &&
		    (name.len == 0 || piece_is(name, ini->name) ||
			(ini->old_name && piece_is(name, ini->old_name))))
			return ini;
	}
	return NULL;
}
