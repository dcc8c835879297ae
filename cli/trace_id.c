/*
 * trace_id.c - a trace's id as people type it.
 */
#include "cli/trace_id.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool
trace_id_normalise(const char *text, char ret_id[UUID_TEXT_LEN + 1])
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	char id[UUID_TEXT_LEN + 1];
	size_t at = 0;

	if (strncasecmp(text, "urn:", 4) == 0)
		text += 4;
	if (strncasecmp(text, "uuid:", 5) == 0)
		text += 5;
	for (; *text; text++) {
		if (strchr("-{}", *text))
			continue;
		if (!isxdigit((unsigned char)*text) || at == UUID_TEXT_LEN)
			return false;
		if (form[at] == '-')
			id[at++] = '-';
		id[at++] = (char)tolower((unsigned char)*text);
	}
	if (at != UUID_TEXT_LEN)
		return false;
	memcpy(ret_id, id, UUID_TEXT_LEN);
	ret_id[UUID_TEXT_LEN] = '\0';
	return true;
}
