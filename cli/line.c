/*
 * line.c - a line for a terminal, made of text that others wrote.
 */
#include "cli/line.h"

#include <errno.h>
#include <langinfo.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "collectors/json.h"

/* Characters, first to last, that are never shown as they are. */
static const struct {
	uint32_t first, last;
} unsafe[] = {
    {0x00, 0x1f},       /* C0 */
    {0x7f, 0x9f},       /* DEL, C1 */
    {0xad, 0xad},       /* soft hyphen: unseen */
    {0x061c, 0x061c},   /* Arabic letter mark */
    {0x180e, 0x180e},   /* unseen */
    {0x200b, 0x200b},   /* unseen */
    {0x200e, 0x200f},   /* direction marks */
    {0x2028, 0x202e},   /* line separators, embeddings, overrides */
    {0x2060, 0x206f},   /* isolates, unseen */
    {0xfeff, 0xfeff},   /* byte order mark */
    {0xfff9, 0xfffb},   /* annotations */
    {0xe0000, 0xe0fff}, /* tags */
};

static bool
is_safe(uint32_t c)
{
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(*unsafe); i++)
		if (c >= unsafe[i].first && c <= unsafe[i].last)
			return false;
	return true;
}

static bool
room(struct line *line, size_t len)
{
	size_t cap = line->cap ? line->cap : 256;
	char *text;

	while (cap - line->len < len)
		cap *= 2;
	if (cap == line->cap)
		return true;
	text = realloc(line->text, cap);
	if (!text)
		return false;
	line->text = text;
	line->cap = cap;
	return true;
}

static void
put(struct line *line, const char *bytes, size_t len)
{
	if (!room(line, len)) {
		line->failed = true;
		return;
	}
	memcpy(line->text + line->len, bytes, len);
	line->len += len;
}

/* What went over the edge goes, and an ellipsis stands in its place. */
static void
cut_line(struct line *line)
{
	line->full = true;
	line->len = line->cut;
	if (line->utf8)
		put(line, "\u2026", strlen("\u2026"));
	else
		put(line, "~", 1);
}

/* Append what takes `columns` on the screen. */
static void
put_columns(struct line *line, const char *bytes, size_t len, unsigned columns)
{
	if (line->full)
		return;
	if (line->width && line->used + columns > line->width) {
		cut_line(line);
		return;
	}
	put(line, bytes, len);
	line->used += columns;
	if (line->used < line->width)
		line->cut = line->len;
}

static void
put_hex(struct line *line, const char *bytes, size_t len)
{
	char text[8];

	for (size_t i = 0; i < len; i++) {
		snprintf(text, sizeof(text), "\\x%02x",
		    (unsigned)(unsigned char)bytes[i]);
		put_columns(line, text, 4, 4);
	}
}

/* The character at `at`; returns its length. */
static size_t
put_char(struct line *line, const char *at, size_t len)
{
	uint32_t c;
	size_t bytes = json_utf8(at, len, &c);
	int columns;

	if (!bytes || !is_safe(c)) {
		put_hex(line, at, bytes ? bytes : 1);
		return bytes ? bytes : 1;
	}
	columns = c < 0x80 ? 1 : wcwidth((wchar_t)c);
	/* Unknown to the C library: printable, of an unknown width. */
	put_columns(line, at, bytes, columns < 0 ? 1 : (unsigned)columns);
	return bytes;
}

void
line_text(struct line *line, struct text text)
{
	for (size_t at = 0; at < text.len && !line->full;)
		at += put_char(line, text.at + at, text.len - at);
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

void
line_one(struct line *line, struct text text)
{
	size_t at = 0;

	while (at < text.len && is_blank(text.at[at]))
		at++;
	while (at < text.len && !line->full) {
		if (!is_blank(text.at[at])) {
			at += put_char(line, text.at + at, text.len - at);
			continue;
		}
		while (at < text.len && is_blank(text.at[at]))
			at++;
		if (at < text.len)
			put_columns(line, " ", 1, 1);
	}
}

void
line_plain(struct line *line, const char *text)
{
	size_t len = strlen(text);

	if (text[0] == '\n') {
		put(line, text, len);
		return;
	}
	for (size_t at = 0; at < len && !line->full;)
		at += put_char(line, text + at, len - at);
}

void
line_format(struct line *line, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	line_plain(line, text);
}

void
line_colour(struct line *line, const char *sgr)
{
	if (!line->colour)
		return;
	line->coloured = true;
	put(line, "\033[", 2);
	put(line, sgr, strlen(sgr));
	put(line, "m", 1);
}

void
line_end(struct line *line)
{
	/* A cut may have taken the sequence that ended a colour. */
	if (line->coloured && line->full)
		put(line, "\033[m", 3);
	while (line->len > 0 && line->text[line->len - 1] == ' ')
		line->len--;
	put(line, "\n", 1);
	if (line->text && line->out)
		out_bytes(line->out, line->text, line->len);
	if (line->failed && line->out)
		out_fail(line->out, ENOMEM);
	line_drop(line);
}

void
line_drop(struct line *line)
{
	line->len = line->cut = 0;
	line->used = 0;
	line->full = line->coloured = false;
}

void
line_free(struct line *line)
{
	free(line->text);
	line->text = NULL;
}

static bool
is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

static bool
wants_colour(bool terminal)
{
	const char *force = getenv("CLICOLOR_FORCE");
	const char *term = getenv("TERM");

	if (is_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return terminal && term && strcmp(term, "dumb") != 0;
}

static unsigned
find_width(int fd, bool terminal)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;

	if (columns && atoi(columns) > 0)
		return (unsigned)atoi(columns);
	if (terminal && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return terminal ? 80 : 0;
}

void
line_init(struct line *line, struct out *out)
{
	bool terminal = isatty(out->fd);

	*line = (struct line){
	    .out = out,
	    .width = find_width(out->fd, terminal),
	    .colour = wants_colour(terminal),
	    .utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
	};
	if (line->width && line->width < 20)
		line->width = 20;
}
