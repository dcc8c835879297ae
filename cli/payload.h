/*
 * payload.h - a message's text in a report, without what its point knows.
 *
 * A message as drivers store it repeats ids, names and origin around its time
 * and its info: half of a large trace.  Where the text is exactly what they
 * make, only time and info are kept; any other text is kept whole.
 */
#ifndef CLI_PAYLOAD_H
#define CLI_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "cli/names.h"

struct report;

/* One message of a point. */
struct payload {
	struct payload *next;
	const struct name *name; /* db-start */
	size_t len;
	unsigned char time_len; /* 0: whole; else the time, then info */
	char text[];            /* not terminated */
};

/* Whether the message ends its point: its name ends in `stop`. */
static inline bool
payload_is_stop(const struct payload *payload)
{
	const struct name *name = payload->name;

	return name->len >= 4 &&
	       memcmp(name->text + name->len - 4, "stop", 4) == 0;
}

/* Whether it was kept without what its point knows. */
static inline bool
payload_is_short(const struct payload *payload)
{
	return payload->time_len > 0;
}

/* The timestamp of one that is short. */
static inline struct text
payload_time(const struct payload *payload)
{
	return (struct text){payload->text, payload->time_len};
}

/* Its info as JSON; null where it has none. */
struct text payload_read_info(const struct payload *payload);

/*
 * Make the payload of a message of `node`, whose name is `name`; NULL: no
 * memory.
 */
struct payload *payload_make(struct report *report, const struct node *node,
    const struct name *name, const struct message *message);

#endif
