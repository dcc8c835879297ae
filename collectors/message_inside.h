/*
 * message_inside.h - what message.c, its batch and its context share.
 */
#ifndef COLLECTORS_MESSAGE_INSIDE_H
#define COLLECTORS_MESSAGE_INSIDE_H

#include "collectors/message.h"

/* What a byte of a text becomes at most: in JSON \uXXXX, plain U+FFFD. */
#define JSON_PER_BYTE 6
#define PLAIN_PER_BYTE 3

/* The text that was written since `from`. */
static inline struct text
message_since(const struct json_out *out, const char *from)
{
	return (struct text){from, (size_t)(out->at - from)};
}

/* Put UTF-8 as it is, with U+FFFD for each byte that is none. */
void message_put_plain(struct json_out *out, struct text text);

/*
 * Make room for one message more, whose texts take `len` bytes at most and are
 * written to `out`.  NULL without memory.
 */
struct message *message_batch_room(
    struct message_batch *batch, size_t len, struct json_out *out);

/* The message in that room is whole. */
void message_batch_keep(
    struct message_batch *batch, const struct json_out *out);

#endif
