/*
 * lines.c - the lines of a file that contain a text, read in large pieces.
 */
#include "collectors/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_SIZE (1024 * 1024)

struct lines {
	char *start;
	size_t len; /* bytes that are there */
	size_t cap;
	bool too_long; /* inside a line whose beginning was let go */
	bool ended;    /* by `each` */
	struct text needle;
	size_t column[2]; /* of the needle, in the last lines that had it */
	bool (*each)(void *arg, struct text line);
	void *arg;
};

/* Hand on the line around `hit`; returns where the next one begins. */
static const char *
hand_line(
    struct lines *lines, const char *from, const char *hit, const char *end)
{
	const char *before = memrchr(from, '\n', (size_t)(hit - from));
	const char *after = memchr(hit, '\n', (size_t)(end - hit));
	struct text line;

	line.at = before ? before + 1 : from;
	lines->column[0] = lines->column[1];
	lines->column[1] = (size_t)(hit - line.at);
	line.len = (size_t)((after ? after : end) - line.at);
	if (line.len > 0 && !lines->each(lines->arg, line))
		lines->ended = true;
	return after ? after + 1 : end;
}

/* Whether the needle stands `column` bytes behind the line's start. */
static bool
is_needle(
    const struct lines *lines, size_t column, const char *from, const char *end)
{
	struct text needle = lines->needle;

	return (size_t)(end - from) >= column + needle.len &&
	       memcmp(from + column, needle.at, needle.len) == 0 &&
	       !memchr(from, '\n', column);
}

/*
 * Find the needle.  Lines are mostly alike, starts and stops in turn: it
 * stands as far from the line's beginning, which is `from`, as in one of the
 * two lines before.
 */
static const char *
find_needle(const struct lines *lines, const char *from, const char *end)
{
	for (int i = 0; i < 2; i++)
		if (is_needle(lines, lines->column[i], from, end))
			return from + lines->column[i];
	return memmem(
	    from, (size_t)(end - from), lines->needle.at, lines->needle.len);
}

/* Hand on what contains the needle in whole lines. */
static void
hand_lines(struct lines *lines, const char *from, const char *end)
{
	while (from < end && !lines->ended) {
		const char *hit = from;

		if (lines->needle.len > 0)
			hit = find_needle(lines, from, end);
		if (!hit)
			break;
		from = hand_line(lines, from, hit, end);
	}
}

/* Make room for more of a line that fills the buffer. */
static bool
make_room(struct lines *lines, uint64_t *skipped)
{
	char *start;

	if (lines->len < lines->cap)
		return true;
	if (lines->cap >= LINES_MAX) {
		*skipped += !lines->too_long;
		lines->too_long = true;
		lines->len = 0;
		return true;
	}
	start = realloc(lines->start, 2 * lines->cap);
	if (!start)
		return false;
	lines->start = start;
	lines->cap *= 2;
	return true;
}

/* Hand on the whole lines and keep the beginning of the next. */
static void
take_lines(struct lines *lines)
{
	const char *from = lines->start;
	const char *end = memrchr(lines->start, '\n', lines->len);

	if (!end)
		return;
	if (lines->too_long) {
		from = (char *)memchr(from, '\n', lines->len) + 1;
		lines->too_long = false;
	}
	if (from <= end)
		hand_lines(lines, from, end);
	lines->len -= (size_t)(end + 1 - lines->start);
	memmove(lines->start, end + 1, lines->len);
}

static bool
read_lines(struct lines *lines, int fd, uint64_t *skipped)
{
	while (!lines->ended) {
		ssize_t got;

		if (!make_room(lines, skipped))
			return false;
		got = read(
		    fd, lines->start + lines->len, lines->cap - lines->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			break;
		lines->len += (size_t)got;
		take_lines(lines);
	}
	if (!lines->ended && !lines->too_long)
		hand_lines(lines, lines->start, lines->start + lines->len);
	return true;
}

bool
lines_each(int fd, struct text needle, uint64_t *skipped,
    bool (*each)(void *arg, struct text line), void *arg)
{
	struct lines lines = {
	    .start = malloc(FIRST_SIZE),
	    .cap = FIRST_SIZE,
	    .needle = needle,
	    .each = each,
	    .arg = arg,
	};
	bool done = lines.start && read_lines(&lines, fd, skipped);

	free(lines.start);
	return done;
}
