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
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/private_names.h"

enum handle_state {
	HANDLE_DEAD, /* what clearing `live` makes it */
	HANDLE_LIVE,
	HANDLE_COLLECTED, /* waits to be given to another address */
};

/* The beginning of every entry. */
struct handle {
	_Atomic(const void *) address;
	atomic_uchar live; /* enum handle_state */
};

struct handles {
	size_t entry_size; /* of the struct that begins with struct handle */
	/* Free what hangs on an entry that is used again; may be NULL. */
	void (*clear)(struct handle *entry);
	_Atomic(struct handle_table *) table;
	struct handle_table *retired; /* to be used again */
};

struct handle_slot {
	_Atomic(const void *) address;
	_Atomic(struct handle *) entry;
};

struct handle_table {
	size_t mask;
	size_t used;                /* slots with an address; under the lock */
	atomic_ulong uses;          /* how often it was used again */
	struct handle_table *older; /* retired before this one was */
	struct handle *spare;       /* collected entries, linked by `address` */
	char *slab;                 /* memory for new ones */
	size_t slab_left;
	struct handle_slot slot[];
};

/* Fibonacci hashing; the low bits of an address are always zero. */
static inline size_t
handle_slot(const void *address, size_t mask)
{
	return ((uint64_t)(uintptr_t)address * 0x9e3779b97f4a7c15u >> 20) &
	       mask;
}

/*
 * Whether an entry that a slot led to is that of the address: a reader may be
 * in a slot that another handle has by now.
 */
static inline bool
handle_is(struct handle *entry, const void *address)
{
	return atomic_load_explicit(&entry->live, memory_order_acquire) ==
		   HANDLE_LIVE &&
	       atomic_load_explicit(&entry->address, memory_order_relaxed) ==
		   address;
}

/* The same as handles_find(), for an address that is not in its first slot. */
SHIM_EXPORT struct handle *handles_search(
    struct handles *handles, const void *address);

/* Return the live entry of `address`, or NULL. */
static inline struct handle *
handles_find(struct handles *handles, const void *address)
{
	struct handle_table *table = atomic_load_explicit(
	    &handles->table, memory_order_acquire);
	struct handle_slot *slot;
	struct handle *entry;

	if (__builtin_expect(!table || !address, 0))
		return NULL;
	slot = &table->slot[handle_slot(address, table->mask)];
	if (__builtin_expect(atomic_load_explicit(&slot->address,
				 memory_order_acquire) != address,
		0))
		return handles_search(handles, address);
	entry = atomic_load_explicit(&slot->entry, memory_order_relaxed);
	if (__builtin_expect(!handle_is(entry, address), 0))
		return handles_search(handles, address);
	return entry;
}

/*
 * Return the entry of `address`, cleared and live; NULL without memory.
 * Takes a lock only for an address that was never seen before.
 */
SHIM_EXPORT struct handle *handles_add(
    struct handles *handles, const void *address);

/* How many slots there are, in all tables: for tests. */
SHIM_EXPORT size_t handles_count(struct handles *handles);

#endif
