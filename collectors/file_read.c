/*
 * file_read.c - file:// read back: the rotated files first, oldest before
 * newest, line by line.
 */
#include "collectors/file.h"

#include <errno.h>
#include <string.h>

#include "collectors/lines.h"
#include "collectors/reader.h"
#include "collectors/rotation.h"
#include "collectors/storage.h"
#include "collectors/summary.h"

struct reading {
	struct file *file;
	struct json_out scratch;
	struct text base_id;
	collector_each_message *each;
	void *arg;
	struct summary *summary; /* list: instead of `each` */
	uint64_t found;
	bool ended;
	bool no_memory;
};

static bool
reading_line(void *arg, struct text line)
{
	struct reading *reading = arg;
	struct message message;

	if (!reader_message(line, &reading->scratch, &message)) {
		reading->no_memory = reading->scratch.failed;
		reading->file->collector.skipped += !reading->no_memory;
		return !reading->no_memory;
	}
	if (reading->summary) {
		reading->no_memory = !summary_add(reading->summary, &message);
		return !reading->no_memory;
	}
	if (message.base_id.len != reading->base_id.len ||
	    memcmp(message.base_id.at, reading->base_id.at,
		message.base_id.len) != 0)
		return true;
	reading->found++;
	reading->ended = !reading->each(reading->arg, &message);
	return !reading->ended;
}

/* The id as it stands in a line; none where it can be written in many ways. */
static struct text
needle_for(struct text base_id)
{
	for (size_t i = 0; i < base_id.len; i++) {
		if (!json_is_clean(base_id.at[i]) || base_id.at[i] == '/')
			return (struct text){0};
	}
	return base_id;
}

static enum osprof_error
reading_fail(struct reading *reading)
{
	struct file *file = reading->file;

	if (!reading->no_memory && errno != ENOMEM)
		return file_fail(file, "read");
	problem_set(
	    file->collector.problem, "no memory to read %s", file->path);
	return OSPROF_ENOMEM;
}

static enum osprof_error
reading_run(struct reading *reading)
{
	struct rotation *files = rotation_open(reading->file->path);
	uint64_t *skipped = &reading->file->collector.skipped;
	struct text needle = needle_for(reading->base_id);
	enum osprof_error error = OSPROF_OK;

	*skipped = 0;
	if (!files)
		return reading_fail(reading);
	if (files->error)
		errno = files->error;
	if (files->error || files->count == 0)
		error = file_fail(reading->file, "open");
	for (size_t i = 0; i < files->count && !error; i++) {
		if (!lines_each(files->fds[i], needle, skipped, reading_line,
			reading) ||
		    reading->no_memory)
			error = reading_fail(reading);
		if (reading->ended)
			break;
	}
	rotation_close(files);
	json_free(&reading->scratch);
	return error;
}

enum osprof_error
file_read(struct collector *collector, const char *base_id,
    collector_each_message *each, void *arg)
{
	struct reading reading = {
	    .file = (struct file *)collector,
	    .base_id = {base_id, strlen(base_id)},
	    .each = each,
	    .arg = arg,
	};
	enum osprof_error error = reading_run(&reading);

	if (error || reading.found > 0)
		return error;
	problem_set(collector->problem, "there is no trace %s in %s", base_id,
	    reading.file->path);
	return OSPROF_ENOTFOUND;
}

enum osprof_error
file_list(struct collector *collector, collector_each_trace *each, void *arg)
{
	struct summary summary = {0};
	struct reading reading = {
	    .file = (struct file *)collector,
	    .summary = &summary,
	};
	enum osprof_error error = reading_run(&reading);

	if (!error)
		summary_each(&summary, each, arg);
	summary_free(&summary);
	return error;
}
