/*
 * out.h - text that is written as far as there is room, and counted beyond.
 *
 * Tokens that follow one another in the input are copied at once: `run` is
 * what is kept but not copied yet.  As long as all fits, stored + run_len is
 * total; behind the first token that does not fit nothing is stored.
 */
#ifndef REDACT_OUT_H
#define REDACT_OUT_H

#include <stddef.h>
#include <string.h>

struct out {
	char *text;
	size_t cap;
	size_t total;
	size_t stored;
	const char *run;
	size_t run_len;
};

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
	if (out->run_len)
		out_copy(out->text + out->stored, out->run, out->run_len);
	out->stored += out->run_len;
	out->run_len = 0;
}

/* Keep a token. */
static inline void
out_keep(struct out *out, const char *at, size_t len)
{
	out->total += len;
	if (out->total > out->cap) {
		out_flush(out);
		return;
	}
	if (!out->run_len || out->run + out->run_len != at) {
		out_flush(out);
		out->run = at;
	}
	out->run_len += len;
}

/* Write one byte of our own. */
static inline void
out_byte(struct out *out, char byte)
{
	out_flush(out);
	if (++out->total <= out->cap)
		out->text[out->stored++] = byte;
}

/*
 * Take back what was written from `mark`, an earlier total, on.  The bytes
 * are wiped: they may be a secret that was taken for names.
 */
static inline void
out_rewind(struct out *out, size_t mark)
{
	if (mark >= out->stored) {
		if (out->run_len > mark - out->stored)
			out->run_len = mark - out->stored;
	} else {
		memset(out->text + mark, ' ', out->stored - mark);
		out->stored = mark;
		out->run_len = 0;
	}
	out->total = mark;
}

/* The whole length.  If it exceeds the room, the rest of that is blank. */
static inline size_t
out_end(struct out *out)
{
	out_flush(out);
	if (out->total > out->cap && out->stored < out->cap)
		memset(out->text + out->stored, ' ', out->cap - out->stored);
	return out->total;
}

#endif
