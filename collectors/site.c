/*
 * site.c - call sites as they stand in a message.
 */
#include "collectors/site.h"

static struct site *
site_of(struct sites *sites, uint64_t address)
{
	uint64_t hash = address * UINT64_C(0x9e3779b97f4a7c15);

	return &sites->site[hash >> 32 & (SITE_COUNT - 1)];
}

static size_t
number_of(uint64_t address, char out[20])
{
	size_t len = 2;

	memcpy(out, "0x", 2);
	for (int shift = 60; shift >= 0; shift -= 4)
		if (address >> shift)
			out[len++] = "0123456789abcdef"[address >> shift & 15];
	return len;
}

static void
put_name(struct json_out *out, message_name_site *name_site, void *arg,
    uint64_t address)
{
	char name[SITE_NAME_MAX];
	size_t len = 0;

	if (name_site)
		len = name_site(arg, address, name, sizeof(name));
	if (len == 0)
		len = number_of(address, name);
	json_put_string(out, name, len < sizeof(name) ? len : sizeof(name));
}

static void
keep(struct site *site, uint64_t address, const char *json, size_t len)
{
	if (len > sizeof(site->json))
		return;
	site->address = address;
	site->len = (uint16_t)len;
	memcpy(site->json, json, len);
}

void
site_put(struct sites *sites, struct json_out *out,
    message_name_site *name_site, void *arg, uint64_t address)
{
	struct site *site = site_of(sites, address);
	size_t before = (size_t)(out->at - out->start);

	if (site->len && site->address == address) {
		json_put_raw(out, site->json, site->len);
		return;
	}
	put_name(out, name_site, arg, address);
	if (!out->failed)
		keep(site, address, out->start + before,
		    (size_t)(out->at - out->start) - before);
}
