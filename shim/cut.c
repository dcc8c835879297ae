/*
 * cut.c - a text for which its record has too little room.
 */
#include "shim/span.h"

void
put_cut_text(struct fields *fields, enum field_key key, const char *text)
{
	struct field head = {.key = (uint16_t)key, .flags = FIELD_CUT};
	size_t room = (size_t)(fields->end - fields->at);

	fields->cut = true;
	if (room < sizeof(head))
		return;
	head.len = (uint32_t)(room - sizeof(head));
	memcpy(fields->at, &head, sizeof(head));
	memcpy(fields->at + sizeof(head), text, head.len);
	fields->at = fields->end;
}
