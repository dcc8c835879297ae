/*
 * ini.c - the ini dialect of oslo.config.
 *
 * Follows oslo_config/iniparser.py of oslo.config 9.0.0 step by step, Python's
 * notion of white space (piece.c), of line ends and of UTF-8 included, so that
 * one file means the same to a service and to the C library inside it.
 * tests/config compares the two.
 *
 * Values stay where they are in a copy of the text: joining and unquoting only
 * ever make them shorter.
 */
#include "shim/ini_inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ini {
	char *text;
	size_t len;
	struct entry *entries;
	size_t count;
	size_t room;
};

struct parser {
	struct ini *ini;
	size_t at;          /* the next line */
	unsigned line;      /* the current one's number */
	struct piece group; /* .at is NULL before the first */
	bool open;          /* the last entry may be continued */
	struct config_problem *problem;
};

void
ini_problem(
    struct config_problem *problem, unsigned line, const char *format, ...)
{
	va_list args;

	if (!problem)
		return;
	problem->line = line;
	va_start(args, format);
	vsnprintf(problem->text, sizeof(problem->text), format, args);
	va_end(args);
}

/* Python ends lines at \n, \r\n and \r, nowhere else. */
static bool
next_line(struct parser *parser, struct piece *ret_line)
{
	const struct ini *ini = parser->ini;
	size_t end = parser->at;

	if (parser->at == ini->len)
		return false;
	while (
	    end < ini->len && ini->text[end] != '\n' && ini->text[end] != '\r')
		end++;
	*ret_line = (struct piece){ini->text + parser->at, end - parser->at};
	if (end + 1 < ini->len && ini->text[end] == '\r' &&
	    ini->text[end + 1] == '\n')
		end++;
	parser->at = end < ini->len ? end + 1 : end;
	parser->line++;
	return true;
}

static enum osprof_error
malformed(const struct parser *parser, const char *what)
{
	ini_problem(parser->problem, parser->line, "%s", what);
	return OSPROF_ECONFIG;
}

static enum osprof_error
parse_section(struct parser *parser, struct piece line)
{
	if (line.at[line.len - 1] != ']')
		return malformed(parser,
		    "Invalid section (must end with ]); a comment needs "
		    "a line of its own");
	if (line.len == 2)
		return malformed(parser, "Empty section name");
	parser->group = (struct piece){line.at + 1, line.len - 2};
	return OSPROF_OK;
}

static enum osprof_error
add_entry(struct parser *parser, struct piece key, struct piece value)
{
	struct ini *ini = parser->ini;

	if (ini->count == ini->room) {
		size_t room = ini->room ? ini->room * 2 : 32;
		struct entry *grown = realloc(
		    ini->entries, room * sizeof(*grown));

		if (!grown)
			return OSPROF_ENOMEM;
		ini->entries = grown;
		ini->room = room;
	}
	ini->entries[ini->count++] = (struct entry){
	    .group = parser->group,
	    .key = key,
	    .value = ini->text + (value.at - ini->text),
	    .len = value.len,
	    .line = parser->line,
	};
	parser->open = true;
	return OSPROF_OK;
}

/* Take off one pair of quotes; a lone one is both, as in Python's [1:-1]. */
static struct piece
unquote(struct piece value)
{
	char quote = value.len ? *value.at : 0;

	if ((quote != '"' && quote != '\'') || value.at[value.len - 1] != quote)
		return value;
	value.at++;
	value.len -= value.len == 1 ? 1 : 2;
	return value;
}

static enum osprof_error
parse_assignment(struct parser *parser, struct piece line)
{
	struct piece key = {line.at, 0};
	struct piece value;

	while (key.len < line.len && line.at[key.len] != ':' &&
	       line.at[key.len] != '=')
		key.len++;
	if (key.len == line.len)
		return malformed(parser,
		    strncmp(line.at, "\xef\xbb\xbf", 3) == 0
			? "No ':' or '=' found in assignment: a byte order "
			  "mark stands before it, save the file without"
			: "No ':' or '=' found in assignment");
	value.at = line.at + key.len + 1;
	value.len = line.len - key.len - 1;
	key = piece_strip(key);
	if (key.len == 0)
		return malformed(parser, "Key cannot be empty");
	if (!parser->group.at)
		return malformed(parser,
		    "Section must be started before assignment, "
		    "e.g. by [profiler]");
	return add_entry(parser, key, unquote(piece_strip(value)));
}

/* The line's own end makes room for the newline that joins it. */
static enum osprof_error
parse_continuation(struct parser *parser, struct piece line)
{
	struct entry *last;

	if (!parser->open)
		return malformed(parser,
		    "Unexpected continuation line: it begins with white "
		    "space, but no value stands before it");
	last = &parser->ini->entries[parser->ini->count - 1];
	line = piece_strip_left(line);
	last->value[last->len++] = '\n';
	memmove(last->value + last->len, line.at, line.len);
	last->len += line.len;
	return OSPROF_OK;
}

static enum osprof_error
parse_line(struct parser *parser, struct piece line)
{
	line = piece_strip_right(line);
	if (line.len && (*line.at == ' ' || *line.at == '\t'))
		return parse_continuation(parser, line);
	parser->open = false;
	if (line.len == 0 || *line.at == '#' || *line.at == ';')
		return OSPROF_OK;
	if (*line.at == '[')
		return parse_section(parser, line);
	return parse_assignment(parser, line);
}

/* Python decodes the whole file before it looks at the first line. */
static enum osprof_error
check_encoding(struct parser *parser)
{
	struct piece line;
	uint32_t code;

	while (next_line(parser, &line)) {
		for (size_t at = 0, size; at < line.len; at += size) {
			size = utf8_read(line.at + at, line.len - at, &code);
			if (size == 0)
				return malformed(parser,
				    "not UTF-8: convert the file, e.g. by "
				    "iconv -t UTF-8");
		}
	}
	parser->at = 0;
	parser->line = 0;
	return OSPROF_OK;
}

static enum osprof_error
parse_lines(struct parser *parser)
{
	struct piece line;
	enum osprof_error err = check_encoding(parser);

	while (err == OSPROF_OK && next_line(parser, &line))
		err = parse_line(parser, line);
	return err;
}

enum osprof_error
ini_parse(const char *text, size_t len, struct ini **ret_ini,
    struct config_problem *ret_problem)
{
	enum osprof_error err = OSPROF_ENOMEM;
	struct ini *ini = calloc(1, sizeof(*ini));
	struct parser parser = {.ini = ini, .problem = ret_problem};

	/* One byte more than the text, so that no empty text is a NULL. */
	if (!ini || !(ini->text = malloc(len + 1)))
		goto out;
	memcpy(ini->text, text, len);
	ini->text[len] = 0;
	ini->len = len;
	err = parse_lines(&parser);
	if (err != OSPROF_OK)
		goto out;
	*ret_ini = ini;
	return OSPROF_OK;
out:
	ini_free(ini);
	return err;
}

void
ini_free(struct ini *ini)
{
	if (!ini)
		return;
	if (ini->text)
		explicit_bzero(ini->text, ini->len);
	free(ini->text);
	free(ini->entries);
	free(ini);
}

const struct piece ini_default = {"DEFAULT", 7};

/* A group as written in the file against one as registered. */
static bool
group_matches(struct piece written, struct piece group)
{
	if (piece_equal(written, ini_default) ||
	    piece_equal(group, ini_default))
		return piece_equal(written, group);
	if (written.len != group.len)
		return false;
	for (size_t i = 0; i < group.len; i++) {
		if (ascii_lower(written.at[i]) != group.at[i])
			return false;
	}
	return true;
}

const struct entry *
ini_find_entry(const struct ini *ini, struct piece group, struct piece key)
{
	for (size_t i = ini->count; i-- > 0;) {
		const struct entry *entry = &ini->entries[i];

		if ((key.len == 0 || piece_equal(entry->key, key)) &&
		    group_matches(entry->group, group))
			return entry;
	}
	return NULL;
}

const struct entry *
ini_find_option_entry(const struct ini *ini, const struct ini_option *option)
{
	struct piece group = piece_of(option->group);
	const struct entry *entry = ini_find_entry(
	    ini, group, piece_of(option->name));

	if (!entry && option->old_name)
		entry = ini_find_entry(ini, group, piece_of(option->old_name));
	return entry;
}

bool
ini_written(const struct ini *ini, const struct ini_option *option,
    struct piece *ret_key, struct piece *ret_value)
{
	const struct entry *entry = ini_find_option_entry(ini, option);

	if (!entry)
		return false;
	*ret_key = entry->key;
	*ret_value = (struct piece){entry->value, entry->len};
	return true;
}
