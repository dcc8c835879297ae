/*
 * agent.h - the drain as a process of its own.
 *
 * It reads the rings of all programs of a spool folder from outside: of the
 * living ones that want it (drain = agent), and of the dead.  What storage
 * does not take stays in the ring.  The caller has the loop: agent_turn(), then
 * a nap as long as it says.
 */
#ifndef COLLECTORS_AGENT_H
#define COLLECTORS_AGENT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "collectors/drain.h"
#include "collectors/source.h"

struct agent {
	char dir[SPOOL_PATH_MAX - 64];
	/*
	 * All files are ours whatever storage they name.  If not, those that
	 * programs left that drained themselves must name our storage.
	 */
	bool any;

	/* What was done and what is there, for the caller to read. */
	uint64_t records; /* stored */
	uint64_t dropped; /* that the programs had no room for */
	uint64_t files;   /* drained and removed */
	size_t living;    /* programs that are read */
	size_t left;      /* files that wait for storage, of programs gone */
	enum osprof_error error; /* of the last delivery */

	/* The module's own. */
	struct drain drain;
	struct source *sources;
	struct timespec folder_time; /* of the folder as it was read */
	uint64_t look_at, clock_at, retry_at, retry_ns;
};

/* Begin; false without memory.  `dir` need not be there. */
bool agent_open(struct agent *agent, const char *dir,
    const char *connection_string, bool any);

/*
 * Store what is in the rings.  Returns how long to sleep, in ns, before the
 * next turn.  With `hurry` a storage that failed is tried at once.
 */
uint64_t agent_turn(struct agent *agent, bool hurry);

/* Have others store from now on.  False without memory: nothing changed. */
bool agent_redirect(struct agent *agent, const char *connection_string);

/* Let go of all files; what is in them waits for the next. */
void agent_close(struct agent *agent);

#endif
