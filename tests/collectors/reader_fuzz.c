/*
 * reader_fuzz.c - no stored text does harm, and what is taken for JSON is.
 */
#include "collectors/json_scan.h"
#include "collectors/reader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was accepted once is accepted again after it was rewritten. */
static void
check_rewrite(struct text text)
{
	struct scan scan = {text.at, text.at + text.len};
	struct json_out out = {0};
	struct text raw, again;

	if (!scan_value(&scan, &raw))
		return;
	scan_rewrite(raw, &out);
	scan = (struct scan){out.start, out.at};
	if (!scan_value(&scan, &again) || scan.at != scan.end)
		abort();
	json_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text text = {(const char *)data, size};
	struct json_out scratch = {0};
	struct message message;

	reader_message(text, &scratch, &message);
	reader_payload(text, &scratch, &message);
	check_rewrite(text);
	json_free(&scratch);
	return 0;
}
