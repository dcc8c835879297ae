/*
 * out.h - where a subcommand's output goes: stdout, or the file of --out.
 *
 * Output is gathered in one large buffer.  The first error sticks: nothing is
 * written after it, and out_close() tells it.  A file is written under another
 * name beside its own and renamed when it is complete, so that nobody meets
 * half a report; it is 0600, since traces hold people's data.
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct out {
	char *buffer;
	size_t len;
	size_t cap;
	bool held;
	bool overflow; /* what was held is too much; the rest is not kept */
	int fd;
	int error;       /* errno of the first failure; 0: none */
	char *path;      /* NULL: stdout, or written in place */
	char *temporary; /* renamed to `path` in the end */
};

#define OUT_BUFFER ((size_t)256 << 10)
#define OUT_HELD_MAX ((size_t)64 << 20)
/* What out_room() may be asked for at most. */
#define OUT_ROOM_MAX ((size_t)16 << 10)

/*
 * Open `path` (NULL: stdout).  False, with errno, where that fails.  A device
 * or a pipe is written to as it is.
 */
bool out_open(struct out *out, const char *path);

/*
 * Write what is left and put the file into its place.  False, with errno, if
 * any of the output was lost; the file is then not there.
 */
bool out_close(struct out *out);

/* Give up: a file does not come into being. */
void out_abandon(struct out *out);

void out_flush(struct out *out);

/* Let the output fail with `error`, an errno, if it has not failed before. */
void out_fail(struct out *out, int error);

/*
 * From out_hold() on output can be taken back; it gathers in memory until
 * out_keep(), or out_take_back() with what out_hold() returned.
 */
size_t out_hold(struct out *out);
void out_keep(struct out *out);
void out_take_back(struct out *out, size_t mark);

void out_bytes(struct out *out, const char *bytes, size_t len);
void out_format(struct out *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for `size` bytes; the caller fills it and adds what it used to len. */
static inline char *
out_room(struct out *out, size_t size)
{
	if (out->cap - out->len < size)
		out_flush(out);
	return out->buffer + out->len;
}

static inline void
out_char(struct out *out, char c)
{
	*out_room(out, 1) = c;
	out->len++;
}

/* Text whose length the compiler knows. */
#define out_literal(out, literal) out_few((out), (literal), sizeof(literal) - 1)

static inline void
out_few(struct out *out, const char *bytes, size_t len)
{
	memcpy(out_room(out, len), bytes, len);
	out->len += len;
}

static inline void
out_text(struct out *out, const char *text)
{
	out_bytes(out, text, strlen(text));
}

#endif
