/*
 * make_words.c - run by the build: prints the table of keywords and its
 * perfect hash.
 *
 * Words fall into buckets by their hash; the fullest bucket first, each gets a
 * shift that puts its words into free slots.
 */
#include "redact/words.h"
#include "redact/words_hash.h"

#include <stdio.h>
#include <stdlib.h>

static const struct word words[] = {
/* clang-format off */
#define WORD(text, dialects, place, flags) \
	{ 0, #text, W_##text, 0, sizeof(#text) - 1, WORD_IN_##dialects, \
	    PLACE_##place, (flags) },
#define PLAIN(text, dialects) \
	{ 0, #text, W_##text, 0, sizeof(#text) - 1, WORD_IN_##dialects, \
	    PLACE_SAME, 0 },
#include "redact/keywords.h"
    /* clang-format on */
};

static const uint16_t traits[WORD_COUNT] = {
#define TRAITS(word, bits) [W_##word] = (bits),
#include "redact/traits.h"
};

#define WORDS (sizeof(words) / sizeof(*words))

static uint64_t hashes[WORDS];
static uint16_t shifts[WORD_BUCKETS];
static uint16_t slots[WORD_SLOTS]; /* row + 1 */

static struct word_key
key_of(const struct word *word)
{
	return word_key(word->text, word->len, word->text + sizeof(word->text));
}

static size_t
bucket_size(size_t bucket)
{
	size_t size = 0;

	for (size_t i = 0; i < WORDS; i++)
		size += word_bucket(hashes[i]) == bucket;
	return size;
}

/* Put the bucket's words into their slots, or none of them. */
static bool
place_bucket(size_t bucket, uint16_t shift)
{
	for (size_t i = 0; i < WORDS; i++) {
		size_t slot = word_slot(hashes[i], shift);

		if (word_bucket(hashes[i]) != bucket)
			continue;
		if (slots[slot]) {
			for (size_t k = 0; k < WORD_SLOTS; k++)
				if (slots[k] && slots[k] <= i &&
				    word_bucket(hashes[slots[k] - 1]) == bucket)
					slots[k] = 0;
			return false;
		}
		slots[slot] = (uint16_t)(i + 1);
	}
	shifts[bucket] = shift;
	return true;
}

static bool
place_buckets(size_t size)
{
	for (size_t bucket = 0; bucket < WORD_BUCKETS; bucket++) {
		uint16_t shift = 0;

		if (bucket_size(bucket) != size)
			continue;
		while (!place_bucket(bucket, shift))
			if (++shift == 0)
				return false;
	}
	return true;
}

static void
print_numbers(const char *name, const uint16_t *numbers, size_t count)
{
	printf("static const uint16_t %s[%zu] = {", name, count);
	for (size_t i = 0; i < count; i++)
		printf("%s%u,", i % 12 ? " " : "\n\t", numbers[i]);
	printf("\n};\n");
}

int
main(void)
{
	for (size_t i = 0; i < WORDS; i++)
		hashes[i] = word_hash(key_of(&words[i]), words[i].len);
	for (size_t size = 16; size > 0; size--)
		if (!place_buckets(size)) {
			fprintf(stderr, "make_words: no perfect hash\n");
			return 1;
		}
	printf("static const struct word words[] = {\n");
	for (size_t i = 0; i < WORDS; i++)
		printf(
		    "\t{ UINT64_C(0x%llx), \"%s\", %u, %u, %u, %u, %u, %u },\n",
		    (unsigned long long)key_of(&words[i]).head, words[i].text,
		    words[i].id, traits[words[i].id], words[i].len,
		    words[i].dialects, words[i].place, words[i].flags);
	printf("};\n");
	print_numbers("shifts", shifts, WORD_BUCKETS);
	print_numbers("slots", slots, WORD_SLOTS);
	return 0;
}
