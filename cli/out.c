/*
 * out.c - where a subcommand's output goes: stdout, or the file of --out.
 */
#include "cli/out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file's name beside its own, made and opened. */
static bool
open_temporary(struct out *out)
{
	if (asprintf(&out->temporary, "%s.XXXXXX", out->path) < 0) {
		out->temporary = NULL;
		return false;
	}
	out->fd = mkostemp(out->temporary, O_CLOEXEC); /* 0600 */
	return out->fd >= 0;
}

static bool
open_file(struct out *out, const char *path)
{
	struct stat stat_;
	bool exists = stat(path, &stat_) == 0;

	if (exists && S_ISDIR(stat_.st_mode)) {
		errno = EISDIR;
		return false;
	}
	if (exists && !S_ISREG(stat_.st_mode)) {
		out->fd = open(path, O_WRONLY | O_CLOEXEC);
		return out->fd >= 0;
	}
	/* A link's target is replaced, not the link. */
	out->path = exists ? realpath(path, NULL) : strdup(path);
	return out->path && open_temporary(out);
}

bool
out_open(struct out *out, const char *path)
{
	*out = (struct out){.fd = STDOUT_FILENO};
	out->buffer = malloc(OUT_BUFFER);
	out->cap = OUT_BUFFER;
	if (out->buffer && (!path || open_file(out, path)))
		return true;
	out_abandon(out);
	return false;
}

/* Twice the buffer; where that is too much the newest output goes. */
static void
out_grow(struct out *out)
{
	char *buffer = NULL;

	if (out->cap < OUT_HELD_MAX)
		buffer = realloc(out->buffer, out->cap * 2);
	if (buffer) {
		out->buffer = buffer;
		out->cap *= 2;
	} else {
		out->overflow = true;
		out->len = out->cap - OUT_ROOM_MAX;
	}
}

size_t
out_hold(struct out *out)
{
	/* What is held and fits into half a buffer never makes it grow. */
	if (out->cap - out->len < OUT_BUFFER / 2)
		out_flush(out);
	out->held = true;
	out->overflow = false;
	return out->len;
}

void
out_keep(struct out *out)
{
	out->held = false;
}

void
out_take_back(struct out *out, size_t mark)
{
	out->held = false;
	out->len = mark;
}

void
out_flush(struct out *out)
{
	size_t at = 0;

	if (out->held) {
		out_grow(out);
		return;
	}
	while (at < out->len && !out->error) {
		ssize_t n = write(out->fd, out->buffer + at, out->len - at);

		if (n >= 0)
			at += (size_t)n;
		else if (errno != EINTR)
			out->error = errno;
	}
	out->len = 0;
}

void
out_fail(struct out *out, int error)
{
	if (!out->error)
		out->error = error;
}

static void
out_release(struct out *out)
{
	int error = errno;

	if (out->fd > STDERR_FILENO)
		close(out->fd);
	free(out->path);
	free(out->temporary);
	free(out->buffer);
	*out = (struct out){.fd = -1};
	errno = error;
}

void
out_abandon(struct out *out)
{
	int error = errno;

	if (out->temporary && out->fd >= 0)
		unlink(out->temporary);
	errno = error;
	out_release(out);
}

/* A disk that is full may say so as late as in close(). */
static bool
finish_fd(struct out *out)
{
	int fd = out->fd;

	out->fd = -1;
	return (fd == STDOUT_FILENO ? 0 : close(fd)) == 0;
}

bool
out_close(struct out *out)
{
	bool done;

	out_flush(out);
	errno = out->error;
	done = !out->error && finish_fd(out);
	if (done && out->temporary)
		done = rename(out->temporary, out->path) == 0;
	if (!done && out->temporary) {
		int error = errno;

		unlink(out->temporary);
		errno = error;
	}
	out_release(out);
	return done;
}

void
out_bytes(struct out *out, const char *bytes, size_t len)
{
	while (len > 0) {
		size_t part = len < OUT_ROOM_MAX ? len : OUT_ROOM_MAX;

		memcpy(out_room(out, part), bytes, part);
		out->len += part;
		bytes += part;
		len -= part;
	}
}

void
out_format(struct out *out, const char *format, ...)
{
	char text[256];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (len < 0)
		return;
	out_bytes(out, text,
	    (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1);
}
