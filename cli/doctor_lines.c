/*
 * doctor_lines.c - the lines of osprof doctor.
 */
#include "cli/doctor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

bool
doctor_open(struct doctor *doctor)
{
	*doctor = (struct doctor){.config = NULL};
	if (!out_open(&doctor->out, NULL))
		return complain_output(NULL);
	line_init(&doctor->line, &doctor->out);
	doctor->line.width = 0; /* a remedy is no good without its end */
	return true;
}

void
doctor_say(struct doctor *doctor, enum verdict verdict, const char *format, ...)
{
	static const char *const word[] = {"ok   ", "warn ", "bad  "};
	static const char *const colour[] = {"32", "33", "31"};
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	doctor->ill |= verdict == BAD;
	if (!text) {
		out_fail(&doctor->out, ENOMEM);
		return;
	}
	line_colour(&doctor->line, colour[verdict]);
	line_plain(&doctor->line, word[verdict]);
	line_colour(&doctor->line, "");
	line_text(&doctor->line, (struct text){text, strlen(text)});
	line_end(&doctor->line);
	free(text);
}

int
doctor_close(struct doctor *doctor)
{
	line_free(&doctor->line);
	if (!out_close(&doctor->out))
		doctor->ill = !complain_output(NULL);
	return doctor->ill ? EXIT_BAD : EXIT_GOOD;
}
