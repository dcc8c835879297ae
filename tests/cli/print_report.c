/*
 * print_report.c - a report of messages from stdin, for report_compat.py.
 *
 * A line is a list of the arguments that OSProfiler's _append_results() takes:
 * trace_id, parent_id, name, project, service, host, timestamp, raw_payload.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/report_json.h"
#include "collectors/json_scan.h"

#define ARGUMENTS 8

/* Decode a string in place of its raw text; null gives null. */
static struct text
decode(struct text raw, char *room)
{
	struct text text = {0};

	if (scan_is_string(raw))
		text = (struct text){room, scan_decode(raw, room)};
	return text;
}

static bool
split(char *line, size_t len, struct text raw[ARGUMENTS])
{
	struct scan scan = {.at = line + 1, .end = line + len};

	for (int i = 0; i < ARGUMENTS; i++) {
		if (!scan_value(&scan, &raw[i]) || scan_at_end(&scan))
			return false;
		scan.at++; /* the comma or the bracket */
	}
	return true;
}

static bool
add(struct report *report, char *line, size_t len, char *room)
{
	struct text raw[ARGUMENTS], text[ARGUMENTS];
	struct message message;

	if (!split(line, len, raw))
		return false;
	for (int i = 0; i < ARGUMENTS - 1; i++) {
		text[i] = decode(raw[i], room);
		room += raw[i].len;
	}
	message = (struct message){
	    .trace_id = text[0],
	    .parent_id = text[1],
	    .name = text[2],
	    .project = text[3],
	    .service = text[4],
	    .host = text[5],
	    .timestamp = text[6],
	    .json = raw[7],
	};
	return report_add(report, &message);
}

static bool
add_all(struct report *report)
{
	char *line = NULL, *room = NULL;
	size_t cap = 0;
	ssize_t len;
	bool good = true;

	while (good && (len = getline(&line, &cap, stdin)) > 0) {
		free(room);
		room = malloc((size_t)len);
		good = room && add(report, line, (size_t)len, room);
	}
	free(line);
	free(room);
	return good;
}

int
main(void)
{
	struct report report;
	struct out out;
	bool good;

	report_init(&report);
	good = add_all(&report) && report_build(&report, REPORT_BY_MS) &&
	       out_open(&out, NULL);
	if (good) {
		report_json(&out, &report);
		good = out_close(&out);
	}
	report_free(&report);
	return !good;
}
