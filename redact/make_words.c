/*
 * make_words.c - run by the build: prints the table of keywords and how a word
 * is found in it.
 *
 * Each pair of a first and a last letter has a line of one place a length.  The
 * lines are laid over one another, so that no two words share a place unless
 * they share letters and length.
 */
#include "redact/words.h"
#include "redact/words_hash.h"

#include <stdio.h>
#include <stdlib.h>

static struct word words[] = {
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
#define LINE (WORD_MAX + 1)
#define PLACES (1 << 14)

static uint16_t first[PLACES]; /* row + 1 */
static uint16_t bases[WORD_ENDS];
static size_t places = LINE;

static unsigned
traits_of(const struct word *word)
{
	if (word->id == W_NULL || word->id == W_END)
		return traits[word->id];
	return traits[word->id] | TRAIT_BEFORE_OPERAND;
}

static size_t
ends_of(const struct word *word)
{
	return word_ends(word->text[0], word->text[word->len - 1]);
}

/* Words of the same ends and length lie together. */
static int
by_place(const void *one, const void *other)
{
	const struct word *a = one, *b = other;
	const size_t x = ends_of(a) * LINE + a->len;
	const size_t y = ends_of(b) * LINE + b->len;

	return x == y ? (a->id > b->id) - (a->id < b->id) : (x > y) - (x < y);
}

static bool
lies_with_next(size_t row)
{
	return row + 1 < WORDS &&
	       ends_of(&words[row]) == ends_of(&words[row + 1]) &&
	       words[row].len == words[row + 1].len;
}

/* Whether the line of rows `from` to `to` fits over those from `base` on. */
static bool
fits(size_t from, size_t to, size_t base)
{
	for (size_t row = from; row < to; row++)
		if (first[base + words[row].len])
			return false;
	return true;
}

static void
lay_line(size_t from, size_t to)
{
	size_t base = 0;

	while (!fits(from, to, base))
		base++;
	/* A place belongs to one line alone: other lengths of it are free. */
	bases[ends_of(&words[from])] = (uint16_t)base;
	for (size_t row = to; row-- > from;)
		first[base + words[row].len] = (uint16_t)(row + 1);
	if (base + LINE > places)
		places = base + LINE;
}

static void
print_numbers(const char *name, const uint16_t *numbers, size_t count)
{
	printf("const uint16_t %s[%zu] = {", name, count);
	for (size_t i = 0; i < count; i++)
		printf("%s%u,", i % 12 ? " " : "\n\t", numbers[i]);
	printf("\n};\n");
}

static void
print_word(size_t row)
{
	const struct word *word = &words[row];

	printf("\t{ UINT64_C(0x%llx), \"%s\", %u, %u, %u, %u, %u, %u },\n",
	    (unsigned long long)word_head(
		word->text, word->len, word->text + sizeof(word->text)),
	    word->text, word->id, traits_of(word), word->len, word->dialects,
	    word->place, word->flags | (lies_with_next(row) ? WORD_MORE : 0u));
}

int
main(void)
{
	size_t from = 0;

	qsort(words, WORDS, sizeof(*words), by_place);
	for (size_t row = 1; row <= WORDS; row++)
		if (row == WORDS ||
		    ends_of(&words[row]) != ends_of(&words[from])) {
			lay_line(from, row);
			from = row;
		}
	printf("const struct word word_rows[] = {\n\t{ .head = 0 },\n");
	for (size_t row = 0; row < WORDS; row++)
		print_word(row);
	printf("};\n");
	print_numbers("word_first", first, places);
	print_numbers("word_bases", bases, WORD_ENDS);
	return 0;
}
