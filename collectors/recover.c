/*
 * recover.c - draining the files of the dead.
 */
#include "collectors/recover.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collectors/run_folder.h"
#include "shim/spool_dir.h"
#include "shim/spool_left.h"

struct recovery {
	struct drain *drain;
	const char *dir;
	uint64_t storage;
	bool any;
	struct recover_report *report;
	enum osprof_error error;
	bool unread; /* a file could not be read */
};

/* Deliver the rings of one file; OSPROF_OK when nothing is left in it. */
static enum osprof_error
drain_file(struct recovery *recovery, const struct spool_left *left)
{
	struct drain *drain = recovery->drain;
	uint64_t torn = drain->torn, at = 0;
	struct ring *ring;

	if (!drain_source(drain, left->header))
		return OSPROF_ENOMEM;
	while ((ring = spool_left_ring(left, &at))) {
		bool room;

		recovery->report->dropped += atomic_load(&ring->dropped_full) +
					     atomic_load(&ring->dropped_nested);
		do {
			enum osprof_error error;
			size_t count;

			room = drain_gather(drain, ring);
			error = drain_deliver(drain, &count);
			if (error != OSPROF_OK)
				return error;
			recovery->report->records += count;
		} while (!room);
	}
	recovery->report->torn += drain->torn - torn;
	return OSPROF_OK;
}

/*
 * What is no spool file stays, and is no trouble.  What cannot be read is:
 * recovery goes on and fails in the end.
 */
static void
leave_bad(struct recovery *recovery, const char *name, int why)
{
	char reason[128];

	if (why == ENOENT)
		return;
	recovery->report->left_bad++;
	if (why == EINVAL || why == ELOOP)
		return;
	recovery->unread = true;
	snprintf(recovery->drain->problem, COLLECTOR_PROBLEM,
	    "cannot take over %.120s/%.120s: %s", recovery->dir, name,
	    strerror_r(why, reason, sizeof(reason)));
}

static void
recover_file(void *arg, const char *name)
{
	struct recovery *recovery = arg;
	struct spool_left left;

	if (recovery->error != OSPROF_OK)
		return;
	switch (spool_take(recovery->dir, name, &left)) {
	case SPOOL_ALIVE:
		recovery->report->left_alive++;
		return;
	case SPOOL_BAD:
		leave_bad(recovery, name, errno);
		return;
	case SPOOL_DEAD:
		break;
	}
	if (!recovery->any && left.header->storage != recovery->storage) {
		recovery->report->left_other++;
		spool_left_close(&left, false);
		return;
	}
	recovery->error = drain_file(recovery, &left);
	recovery->report->files += recovery->error == OSPROF_OK;
	/* The context points into the file that goes. */
	recovery->drain->header = NULL;
	spool_left_close(&left, recovery->error == OSPROF_OK);
}

/* A folder that an osprof run left: its name tells the storage of all. */
static void
recover_run(void *arg, const char *path, uint64_t storage, int fd)
{
	struct recovery *recovery = arg;
	struct recovery run = *recovery;

	run.dir = path;
	run.any |= storage == run.storage;
	spool_each(path, recover_file, &run);
	recovery->error = run.error;
	recovery->unread |= run.unread;
	rmdir(path); /* only if nothing is left in it */
	close(fd);
}

enum osprof_error
recover_into(struct drain *drain, const char *spool_dir, bool any,
    struct recover_report *ret_report)
{
	struct recovery recovery = {
	    .drain = drain,
	    .dir = spool_dir,
	    .storage = spool_storage_key(drain->connection_string),
	    .any = any,
	    .report = ret_report,
	};

	memset(ret_report, 0, sizeof(*ret_report));
	if (spool_each(spool_dir, recover_file, &recovery) < 0 &&
	    errno != ENOENT) {
		snprintf(drain->problem, sizeof(drain->problem),
		    "cannot read the spool folder %.300s: %s", spool_dir,
		    errno == EACCES ? "permission denied" : "not a folder");
		return OSPROF_EOPEN;
	}
	ret_report->left_alive += run_folder_each(
	    spool_dir, recover_run, &recovery);
	if (recovery.error == OSPROF_OK && recovery.unread)
		return OSPROF_EOPEN;
	return recovery.error;
}

enum osprof_error
recover_spool(const char *spool_dir, const char *connection_string, bool any,
    struct recover_report *ret_report, char problem[COLLECTOR_PROBLEM])
{
	static struct drain drain; /* too much for a stack */
	enum osprof_error error = OSPROF_ENOMEM;

	if (drain_init(&drain, connection_string))
		error = recover_into(&drain, spool_dir, any, ret_report);
	memcpy(problem, drain.problem, COLLECTOR_PROBLEM);
	if (error != OSPROF_OK && !*problem)
		snprintf(problem, COLLECTOR_PROBLEM, "cannot recover: %s",
		    osprof_strerror(error));
	drain_free(&drain);
	return error;
}
