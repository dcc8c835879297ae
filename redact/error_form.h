/*
 * error_form.h - a text in the form of a known message.
 *
 * In a form `*` is what varies and is never shown, `#` names, with commas
 * between them, `~` such names of two parts at least, or SQLite's index 'i'.
 */
#ifndef REDACT_ERROR_FORM_H
#define REDACT_ERROR_FORM_H

#include "redact/out.h"

struct span {
	const char *at;
	size_t len;
};

/*
 * Put the text in the first form that it has with its names, or in the first
 * that it has without any, or as one `?`.  `rest` is what follows the text,
 * which may be the end of a value.  The last of `forms` is NULL.
 */
void error_put_as(struct out *out, const char *const *forms, struct span text,
    struct span rest);

#endif
