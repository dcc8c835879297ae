/*
 * shown.c - a binary value as pg_value_read() shows it, between guards.
 */
#include "tests/pq/shown.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

size_t
read_hex(const char *hex, char *ret_data)
{
	size_t len = 0;
	unsigned byte;

	for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		ret_data[len++] = (char)byte;
	return len;
}

/* Memory whose last byte is followed by none that may be touched. */
static char *
guarded_end(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t size = (ROOM_MAX + page - 1) / page * page;
	char *at = mmap(NULL, size + page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || mprotect(at + size, page, PROT_NONE) != 0)
		abort();
	return at + size;
}

static void
write_shown(const char *out, struct shown *shown)
{
	size_t kept = shown->value.kept;
	int64_t integer;
	double real;

	if (shown->value.type == PARAM_INT) {
		memcpy(&integer, out, sizeof(integer));
		sprintf(shown->text, "%" PRId64, integer);
	} else if (shown->value.type == PARAM_UINT) {
		memcpy(&integer, out, sizeof(integer));
		sprintf(shown->text, "%" PRIu64, (uint64_t)integer);
	} else if (shown->value.type == PARAM_DOUBLE) {
		memcpy(&real, out, sizeof(real));
		sprintf(shown->text, "%.17g", real);
	} else if (shown->value.type == PARAM_TEXT) {
		memcpy(shown->text, out, kept);
		shown->text[kept] = '\0';
	} else {
		strcpy(shown->text, "\\x");
		for (size_t i = 0; i < kept; i++)
			sprintf(shown->text + 2 + i * 2, "%02x",
			    (unsigned char)out[i]);
	}
}

struct shown *
show(uint32_t oid, const char *data, size_t len, size_t cap)
{
	static struct shown shown;
	static char *data_end, *out_end;
	char *out;

	if (!data_end) {
		data_end = guarded_end();
		out_end = guarded_end();
	}
	memcpy(data_end - len, data, len);
	memset(out_end - ROOM_MAX, '#', ROOM_MAX);
	out = out_end - cap;
	pg_value_read(oid, data_end - len, len, out, cap, &shown.value);
	if (shown.value.kept > cap || shown.value.kept > shown.value.len ||
	    (cap < ROOM_MAX && out[-1] != '#'))
		abort();
	write_shown(out, &shown);
	return &shown;
}
