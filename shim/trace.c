/*
 * trace.c - what a trace begins with.
 */
#include "shim/trace.h"

#include <string.h>

#include "shim/spool.h"

/* True if the text is no canonical UUID; `ret_id` then stands for it. */
static bool
take_id(const char *text, struct uuid *ret_id, char kept[OSPROF_ID_SIZE])
{
	size_t len = strlen(text);
	uint64_t word[2];

	memmove(kept, text, len + 1);
	if (uuid_parse(text, len, ret_id))
		return false;
	word[0] = spool_storage_key(text);
	word[1] = ~word[0] * 0x9e3779b97f4a7c15u;
	memcpy(ret_id->byte, word, sizeof(word));
	return true;
}

bool
trace_root_set(
    struct trace_root *root, const char *base_id, const char *parent_id)
{
	if (!base_id || !*base_id)
		return false;
	if (!parent_id || !*parent_id)
		parent_id = base_id;
	if (strlen(base_id) >= OSPROF_ID_SIZE ||
	    strlen(parent_id) >= OSPROF_ID_SIZE)
		return false;
	root->foreign = take_id(base_id, &root->base, root->base_text);
	root->foreign |= take_id(parent_id, &root->parent, root->parent_text);
	return true;
}

void
trace_root_new(struct trace_root *root, const struct uuid *id)
{
	root->foreign = false;
	root->base = root->parent = *id;
	uuid_format(id, root->base_text);
	root->base_text[UUID_TEXT_LEN] = '\0';
	memcpy(root->parent_text, root->base_text, UUID_TEXT_LEN + 1);
}
