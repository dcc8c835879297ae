/*
 * handles.c - the table of handles: open addressing over addresses.
 *
 * A slot is written once: its entry, then its address by a release store.  So
 * readers need no lock.  Only adding an address that was never seen takes the
 * lock.  A table that is half full of addresses is replaced by another one,
 * with those of live handles, which is published whole.
 *
 * Nothing is ever freed: a reader may be anywhere.  Entries come from slabs,
 * and those not live when a table is replaced are used again; so are tables,
 * when there is to be one of that size.  A reader that is still in one finds
 * entries of other addresses, or none, and looks again if the table is not the
 * one in use.
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
			return atomic_load_explicit(
			    &table->slot[i].entry, memory_order_relaxed);
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
	struct handle_table *table = atomic_load(&handles->table), *before;
	struct handle *entry;
	unsigned long uses;

	do {
		before = table;
		uses = atomic_load(&table->uses);
		entry = table_find(table, address);
		if (entry && handle_is(entry, address))
			return entry;
		table = atomic_load(&handles->table);
	} while (table != before || atomic_load(&table->uses) != uses);
	return NULL;
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
	const void *address = atomic_load(&entry->address);
	size_t i = handle_slot(address, table->mask);

	while (
	    atomic_load_explicit(&table->slot[i].address, memory_order_relaxed))
		i = (i + 1) & table->mask;
	atomic_store_explicit(
	    &table->slot[i].entry, entry, memory_order_relaxed);
	atomic_store_explicit(
	    &table->slot[i].address, address, memory_order_release);
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
	atomic_store(&entry->address, table->spare);
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

/* Empty a table that may have readers: those that miss something look again. */
static void
table_use_again(struct handle_table *table)
{
	atomic_fetch_add(&table->uses, 1);
	for (size_t i = 0; i <= table->mask; i++)
		atomic_store_explicit(
		    &table->slot[i].address, NULL, memory_order_release);
	table->used = 0;
}

/* An empty table: a retired one if there is one of that size. */
static struct handle_table *
table_get(struct handles *handles, size_t slots)
{
	struct handle_table **link = &handles->retired, *table;

	while (*link && (*link)->mask != slots - 1)
		link = &(*link)->older;
	table = *link;
	if (table) {
		*link = table->older;
		table_use_again(table);
		return table;
	}
	table = pages(sizeof(*table) + slots * sizeof(struct handle_slot));
	if (table)
		table->mask = slots - 1;
	return table;
}

/* Have what is live in `old`, and all its memory, in `table` instead. */
static void
table_take_over(struct handles *handles, struct handle_table *table,
    struct handle_table *old)
{
	table->spare = old->spare;
	table->slab = old->slab;
	table->slab_left = old->slab_left;
	for (size_t i = 0; i <= old->mask; i++) {
		if (atomic_load(&old->slot[i].address))
			table_move(handles, table, old->slot[i].entry);
	}
	old->older = handles->retired;
	handles->retired = old;
}

/* Another table in place of `old`, with room for twice what is live. */
static struct handle_table *
table_replace(struct handles *handles, struct handle_table *old)
{
	size_t live = old ? count_live(old) : 0, slots = SLOTS_MIN;
	struct handle_table *table;

	while (slots < live * 4)
		slots *= 2;
	table = table_get(handles, slots);
	if (table && old)
		table_take_over(handles, table, old);
	if (table)
		atomic_store_explicit(
		    &handles->table, table, memory_order_release);
	return table;
}

static struct handle *
entry_new(struct handles *handles, struct handle_table *table)
{
	size_t size = (handles->entry_size + 15) & ~(size_t)15;
	struct handle *entry = table->spare;

	if (entry) {
		/* The list is linked through the address. */
		table->spare = (struct handle *)(uintptr_t)atomic_load(
		    &entry->address);
		memset(entry + 1, 0, handles->entry_size - sizeof(*entry));
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
		table = table_replace(handles, table);
		if (!table)
			return NULL;
	}
	entry = entry_new(handles, table);
	if (!entry)
		return NULL;
	atomic_store(&entry->address, address);
	/* Live before it can be seen: the next table collects the others. */
	atomic_store(&entry->live, HANDLE_LIVE);
	table_put(table, entry);
	return entry;
}

/* Make an entry that is still at its address live; false: it was collected. */
static bool
revive(struct handle *entry, const void *address)
{
	unsigned char state = HANDLE_DEAD;

	if (atomic_load(&entry->address) != address)
		return false;
	if (!atomic_compare_exchange_strong(&entry->live, &state, HANDLE_LIVE))
		return handle_is(entry, address);
	if (atomic_load(&entry->address) == address)
		return true;
	/* It became another's in between, whose end this was. */
	atomic_store(&entry->live, HANDLE_DEAD);
	return false;
}

struct handle *
handles_add(struct handles *handles, const void *address)
{
	struct handle *entry = find_any(handles, address);
	int saved = errno, state;

	if (entry && revive(entry, address)) {
		if (handles->clear)
			handles->clear(entry);
		memset(entry + 1, 0, handles->entry_size - sizeof(*entry));
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
	size_t count = table ? table->mask + 1 : 0;

	for (table = handles->retired; table; table = table->older)
		count += table->mask + 1;
	return count;
}
