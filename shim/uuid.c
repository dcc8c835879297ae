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
	if (getrandom(source->state, sizeof(source->state), GRND_NONBLOCK) !=
	    (ssize_t)sizeof(source->state)) {
		for (unsigned i = 0; i < 4; i++)
			source->state[i] = clock_word(source, i);
	}
	source->state[0] |= 1; /* never all zero */
}

static const char hex_digit[] = "0123456789abcdef";

/* Whether a dash stands before the byte at `index` of the printed form. */
static bool
dash_before(size_t index)
{
	return index == 4 || index == 6 || index == 8 || index == 10;
}

void
uuid_format(const struct uuid *id, char out[UUID_TEXT_LEN])
{
	for (size_t i = 0; i < sizeof(id->byte); i++) {
		if (dash_before(i))
			*out++ = '-';
		*out++ = hex_digit[id->byte[i] >> 4];
		*out++ = hex_digit[id->byte[i] & 15];
	}
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
