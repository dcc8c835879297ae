/*
 * site.h - call sites as they stand in a message: "module+0xoffset".
 *
 * To find a site's module takes longer than the rest of its message, and a
 * program has few sites that it comes to again and again.
 */
#ifndef COLLECTORS_SITE_H
#define COLLECTORS_SITE_H

#include <stddef.h>
#include <stdint.h>

#include "collectors/json.h"

/* The longest text that a site's name has. */
#define SITE_NAME_MAX 512

/*
 * Write the name of a call site, "module+0xoffset", without a NUL; returns its
 * length, 0 where the address is in no known module.
 */
typedef size_t message_name_site(
    void *arg, uint64_t address, char *out, size_t cap);

#define SITE_COUNT 64

/* A site's JSON; a longer one is not kept. */
struct site {
	uint64_t address;
	uint16_t len; /* 0: free */
	char json[246];
};

/* All zero is an empty one.  Names must not change while it is in use. */
struct sites {
	struct site site[SITE_COUNT];
};

/* Put a site as a string: its name, else its address as a number in hex. */
void site_put(struct sites *sites, struct json_out *out,
    message_name_site *name_site, void *arg, uint64_t address);

#endif
