/*
 * recover.h - taking over the rings that dead programs left.
 */
#ifndef COLLECTORS_RECOVER_H
#define COLLECTORS_RECOVER_H

#include <stdint.h>

#include "collectors/collector.h"
#include "collectors/drain.h"

struct recover_report {
	uint64_t files;      /* drained and removed */
	uint64_t records;    /* stored */
	uint64_t dropped;    /* that the programs had no room for */
	uint64_t torn;       /* that could not be read */
	uint64_t left_alive; /* files whose programs live */
	uint64_t left_other; /* files of another storage, left alone */
	uint64_t left_bad;   /* files that are no spool files or unreadable */
};

/*
 * Drain what dead programs left in `spool_dir` into `connection_string`: the
 * files whose programs wrote to that storage, or all if `any`.  A file that
 * storage does not take stays, and its error is returned with the reason in
 * `problem`.  A folder that does not exist holds no files.
 */
enum osprof_error recover_spool(const char *spool_dir,
    const char *connection_string, bool any, struct recover_report *ret_report,
    char problem[COLLECTOR_PROBLEM]);

/* The same with a drain that is open; for the files of its storage. */
enum osprof_error recover_into(struct drain *drain, const char *spool_dir,
    bool any, struct recover_report *ret_report);

#endif
