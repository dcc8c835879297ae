/*
 * file.c - the driver for file://, one message a line.
 *
 *	file:///path.jsonl?max_size=100M&keep=5
 *
 * Any number of processes may write one file.  Who writes holds an flock() on
 * it for one batch, so that a batch that did not fit can be taken back and
 * never tears a line; a line that a crash tore is ended before the next one.
 * With max_size, a file that would pass it becomes path.1, path.1 becomes
 * path.2, and so on up to `keep` (5) of them; without it, which is the
 * default, nothing is ever removed.
 */
#include "collectors/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collectors/rotation.h"
#include "collectors/storage.h"

#define DEFAULT_FILE "trace.jsonl"
#define DEFAULT_KEEP 5

/* Others may rotate the file again and again before we get the lock. */
#define OPEN_TRIES 100

enum osprof_error
file_fail(struct file *file, const char *what)
{
	problem_set(file->collector.problem, "cannot %s %s: %s", what,
	    file->path, strerror(errno));
	return OSPROF_EIO;
}

/*
 * The open file.
 */

/* Whether the path still names the file that is open. */
static bool
is_current(const struct file *file)
{
	struct stat ours, theirs;

	return fstat(file->fd, &ours) == 0 && lstat(file->path, &theirs) == 0 &&
	       ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

static void
file_forget(struct file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
	file->clean_size = -1;
}

/* Open the file; `fd` stays -1 where another process just rotated it away. */
static enum osprof_error
file_open_fd(struct file *file)
{
	char *problem = file->collector.problem;
	enum osprof_error error;

	if (file->fd >= 0)
		return OSPROF_OK;
	if (!uri_make_folders(file->path)) {
		file_fail(file, "make the folder of");
		return OSPROF_EOPEN;
	}
	error = storage_create(file->path, problem);
	if (error)
		return error;
	/* O_NONBLOCK: what storage_create() saw may be a fifo by now. */
	file->fd = open(file->path,
	    O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (file->fd >= 0 || errno == ENOENT)
		return OSPROF_OK;
	file_fail(file, "open");
	return OSPROF_EOPEN;
}

/* Open the file, if need be, and lock it: the one that the path names. */
static enum osprof_error
file_lock(struct file *file)
{
	for (int tries = 0; tries < OPEN_TRIES; tries++) {
		enum osprof_error error = file_open_fd(file);

		if (error)
			return error;
		if (file->fd < 0)
			continue;
		if (!rotation_lock(file->fd, LOCK_EX))
			return file_fail(file, "get the lock of");
		if (is_current(file))
			return OSPROF_OK;
		file_forget(file); /* rotated or removed meanwhile */
	}
	errno = EAGAIN;
	return file_fail(file, "lock");
}

/* Lock a file with room for `len` more bytes; its size is *ret_size. */
static enum osprof_error
file_lock_with_room(struct file *file, size_t len, off_t *ret_size)
{
	for (int tries = 0; tries < OPEN_TRIES; tries++) {
		enum osprof_error error = file_lock(file);
		struct stat st;

		if (error)
			return error;
		if (fstat(file->fd, &st) != 0)
			return file_fail(file, "look at");
		*ret_size = st.st_size;
		if (file->max_size == 0 || st.st_size == 0 ||
		    (uint64_t)st.st_size + len <= file->max_size)
			return OSPROF_OK;
		if (!rotation_turn(file->path, file->keep))
			return file_fail(file, "rotate");
		file_forget(file);
	}
	errno = EAGAIN;
	return file_fail(file, "rotate");
}

/*
 * Writing.
 */

static bool
ends_torn(const struct file *file, off_t size)
{
	char last = '\n';

	if (size == 0 || size == file->clean_size)
		return false;
	return pread(file->fd, &last, 1, size - 1) == 1 && last != '\n';
}

static bool
write_all(int fd, const char *at, size_t len)
{
	while (len > 0) {
		ssize_t done = write(fd, at, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		at += done;
		len -= (size_t)done;
	}
	return true;
}

/* Append the batch, or nothing. */
static enum osprof_error
file_append(struct file *file, off_t size)
{
	const char *at = file->lines.start;
	size_t len = (size_t)(file->lines.at - at);
	bool torn = ends_torn(file, size);

	if ((torn && !write_all(file->fd, "\n", 1)) ||
	    !write_all(file->fd, at, len)) {
		int why = errno;

		if (ftruncate(file->fd, size) != 0)
			file->clean_size = -1;
		errno = why;
		return file_fail(file, "write to");
	}
	file->clean_size = size + torn + (off_t)len;
	return OSPROF_OK;
}

static bool
lines_collect(
    struct json_out *lines, const struct message *messages, size_t count)
{
	lines->at = lines->start;
	lines->failed = false;
	for (size_t i = 0; i < count; i++) {
		json_put_raw(lines, messages[i].json.at, messages[i].json.len);
		json_put_raw(lines, "\n", 1);
	}
	return !lines->failed;
}

static enum osprof_error
file_write(
    struct collector *collector, const struct message *messages, size_t count)
{
	struct file *file = (struct file *)collector;
	enum osprof_error error;
	off_t size;

	if (!lines_collect(&file->lines, messages, count)) {
		problem_set(collector->problem, "no memory for a batch");
		return OSPROF_ENOMEM;
	}
	error = file_lock_with_room(
	    file, (size_t)(file->lines.at - file->lines.start), &size);
	if (!error)
		error = file_append(file, size);
	if (file->fd >= 0)
		flock(file->fd, LOCK_UN);
	return error;
}

/*
 * Opening.
 */

static void
file_close(struct collector *collector)
{
	struct file *file = (struct file *)collector;

	file_forget(file);
	json_free(&file->lines);
	free(file);
}

static enum osprof_error
file_options(struct file *file, const char *connection_string,
    enum collector_mode mode, char problem[COLLECTOR_PROBLEM])
{
	struct uri uri;

	if (!uri_parse(connection_string, &uri) ||
	    !uri_size(&uri, "max_size", &file->max_size) ||
	    !uri_size(&uri, "keep", &file->keep) || file->keep > ROTATION_MAX) {
		problem_set(problem, "the connection string is malformed: "
				     "file:///path?max_size=100M&keep=5 was "
				     "expected");
		return OSPROF_EINVAL;
	}
	return storage_locate(&uri, DEFAULT_FILE, mode, file->path, problem);
}

/* Where the current file is gone, rotated ones may still be there. */
static enum osprof_error
file_check(struct file *file, char problem[COLLECTOR_PROBLEM])
{
	enum osprof_error error = storage_check(file->path, problem);

	if (error == OSPROF_ENOTFOUND && rotation_count(file->path) > 0)
		error = OSPROF_OK;
	return error;
}

static enum osprof_error file_open(const struct collector_config *config,
    struct collector **ret_collector, char problem[COLLECTOR_PROBLEM]);

__attribute__((visibility("default")))
const struct collector_driver osprof_collector = {
    .abi = COLLECTOR_ABI,
    .name = "file",
    .open = file_open,
    .write = file_write,
    .read = file_read,
    .list = file_list,
    .close = file_close,
};

static enum osprof_error
file_open(const struct collector_config *config,
    struct collector **ret_collector, char problem[COLLECTOR_PROBLEM])
{
	struct file *file = calloc(1, sizeof(*file));
	enum osprof_error error;

	if (!file) {
		problem_set(problem, "no memory");
		return OSPROF_ENOMEM;
	}
	file->collector.driver = &osprof_collector;
	file->fd = -1;
	file->clean_size = -1;
	file->keep = DEFAULT_KEEP;
	error = file_options(
	    file, config->connection_string, config->mode, problem);
	if (!error)
		error = config->mode == COLLECTOR_READ
			    ? file_check(file, problem)
			    : file_open_fd(file);
	if (!error) {
		*ret_collector = &file->collector;
		return OSPROF_OK;
	}
	if (file->collector.problem[0])
		memcpy(problem, file->collector.problem, COLLECTOR_PROBLEM);
	file_close(&file->collector);
	return error;
}
