/*
 * file.h - the two halves of the driver for file://.
 */
#ifndef COLLECTORS_FILE_H
#define COLLECTORS_FILE_H

#include <sys/types.h>

#include "collectors/collector.h"
#include "collectors/json.h"
#include "collectors/uri.h"

struct file {
	struct collector collector;
	char path[URI_PATH_MAX];
	uint64_t max_size; /* 0: never rotate */
	uint64_t keep;
	int fd;                /* -1: to be opened */
	off_t clean_size;      /* the size that our last batch left, whole */
	struct json_out lines; /* of a batch */
};

/* Say what could not be done, and errno's reason.  Returns OSPROF_EIO. */
enum osprof_error file_fail(struct file *file, const char *what);

/* The driver's calls that read. */
enum osprof_error file_read(struct collector *collector, const char *base_id,
    collector_each_message *each, void *arg);
enum osprof_error file_list(
    struct collector *collector, collector_each_trace *each, void *arg);

#endif
