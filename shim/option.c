/*
 * option.c - the options, and the types of their values.
 */
#include "shim/option.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "shim/option_number.h"

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

	if (option->type->empty_is_none && piece_strip(value).len == 0)
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
	if (option->type->empty_is_none && piece_strip(value).len == 0)
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
