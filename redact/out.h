/*
 * out.h - text that is written as far as there is room, and counted beyond.
 *
 * Tokens that follow one another in the input are copied at once: a run is
 * what is kept but not copied yet.  Behind the first token that does not fit
 * nothing is stored.
 */
#ifndef REDACT_OUT_H
#define REDACT_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct out {
	char *text;
	size_t cap;
	size_t stored;
	size_t beyond;       /* bytes that did not fit */
	const char *run;     /* in the input; NULL: none */
	const char *run_end; /* where a token goes on the run; NULL: none */
	size_t run_room;     /* how long it may get */
};

static inline void
out_begin(struct out *out, char *text, size_t cap)
{
	*out = (struct out){.text = text, .cap = cap};
}

static inline size_t
out_total(const struct out *out)
{
	return out->stored + (size_t)(out->run_end - out->run) + out->beyond;
}

/*
 * Copy, and not a byte more: what lies behind may be a secret.  Runs are short,
 * and a call costs more than they do.
 */
static inline void
out_copy(char *to, const char *from, size_t len)
{
	if (len >= 16) {
		if (len > 128) {
			memcpy(to, from, len);
			return;
		}
		for (size_t i = 0; i + 16 < len; i += 16)
			memcpy(to + i, from + i, 16);
		memcpy(to + len - 16, from + len - 16, 16);
	} else if (len >= 8) {
		memcpy(to, from, 8);
		memcpy(to + len - 8, from + len - 8, 8);
	} else if (len >= 4) {
		memcpy(to, from, 4);
		memcpy(to + len - 4, from + len - 4, 4);
	} else {
		for (size_t i = 0; i < len; i++)
			to[i] = from[i];
	}
}

static inline void
out_flush(struct out *out)
{
	const size_t len = (size_t)(out->run_end - out->run);

	if (len > 0)
		out_copy(out->text + out->stored, out->run, len);
	out->stored += len;
	out->run = out->run_end = NULL;
}

/* Keep a token that does not go on the run, or fills the room. */
static inline void
out_keep_apart(struct out *out, const char *at, size_t len)
{
	out_flush(out);
	if (out->beyond || len > out->cap - out->stored) {
		out->beyond += len;
		return;
	}
	out->run = at;
	out->run_end = at + len;
	out->run_room = out->cap - out->stored;
}

static inline bool
out_has_room(const struct out *out, size_t len)
{
	return !out->beyond && len <= out->cap - out->stored -
					  (size_t)(out->run_end - out->run);
}

/* Whether what is from `at` to `end` goes on the run: then that is its end. */
static inline bool
out_goes_on(const struct out *out, const char *at, const char *end)
{
	return at == out->run_end && (size_t)(end - out->run) <= out->run_room;
}

/* Keep a token. */
static inline void
out_keep(struct out *out, const char *at, size_t len)
{
	if (out_goes_on(out, at, at + len))
		out->run_end = at + len;
	else
		out_keep_apart(out, at, len);
}

/* Write one byte of our own. */
static inline void
out_byte(struct out *out, char byte)
{
	out_flush(out);
	if (out->beyond || out->stored == out->cap)
		out->beyond++;
	else
		out->text[out->stored++] = byte;
}

/* Write what is from `from` to `to` and a byte, where there is room for both.
 */
static inline bool
out_put(struct out *out, const char *from, const char *to, char byte)
{
	const size_t len = (size_t)(to - from);

	if (out->run || out->beyond || len >= out->cap - out->stored)
		return false;
	out_copy(out->text + out->stored, from, len);
	out->stored += len;
	out->text[out->stored++] = byte;
	return true;
}

/*
 * Take back what was written from `mark`, an earlier total, on.  The bytes
 * are wiped: they may be a secret that was taken for names.
 */
static inline void
out_rewind(struct out *out, size_t mark)
{
	const size_t run_len = (size_t)(out->run_end - out->run);

	if (mark < out->stored) {
		memset(out->text + mark, ' ', out->stored - mark);
		out->stored = mark;
		out->run = out->run_end = NULL;
		out->beyond = 0;
	} else if (mark <= out->stored + run_len) {
		if (run_len > 0)
			out->run_end = out->run + (mark - out->stored);
		out->beyond = 0;
	} else {
		out_flush(out);
		out->beyond = mark - out->stored;
	}
}

/* The whole length.  If it exceeds the room, the rest of that is blank. */
static inline size_t
out_end(struct out *out)
{
	out_flush(out);
	if (out->beyond && out->stored < out->cap)
		memset(out->text + out->stored, ' ', out->cap - out->stored);
	return out->stored + out->beyond;
}

#endif
