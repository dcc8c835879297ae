/*
 * value_net.c - network addresses.
 */
#include "pq/value_reading.h"

enum { FAMILY_IPV4 = 2, FAMILY_IPV6 = 3 };

#define WORDS 8 /* of an IPv6 address */

void
read_macaddr(struct reading *reading, const struct pg_type *type)
{
	for (unsigned i = 0; i < type->size; i++) {
		if (i > 0)
			show_char(reading, ':');
		show_hex(reading, 1);
	}
}

static void
show_ipv4(struct reading *reading)
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			show_char(reading, '.');
		show_u64(reading, take(reading, 1));
	}
}

static unsigned
word_at(const unsigned char *address, int i)
{
	return (unsigned)address[i * 2] << 8 | address[i * 2 + 1];
}

/* Words of zeros, which are written as `::`. */
struct zeros {
	int first;
	int count;
};

/* The first of the longest runs, of two words at least. */
static struct zeros
longest_zeros(const unsigned char *address)
{
	struct zeros best = {-1, 0}, run = {0, 0};

	for (int i = 0; i < WORDS; i++) {
		if (word_at(address, i)) {
			run = (struct zeros){i + 1, 0};
			continue;
		}
		run.count++;
		if (run.count > 1 && run.count > best.count)
			best = run;
	}
	return best;
}

/* Whether the last two words are written as an IPv4 address. */
static bool
holds_ipv4(const unsigned char *address, const struct zeros *zeros)
{
	if (zeros->first != 0)
		return false;
	return zeros->count == 6 ||
	       (zeros->count == 5 && word_at(address, 5) == 0xffff);
}

static void
show_ipv6(struct reading *reading)
{
	const unsigned char *address = reading->at;
	struct zeros zeros = longest_zeros(address);
	bool with_ipv4 = holds_ipv4(address, &zeros);

	for (int i = 0; i < WORDS; i++) {
		if (i >= zeros.first && i < zeros.first + zeros.count) {
			if (i == zeros.first)
				show_char(reading, ':');
			continue;
		}
		if (i > 0)
			show_char(reading, ':');
		if (i == 6 && with_ipv4) {
			reading->at = address + 12;
			show_ipv4(reading);
			return;
		}
		show_base16(reading, word_at(address, i), lower_digits);
	}
	if (zeros.first + zeros.count == WORDS)
		show_char(reading, ':');
	reading->at = reading->end;
}

/* Family, bits of the mask, whether it is a cidr, bytes of the address. */
static void
read_address(struct reading *reading, bool cidr)
{
	uint64_t family = take(reading, 1), bits = take(reading, 1);
	bool ipv4 = family == FAMILY_IPV4;
	size_t size = ipv4 ? 4 : 16;
	uint64_t said_cidr = take(reading, 1), len = take(reading, 1);

	if ((!ipv4 && family != FAMILY_IPV6) || bits > size * 8 ||
	    said_cidr > 1 || len != size || reading_left(reading) != size) {
		reading->bad = true;
		return;
	}
	if (ipv4)
		show_ipv4(reading);
	else
		show_ipv6(reading);
	if (!cidr && bits == size * 8)
		return;
	show_char(reading, '/');
	show_u64(reading, bits);
}

void
read_inet(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	read_address(reading, false);
}

void
read_cidr(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	read_address(reading, true);
}
