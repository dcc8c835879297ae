/*
 * report_tree.h - a report for people: one line a point, indented as a tree.
 *
 * Times are those of the trace's start and the point's own, with three
 * digits.  A second line has parameters, the outcome and the caller; a server's
 * connection and an error have lines of their own.  All text is made safe for
 * terminals and cut to the width.
 */
#ifndef CLI_REPORT_TREE_H
#define CLI_REPORT_TREE_H

#include "cli/line.h"
#include "cli/report.h"

/* Write the report, built REPORT_BY_US.  `line` is from line_init(). */
void report_tree(
    struct line *line, const struct report *report, const char *base_id);

/* Three digits and a unit, 12.3 µs, or 7 µs; the µ is a u unless `utf8`. */
void duration_text(double us, bool utf8, char out[24]);

#endif
