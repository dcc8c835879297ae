/*
 * trace_id.h - a trace's id as people type it.
 */
#ifndef CLI_TRACE_ID_H
#define CLI_TRACE_ID_H

#include <stdbool.h>

#include "shim/uuid.h"

/*
 * Read a UUID in any spelling: upper case, without dashes, in braces, behind
 * urn:uuid:.  Writes the canonical form, terminated.  False: it is none.
 */
bool trace_id_normalise(const char *text, char ret_id[UUID_TEXT_LEN + 1]);

#endif
