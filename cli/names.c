/*
 * names.c - texts kept once each: ids, point names, projects, hosts.
 */
#include "cli/names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "collectors/json.h"

#define SLOTS_MIN 256

/* The hash beside the pointer spares most misses a look at the name. */
struct names_slot {
	uint64_t hash;
	struct name *name; /* NULL: free */
};

static uint64_t
mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)(a ^ 0x9e3779b97f4a7c15) *
		       (b ^ 0xe7037ed1a0b428db);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t
hash_text(uint64_t seed, struct text text)
{
	uint64_t hash = mix(seed, text.len), word = 0;

	while (text.len >= sizeof(word)) {
		memcpy(&word, text.at, sizeof(word));
		hash = mix(hash ^ word, seed);
		text.at += sizeof(word);
		text.len -= sizeof(word);
	}
	word = 0;
	if (text.len)
		memcpy(&word, text.at, text.len);
	return mix(hash ^ word, seed);
}

/* The slot that has `text`, or the free one where it belongs. */
static struct names_slot *
find_slot(const struct names *names, uint64_t hash, struct text text)
{
	for (size_t i = hash & names->mask;; i = (i + 1) & names->mask) {
		struct names_slot *slot = &names->slots[i];

		if (!slot->name)
			return slot;
		if (slot->hash == hash && slot->name->len == text.len &&
		    memcmp(slot->name->text, text.at, text.len) == 0)
			return slot;
	}
}

static bool
resize(struct names *names, size_t size)
{
	struct names_slot *old = names->slots;
	size_t old_size = old ? names->mask + 1 : 0;
	struct names_slot *slots = calloc(size, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < old_size; i++) {
		size_t at = old[i].hash & (size - 1);

		if (!old[i].name)
			continue;
		while (slots[at].name)
			at = (at + 1) & (size - 1);
		slots[at] = old[i];
	}
	free(old);
	names->slots = slots;
	names->mask = size - 1;
	return true;
}

static bool
make_room(struct names *names)
{
	if (!names->slots) {
		if (getrandom(
			&names->seed, sizeof(names->seed), GRND_NONBLOCK) < 0)
			names->seed = (uint64_t)time(NULL);
		return resize(names, SLOTS_MIN);
	}
	if (names->count < names->mask / 4 * 3)
		return true;
	return resize(names, (names->mask + 1) * 2);
}

static bool
is_plain(struct text text)
{
	size_t at = json_clean(text.at, text.len, NULL);

	while (at < text.len && json_is_clean(text.at[at]))
		at++;
	return at == text.len;
}

struct name *
names_get(struct names *names, struct arena *arena, struct text text)
{
	struct names_slot *slot;
	struct name *name;
	uint64_t hash;

	if (!make_room(names))
		return NULL;
	hash = hash_text(names->seed, text);
	slot = find_slot(names, hash, text);
	if (slot->name)
		return slot->name;
	name = arena_take(arena, offsetof(struct name, text) + text.len + 1);
	if (!name)
		return NULL;
	*name = (struct name){.len = text.len, .plain = is_plain(text)};
	memcpy(name->text, text.at, text.len);
	name->text[text.len] = '\0';
	*slot = (struct names_slot){.hash = hash, .name = name};
	names->count++;
	return name;
}

void
names_free(struct names *names)
{
	free(names->slots);
	*names = (struct names){0};
}
