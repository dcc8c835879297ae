/*
 * uuid.c - seeding, printing and reading of ids.
 */
#include "shim/uuid.h"

#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* A word that differs by time, process and memory layout: the last resort. */
static uint64_t
clock_word(const struct uuid_source *source, unsigned turn)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return ((uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15u) ^
	    ((uint64_t)now.tv_sec << 32) ^ ((uint64_t)getpid() << 17) ^
	    (uint64_t)(uintptr_t)source ^ (turn * 0xd1b54a32d192ed03u);
}

void
uuid_seed(struct uuid_source *source)
{
	if (source->state[0] | source->state[1])
		return;
	if (getrandom(source->state, sizeof(source->state), GRND_NONBLOCK) !=
	    (ssize_t)sizeof(source->state)) {
		for (unsigned i = 0; i < 2; i++)
			source->state[i] = clock_word(source, i);
	}
	source->state[0] |= 1; /* never all zero */
}

/* Whether a dash stands before the byte at `index` of the printed form. */
static bool
dash_before(size_t index)
{
	return index == 4 || index == 6 || index == 8 || index == 10;
}

/* The digits of every byte, two by two. */
#define ROW(high)                                                              \
	high "0" high "1" high "2" high "3" high "4" high "5" high "6" high    \
	     "7" high "8" high "9" high "a" high "b" high "c" high "d" high    \
	     "e" high "f"
static const char hex_pairs[] =
    ROW("0") ROW("1") ROW("2") ROW("3") ROW("4") ROW("5") ROW("6") ROW("7")
    ROW("8") ROW("9") ROW("a") ROW("b") ROW("c") ROW("d") ROW("e") ROW("f");

/* Where each byte stands in the printed form. */
static const unsigned char place_of[16] = {
	0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34,
};

void
uuid_format(const struct uuid *id, char out[UUID_TEXT_LEN])
{
	out[8] = out[13] = out[18] = out[23] = '-';
	for (size_t i = 0; i < sizeof(id->byte); i++)
		memcpy(out + place_of[i], hex_pairs + 2 * id->byte[i], 2);
}

static int
hex_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	return -1;
}

bool
uuid_parse(const char *text, size_t len, struct uuid *ret_id)
{
	struct uuid id;

	if (len != UUID_TEXT_LEN)
		return false;
	for (size_t i = 0; i < sizeof(id.byte); i++, text += 2) {
		int high, low;

		if (dash_before(i) && *text++ != '-')
			return false;
		high = hex_value(text[0]);
		low = hex_value(text[1]);
		if (high < 0 || low < 0)
			return false;
		id.byte[i] = (unsigned char)(high << 4 | low);
	}
	*ret_id = id;
	return true;
}
