/*
 * make_words.c - run by the build: prints the table of keywords and how a word
 * is found in it.
 *
 * Each pair of first letters has a line of one place a length.  The lines are
 * laid over one another, so that no two words share a place unless they share
 * letters and length.
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
static struct word_line lines[WORD_LINES];
static size_t places = LINE;

static unsigned
traits_of(const struct word *word)
{
	if (word->id == W_NULL || word->id == W_END)
		return traits[word->id];
	return traits[word->id] | TRAIT_BEFORE_OPERAND;
}

static uint64_t
head_of(const struct word *word)
{
	return word_head(
	    word->text, word->len, word->text + sizeof(word->text));
}

static size_t
line_of(const struct word *word)
{
	return word_line(head_of(word));
}

/* Words of the same line and length lie together. */
static int
by_place(const void *one, const void *other)
{
	const struct word *a = one, *b = other;
	const size_t x = line_of(a) * LINE + a->len;
	const size_t y = line_of(b) * LINE + b->len;

	return x == y ? (a->id > b->id) - (a->id < b->id) : (x > y) - (x < y);
}

static bool
lies_with_next(size_t row)
{
	return row + 1 < WORDS &&
	       line_of(&words[row]) == line_of(&words[row + 1]) &&
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
	struct word_line *line = &lines[line_of(&words[from])];
	size_t base = 0;

	while (!fits(from, to, base))
		base++;
	line->base = (uint16_t)base;
	for (size_t row = to; row-- > from;) {
		first[base + words[row].len] = (uint16_t)(row + 1);
		line->lengths |= UINT32_C(1) << words[row].len;
	}
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
print_lines(void)
{
	printf("const struct word_line word_lines[WORD_LINES] = {");
	for (size_t i = 0; i < WORD_LINES; i++)
		printf("%s{ %u, %u },", i % 6 ? " " : "\n\t",
		    (unsigned)lines[i].lengths, lines[i].base);
	printf("\n};\n");
}

static void
print_word(size_t row)
{
	const struct word *word = &words[row];

	printf("\t{ UINT64_C(0x%llx), \"%s\", %u, %u, %u, %u, %u, %u },\n",
	    (unsigned long long)head_of(word), word->text, word->id,
	    traits_of(word), word->len, word->dialects, word->place,
	    word->flags | (lies_with_next(row) ? WORD_MORE : 0u));
}

int
main(void)
{
	size_t from = 0;

	qsort(words, WORDS, sizeof(*words), by_place);
	for (size_t row = 1; row <= WORDS; row++)
		if (row == WORDS ||
		    line_of(&words[row]) != line_of(&words[from])) {
			lay_line(from, row);
			from = row;
		}
	printf("const struct word word_rows[] = {\n\t{ .head = 0 },\n");
	for (size_t row = 0; row < WORDS; row++)
		print_word(row);
	printf("};\n");
	print_numbers("word_first", first, places);
	print_lines();
	return 0;
}
