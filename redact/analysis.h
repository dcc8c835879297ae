/*
 * analysis.h - all that is made of one text besides its redacted form.
 */
#ifndef REDACT_ANALYSIS_H
#define REDACT_ANALYSIS_H

#include "redact/outline.h"
#include "redact/shape.h"

struct analysis {
	struct shape shape;
	struct outline outline;
	char *normal; /* where the normal form goes */
	size_t normal_cap;
	uint64_t fingerprint;
	bool lost; /* the text could not be read to its end */
};

#endif
