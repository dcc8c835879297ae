/*
 * redact.h - osprof redact: its two ways to read.
 */
#ifndef CLI_REDACT_H
#define CLI_REDACT_H

#include "cli/cli.h"
#include "cli/out.h"
#include "redact/redact.h"

/*
 * Read lines with a statement each as JSON from stdin, and answer each with a
 * line.  False if one of them was malformed; *ret_error is an errno if they
 * could not be read at all.
 */
bool redact_lines(struct out *out, int *ret_error);

#endif
