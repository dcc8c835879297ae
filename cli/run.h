/*
 * run.h - the parts of osprof run: what the command finds in its environment,
 * how it is started, told of signals and waited for, and who drains it.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "collectors/agent.h"
#include "osprof.h"
#include "shim/spool.h"

/* As env(1), nohup(1) and timeout(1) have them. */
enum {
	EXIT_OURS = 125,   /* osprof run could not do its part */
	EXIT_CANNOT = 126, /* the command is there but does not start */
	EXIT_NOT_FOUND = 127,
};

/* A started command. */
struct child {
	pid_t pid;
	bool ended;
	int status; /* of wait4(), once it has ended */
	struct rusage usage;
};

/*
 * Start `argv`, whose terminal, process group and signals are what ours were.
 * From now on the signals that ask a program for something are passed on.
 * Returns 0, or errno.
 */
int child_start(struct child *child, char **argv);

/* Sleep until a child ends, a signal comes, or `ns` are over. */
void child_wait(struct child *child, unsigned long ns);

/* Whether a signal came that nobody is left to take. */
bool child_given_up(void);

/*
 * Count the children that we have, or have from the command as orphans: all, or
 * only those `in_session` of ours.  The first `cap` pids go to `pid`.
 */
size_t child_orphans(pid_t *pid, size_t cap, bool in_session);

/* What a shell makes of the status: 128 + the signal's number. */
int child_exit_status(const struct child *child);

/* One osprof run, from its arguments to its last line. */
struct run {
	const char *connection_string; /* as given, or NULL */
	const char *config_path;
	const char *os_profile; /* a key */
	char **argv;            /* the command's */
	uint32_t pid;           /* ours; the background's is another */

	char *key; /* that signs; NULL: none */
	char *storage;
	bool hide_args;
	uint64_t patience_ns; /* with storage, when all is over */
	char folder[SPOOL_PATH_MAX - 64];
	char base_id[OSPROF_ID_SIZE];
	bool traced; /* there is a folder, and a trace */
	struct agent agent;
	struct child child;
};

/*
 * Begin the trace, or join the one that the environment tells of, and its
 * point `process`, which shows the command: its first word only, if
 * `hide_args`.  `base_id` is the trace's.  False, after a complaint, if there
 * can be none.
 */
bool run_point_start(
    char *const *argv, bool hide_args, char base_id[OSPROF_ID_SIZE]);

/* End it with what the kernel says of the command. */
void run_point_stop(const struct child *child);

/*
 * Have the preload objects that are installed loaded into what we start,
 * behind those that the user wants.  False, after a complaint, where that
 * cannot be.
 */
bool run_preload(void);

/* Set a variable for what we start; false, after a complaint, if it fails. */
bool run_setenv(const char *name, const char *value);

/* Drain until the command and all that it started are gone. */
void run_drain(struct run *run);

/* Store what is left; false if storage does not take it in time. */
bool run_drain_rest(struct run *run);

/* Whether something that the command started lives on. */
bool run_has_daemons(const struct run *run);

/*
 * Leave the daemons to a process of ours that has no terminal.  What was open
 * in storage is closed first: it does not survive a fork.
 */
void run_leave_daemons(struct run *run);

#endif
