/*
 * handles.c - the table of handles: open addressing over addresses.
 *
 * A slot is written once: its entry, then its address by a release store.  So
 * readers need no lock.  Only adding an address that was never seen takes the
 * lock, and only growing makes a new table, which is published whole; the old
 * one stays for readers that are in it (all old ones together are smaller
 * than the new).  Entries come from slabs and are never freed; those not live
 * when the table grows are used again.
 */
#include "shim/handles.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "shim/process.h"

#define SLOTS_MIN 256
#define SLAB_SIZE (64 * 1024)

static struct handle *
table_find(const struct handle_table *table, const void *address)
{
	size_t i = handle_slot(address, table->mask);

	for (;; i = (i + 1) & table->mask) {
		const void *here = atomic_load_explicit(
		    &table->slot[i].address, memory_order_acquire);

		if (here == address)
			return table->slot[i].entry;
		if (!here)
			return NULL;
	}
}

static inline bool
is_live(struct handle *entry)
{
	return atomic_load_explicit(&entry->live, memory_order_relaxed) ==
	       HANDLE_LIVE;
}

static inline struct handle *
find_any(struct handles *handles, const void *address)
{
	struct handle_table *table = atomic_load_explicit(
	    &handles->table, memory_order_acquire);

	return table ? table_find(table, address) : NULL;
}

struct handle *
handles_search(struct handles *handles, const void *address)
{
	struct handle *entry = find_any(handles, address);

	return entry && is_live(entry) ? entry : NULL;
}

/*
 * LeakSanitizer's, in a program that has it: it does not look into mappings,
 * and would report what hangs on the entries of handles that stay open.
 */
extern void __lsan_register_root_region(const void *begin, size_t size)
    __attribute__((weak));

static void *
pages(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	madvise(memory, size, MADV_DONTDUMP); /* entries may hold values */
	if (__lsan_register_root_region)
		__lsan_register_root_region(memory, size);
	return memory;
}

static void
table_put(struct handle_table *table, struct handle *entry)
{
	size_t i = handle_slot(entry->address, table->mask);

	while (
	    atomic_load_explicit(&table->slot[i].address, memory_order_relaxed))
		i = (i + 1) & table->mask;
	table->slot[i].entry = entry;
	atomic_store_explicit(
	    &table->slot[i].address, entry->address, memory_order_release);
	table->used++;
}

/* Take a dead entry off its address, unless the address just came alive. */
static void
table_move(
    struct handles *handles, struct handle_table *table, struct handle *entry)
{
	unsigned char dead = HANDLE_DEAD;

	if (!atomic_compare_exchange_strong(
		&entry->live, &dead, HANDLE_COLLECTED)) {
		table_put(table, entry);
		return;
	}
	if (handles->clear)
		handles->clear(entry);
	entry->address = table->spare;
	table->spare = entry;
}

/* How many entries of a table are live. */
static size_t
count_live(const struct handle_table *table)
{
	size_t live = 0;

	for (size_t i = 0; i <= table->mask; i++)
		live += atomic_load(&table->slot[i].address) &&
			is_live(table->slot[i].entry);
	return live;
}

/* A table with room for twice the live entries of `old`, which move there. */
static struct handle_table *
table_grow(struct handles *handles, struct handle_table *old)
{
	size_t live = old ? count_live(old) : 0, slots = SLOTS_MIN;
	struct handle_table *table;

	while (slots < live * 4)
		slots *= 2;
	table = pages(sizeof(*table) + slots * sizeof(struct handle_slot));
	if (!table)
		return NULL;
	table->mask = slots - 1;
	if (!old)
		return table;
	table->spare = old->spare;
	table->slab = old->slab;
	table->slab_left = old->slab_left;
	for (size_t i = 0; i <= old->mask; i++) {
		if (atomic_load(&old->slot[i].address))
			table_move(handles, table, old->slot[i].entry);
	}
	return table;
}

static struct handle *
entry_new(struct handles *handles, struct handle_table *table)
{
	size_t size = (handles->entry_size + 15) & ~(size_t)15;
	struct handle *entry = table->spare;

	if (entry) {
		/* The list is linked through the address. */
		table->spare = (struct handle *)(uintptr_t)entry->address;
		memset(entry, 0, handles->entry_size);
		return entry;
	}
	if (table->slab_left < size) {
		table->slab = pages(SLAB_SIZE);
		table->slab_left = table->slab ? SLAB_SIZE : 0;
		if (!table->slab)
			return NULL;
	}
	entry = (struct handle *)table->slab;
	table->slab += size;
	table->slab_left -= size;
	return entry;
}

static struct handle *
add_locked(struct handles *handles, const void *address)
{
	struct handle_table *table = atomic_load(&handles->table);
	struct handle *entry = find_any(handles, address);

	if (entry && is_live(entry))
		return entry; /* another thread was faster */
	if (!table || table->used * 2 > table->mask) {
		table = table_grow(handles, table);
		if (!table)
			return NULL;
		atomic_store_explicit(
		    &handles->table, table, memory_order_release);
	}
	entry = entry_new(handles, table);
	if (!entry)
		return NULL;
	entry->address = address;
	/* Live before it can be seen: a growing table collects the others. */
	atomic_store(&entry->live, HANDLE_LIVE);
	table_put(table, entry);
	return entry;
}

/* Make an entry that is still at its address live; false: it was collected. */
static bool
revive(struct handle *entry)
{
	unsigned char state = HANDLE_DEAD;

	return atomic_compare_exchange_strong(
		   &entry->live, &state, HANDLE_LIVE) ||
	       state == HANDLE_LIVE;
}

struct handle *
handles_add(struct handles *handles, const void *address)
{
	struct handle *entry = find_any(handles, address);
	int saved = errno, state;

	if (entry && revive(entry)) {
		if (handles->clear)
			handles->clear(entry);
		memset((char *)entry + sizeof(*entry), 0,
		    handles->entry_size - sizeof(*entry));
		return entry;
	}
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	process_lock();
	entry = add_locked(handles, address);
	process_unlock();
	pthread_setcancelstate(state, &state);
	errno = saved;
	return entry;
}

size_t
handles_count(struct handles *handles)
{
	struct handle_table *table = atomic_load(&handles->table);

	return table ? table->mask + 1 : 0;
}
