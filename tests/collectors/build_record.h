/*
 * build_record.h - records made by hand, as a ring would hold them.
 */
#ifndef TESTS_COLLECTORS_BUILD_RECORD_H
#define TESTS_COLLECTORS_BUILD_RECORD_H

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "shim/record.h"

struct build {
	alignas(8) char bytes[65536];
	size_t size;
	char params[16384];
	size_t params_size;
};

static inline struct record *
build_record(struct build *build)
{
	return (struct record *)(void *)build->bytes;
}

static inline void
build_begin(struct build *build, uint8_t kind, uint8_t flags)
{
	struct record *record = build_record(build);

	memset(build->bytes, 0, sizeof(*record));
	build->size = sizeof(*record);
	build->params_size = 0;
	record->size = (uint32_t)build->size;
	record->kind = kind;
	record->flags = flags;
	for (unsigned i = 0; i < 16; i++) {
		record->base.byte[i] = (unsigned char)(0xb0 | i);
		record->parent.byte[i] = (unsigned char)(0xa0 | i);
		record->id.byte[i] = (unsigned char)(0x10 | i);
	}
}

static inline void
build_field(struct build *build, uint16_t key, uint16_t flags,
    const void *bytes, size_t len)
{
	struct field field = {.key = key, .flags = flags, .len = (uint32_t)len};
	size_t padded = RECORD_PADDED(len);

	memcpy(build->bytes + build->size, &field, sizeof(field));
	build->size += sizeof(field);
	memset(build->bytes + build->size, 0, padded);
	memcpy(build->bytes + build->size, bytes, len);
	build->size += padded;
	build_record(build)->size = (uint32_t)build->size;
}

static inline void
build_text(struct build *build, uint16_t key, const char *text)
{
	build_field(build, key, 0, text, strlen(text));
}

static inline void
build_u64(struct build *build, uint16_t key, uint64_t value)
{
	build_field(build, key, 0, &value, sizeof(value));
}

/* Collect a parameter; build_params() makes the field of them all. */
static inline void
build_param(struct build *build, uint32_t index, const char *name, uint8_t type,
    const void *value, uint16_t kept, uint64_t len)
{
	struct param param = {.index = index,
	    .type = type,
	    .name_len = (uint8_t)strlen(name),
	    .kept = kept,
	    .len = len};
	size_t size = sizeof(param) + kept + param.name_len;
	char *at = build->params + build->params_size;

	memset(at, 0, RECORD_PADDED(size));
	memcpy(at, &param, sizeof(param));
	if (kept > 0)
		memcpy(at + sizeof(param), value, kept);
	memcpy(at + sizeof(param) + kept, name, param.name_len);
	build->params_size += RECORD_PADDED(size);
}

static inline void
build_params(struct build *build)
{
	build_field(build, FIELD_PARAMS, 0, build->params, build->params_size);
}

#endif
