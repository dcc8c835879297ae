/*
 * json_take.h - stepping over the next token of JSON text, if it is there.
 */
#ifndef COLLECTORS_JSON_TAKE_H
#define COLLECTORS_JSON_TAKE_H

#include <string.h>

#include "collectors/json_scan.h"

/* Take `c` if it is next. */
static inline bool
take(struct scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

static inline bool
take_word(struct scan *scan, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(scan->end - scan->at) < len ||
	    memcmp(scan->at, word, len) != 0)
		return false;
	scan->at += len;
	return true;
}

/* Step over a string behind its opening quote, the closing one included. */
bool string_skip(struct scan *scan);

/* The same, and put it without its quotes as json.dumps() would write it. */
bool string_put(struct scan *scan, struct json_out *out);

#endif
