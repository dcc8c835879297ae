/*
 * sign_fuzz.c - no X-Trace-Info does harm, and the ids that are found in one
 * are found again when they are packed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shim/sign.h"
#include "shim/traceparent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_pack(const struct sign_ids *ids)
{
	char info[SIGN_INFO_SIZE];
	struct sign_ids again;

	if (!sign_pack(ids->base_id, ids->parent_id, info) ||
	    !sign_unpack(info, strlen(info), &again) ||
	    strcmp(again.base_id, ids->base_id) != 0 ||
	    strcmp(again.parent_id, ids->parent_id) != 0)
		abort();
}

/* The text in base64, so that the fuzzer finds JSON by itself. */
static void
try_json(const uint8_t *data, size_t size)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				     "nopqrstuvwxyz0123456789-_";
	char info[SIGN_INFO_MAX + 8];
	struct sign_ids ids;
	size_t len = 0;

	for (size_t i = 0; i + 2 < size && len + 4 < sizeof(info); i += 3) {
		unsigned bits = (unsigned)data[i] << 16 |
				(unsigned)data[i + 1] << 8 | data[i + 2];

		for (int shift = 18; shift >= 0; shift -= 6)
			info[len++] = digits[bits >> shift & 63];
	}
	if (sign_unpack(info, len, &ids))
		check_pack(&ids);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sign_ids ids;
	struct uuid base, parent;

	if (sign_unpack((const char *)data, size, &ids))
		check_pack(&ids);
	try_json(data, size);
	traceparent_parse((const char *)data, size, &base, &parent);
	return 0;
}
