/*
 * lines.h - the lines of a file that contain a text, read in large pieces.
 *
 * The file is read, not mapped: whoever shortens a mapped file would end the
 * program that reads it.
 */
#ifndef COLLECTORS_LINES_H
#define COLLECTORS_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "collectors/collector.h"

/*
 * Call `each` for every line of `fd` that contains `needle` (len 0: for all),
 * without its newline, until it returns false.  A last line without newline
 * counts.  A line of more than LINES_MAX bytes is left out and counted in
 * *skipped.
 *
 * False where reading fails, with errno; whether `each` ended it is the
 * caller's to know.
 */
bool lines_each(int fd, struct text needle, uint64_t *skipped,
    bool (*each)(void *arg, struct text line), void *arg);

#define LINES_MAX (64 * 1024 * 1024)

#endif
