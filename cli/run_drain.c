/*
 * run_drain.c - osprof run drains what the command and its daemons record,
 * while they live and after.
 */
#include "cli/run.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"
#include "collectors/event.h"

/*
 * Whether a program that still lives is in our session.  If none is, they are
 * daemons, for which nobody at the terminal wants to wait.
 */
static bool
someone_to_wait_for(const struct run *run)
{
	const struct source *source = run->agent.sources;

	for (; source; source = source->next) {
		pid_t pid = (pid_t)source->header->pid;

		if (!source->dead && pid != (pid_t)run->pid &&
		    getsid(pid) == getsid(0))
			return true;
	}
	return child_orphans(NULL, 0, true) > 0;
}

/* A command that is done sooner is stored by one delivery. */
#define FIRST_NAP_NS (10 * MS)

void
run_drain(struct run *run)
{
	uint64_t nap = FIRST_NAP_NS;

	while (!run->child.ended) {
		child_wait(&run->child, nap);
		if (run->child.ended)
			run_point_stop(&run->child);
		nap = agent_turn(&run->agent, run->child.ended);
	}
	while (someone_to_wait_for(run) && !child_given_up()) {
		child_wait(&run->child, nap);
		nap = agent_turn(&run->agent, false);
	}
}

bool
run_drain_rest(struct run *run)
{
	uint64_t until = event_now_ns() + run->patience_ns;

	while (run->agent.error != OSPROF_OK || run->agent.left) {
		if (child_given_up() || event_now_ns() >= until)
			return false;
		child_wait(&run->child, 20 * MS);
		agent_turn(&run->agent, true);
	}
	return true;
}

#define DAEMONS_MAX 256

/*
 * Whether one of these processes is there, or one that we read and that is
 * none of them.  By their ids: a lock may fail for other reasons than theirs.
 */
static bool
any_alive(const struct run *run, const pid_t *pid, size_t count)
{
	const struct source *source = run->agent.sources;

	for (size_t i = 0; i < count; i++)
		if (kill(pid[i], 0) == 0)
			return true;
	for (; source; source = source->next)
		if (!source->dead && source->header->pid != run->pid &&
		    kill((pid_t)source->header->pid, 0) == 0)
			return true;
	return false;
}

bool
run_has_daemons(const struct run *run)
{
	return any_alive(run, NULL, 0) || child_orphans(NULL, 0, false) > 0;
}

/* In the background: drain what lives on, then clear up. */
static void
drain_daemons(struct run *run, const pid_t *pid, size_t count)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	uint64_t nap;

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	setsid();
	do {
		nap = agent_turn(&run->agent, false);
		child_wait(&run->child, nap);
	} while (!child_given_up() &&
		 (run->agent.left || any_alive(run, pid, count)));
	agent_turn(&run->agent, true); /* who ended since the last one */
	rmdir(run->folder);
	_exit(EXIT_GOOD);
}

void
run_leave_daemons(struct run *run)
{
	pid_t daemons[DAEMONS_MAX], pid;
	size_t count = child_orphans(daemons, DAEMONS_MAX, false);

	count = count < DAEMONS_MAX ? count : DAEMONS_MAX;
	drain_close(&run->agent.drain);
	pid = fork();
	if (pid == 0)
		drain_daemons(run, daemons, count);
	if (pid > 0)
		complain("a daemon lives on; process %d stores what it records",
		    (int)pid);
}
