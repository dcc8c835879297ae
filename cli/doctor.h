/*
 * doctor.h - the lines of osprof doctor: each a verdict, and what to do.
 */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include <stdbool.h>

#include "cli/line.h"
#include "cli/out.h"

enum verdict { OK, WARN, BAD };

struct doctor {
	struct out out;
	struct line line;
	struct config *config; /* NULL: in error, or not asked for */
	bool ill;              /* a verdict was bad */
};

/* Begin; false, after a complaint, if there is no output. */
bool doctor_open(struct doctor *doctor);

void doctor_say(struct doctor *doctor, enum verdict verdict, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

/* End; returns the exit status. */
int doctor_close(struct doctor *doctor);

/* What of `command` would be traced by osprof run; returns the exit status. */
int doctor_program(const char *command);

#endif
