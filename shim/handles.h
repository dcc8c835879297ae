/*
 * handles.h - what we know of a client library's handles, by their address.
 *
 * One table per kind of handle: connections, statements.  Entries are of one
 * size, zeroed when new.  Finding is wait-free and costs the same with ten
 * handles and with a million.  Client libraries reuse addresses at once and
 * may free a handle without our seeing it, so an entry is never removed by its
 * address: whoever creates a handle calls handles_add(), which finds the old
 * entry of that address or makes one, and starts it over; whoever ends one
 * clears `live`.  Entries not live are collected when the table must grow, so
 * that it grows with the handles that are open at one time, not with those
 * ever opened.
 *
 * Two threads may use the same entry only as the client library lets them use
 * the same handle.
 */
#ifndef SHIM_HANDLES_H
#define SHIM_HANDLES_H

#include <stdatomic.h>
#include <stddef.h>

#include "shim/private_names.h"

enum handle_state {
	HANDLE_DEAD, /* what clearing `live` makes it */
	HANDLE_LIVE,
	HANDLE_COLLECTED, /* waits to be given to another address */
};

/* The beginning of every entry. */
struct handle {
	const void *address;
	atomic_uchar live; /* enum handle_state */
};

struct handles {
	size_t entry_size; /* of the struct that begins with struct handle */
	/* Free what hangs on an entry that is collected or reused; may be NULL. */
	void (*clear)(struct handle *entry);
	_Atomic(struct handle_table *) table;
};

/* Return the live entry of `address`, or NULL. */
SHIM_EXPORT struct handle *handles_find(struct handles *handles, const void *address);

/*
 * Return the entry of `address`, cleared and live; NULL without memory.
 * Takes a lock only for an address that was never seen before.
 */
SHIM_EXPORT struct handle *handles_add(struct handles *handles, const void *address);

/* How many slots the table has: for tests. */
SHIM_EXPORT size_t handles_count(struct handles *handles);

#endif
