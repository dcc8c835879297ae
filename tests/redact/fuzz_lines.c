/*
 * Any bytes on stdin of osprof redact --jsonl: each line is answered by one,
 * which is a JSON object.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/redact.h"
#include "collectors/json_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
hold(bool condition)
{
	if (!condition)
		abort();
}

static size_t
count_lines(const uint8_t *data, size_t size)
{
	size_t lines = size > 0 && data[size - 1] != '\n';

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	return lines;
}

/* Returns how many lines there are. */
static size_t
are_objects(const char *at, size_t len)
{
	const char *const end = at + len;
	size_t lines = 0;

	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		struct scan scan = {at, line_end};
		struct text value;

		hold(line_end && *at == '{' && scan_value(&scan, &value) &&
		     scan_at_end(&scan));
		at = line_end + 1;
		lines++;
	}
	return lines;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *const was = stdin;
	struct out out;
	int error = 0;
	size_t mark;

	hold(out_open(&out, NULL));
	mark = out_hold(&out);
	stdin = fmemopen((void *)(uintptr_t)data, size, "r");
	redact_lines(&out, &error);
	fclose(stdin);
	stdin = was;
	hold(error == 0 && !out.overflow);
	hold(are_objects(out.buffer + mark, out.len - mark) ==
	     count_lines(data, size));
	out_take_back(&out, mark);
	out_abandon(&out);
	return 0;
}
