/*
 * report_json.h - a report as the real `osprofiler trace show --json` prints
 * it, for storage that hands messages out oldest first.
 *
 * Byte by byte the same, but for the members started_us, finished_us,
 * last_trace_started_us and duration_us, which come last in the objects that
 * have their whole milliseconds.
 */
#ifndef CLI_REPORT_JSON_H
#define CLI_REPORT_JSON_H

#include "cli/out.h"
#include "cli/report.h"

/* Write the report, built REPORT_BY_MS, without a line end. */
void report_json(struct out *out, const struct report *report);

#endif
