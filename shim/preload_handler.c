/*
 * preload_handler.c - which copy of the client library the handler of a signal
 * means.
 *
 * It may have come in the middle of anything, a search of ours or an allocation
 * included.  So it is content with what is known.
 */
#include "shim/preload.h"

/* The copy that all callers mean; NULL: there are several, or none. */
static const struct preload_library *
only_library(void)
{
	const struct preload_library *only = NULL;
	const struct preload_caller *caller;

	for (caller = atomic_load(&preload_callers); caller != &preload_nobody;
	     caller = atomic_load(&caller->next)) {
		if (only && caller->library && caller->library != only)
			return NULL;
		if (caller->library)
			only = caller->library;
	}
	return only;
}

const struct preload_library *
preload_in_handler(const void *address, bool *ret_passes)
{
	const struct preload_caller *caller = preload_seen(address);
	bool seen = caller != &preload_nobody;
	const struct preload_library *library;

	*ret_passes = !seen || caller->passes;
	library = seen ? caller->library : only_library();
	if (!library)
		library = preload_find(address)->library;
	return library ? library : preload_now;
}
