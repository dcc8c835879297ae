/*
 * run_child.c - starting a command, passing signals on to it, waiting for it.
 *
 * A signal from the terminal, which the kernel sends, goes to the whole process
 * group: the child has it already.  One that somebody sent us was meant for
 * the command.
 */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/run.h"

/* What is passed on; who starts us may have had it ignored. */
static const int passed[] = {
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM};

#define PASSED_COUNT (sizeof(passed) / sizeof(*passed))

static volatile sig_atomic_t receiver; /* pid; 0: nobody any more */
static volatile sig_atomic_t given_up;

static void
pass_on(int signal_number, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	if (!receiver)
		given_up = true;
	else if (info->si_code <= 0 || signal_number == SIGALRM)
		kill((pid_t)receiver, signal_number);
	errno = saved;
}

/* The signals whose handler must not run while the child changes. */
static void
hold_signals(int how)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < PASSED_COUNT; i++)
		sigaddset(&set, passed[i]);
	sigprocmask(how, &set, NULL);
}

static void
catch_signals(void)
{
	struct sigaction action = {
	    .sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART};

	for (size_t i = 0; i < PASSED_COUNT; i++) {
		struct sigaction before;

		if (sigaction(passed[i], NULL, &before) == 0 &&
		    before.sa_handler == SIG_IGN)
			continue;
		sigaction(passed[i], &action, NULL);
	}
}

/* What a script without `#!` is run by, as execvp() does it. */
static int
start_script(pid_t *pid, const posix_spawnattr_t *attributes, char **argv)
{
	static char shell[] = "/bin/sh";
	size_t count = 0;
	char **line;
	int error;

	while (argv[count])
		count++;
	line = calloc(count + 2, sizeof(*line));
	if (!line)
		return ENOMEM;
	line[0] = shell;
	memcpy(line + 1, argv, count * sizeof(*argv));
	error = posix_spawn(pid, shell, NULL, attributes, line, environ);
	free(line);
	return error;
}

static int
start(pid_t *pid, char **argv, const sigset_t *mask)
{
	posix_spawnattr_t attributes;
	sigset_t defaults;
	int error;

	error = posix_spawnattr_init(&attributes);
	if (error)
		return error;
	sigemptyset(&defaults);
	/* main() ignores it for us, not for the command. */
	if (cli_sigpipe == SIG_DFL)
		sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_setsigmask(&attributes, mask);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(
	    &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	error = posix_spawnp(pid, argv[0], NULL, &attributes, argv, environ);
	if (error == ENOEXEC)
		error = start_script(pid, &attributes, argv);
	posix_spawnattr_destroy(&attributes);
	return error;
}

int
child_start(struct child *child, char **argv)
{
	sigset_t before, ended;
	int error;

	*child = (struct child){0};
	/*
	 * What loses its parent becomes ours: so we know of a daemon before
	 * its first statement.
	 */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	sigemptyset(&ended);
	sigaddset(&ended, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ended, &before);
	signal(SIGCHLD, SIG_DFL); /* ignored, it would take the status away */
	hold_signals(SIG_BLOCK);
	error = start(&child->pid, argv, &before);
	if (!error) {
		receiver = child->pid;
		catch_signals();
	}
	hold_signals(SIG_UNBLOCK);
	return error;
}

static void
reap(struct child *child)
{
	struct rusage usage;
	int status;
	pid_t pid;

	hold_signals(SIG_BLOCK);
	while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0) {
		if (pid != child->pid || child->ended)
			continue;
		child->ended = true;
		child->status = status;
		child->usage = usage;
		receiver = 0;
	}
	hold_signals(SIG_UNBLOCK);
}

void
child_wait(struct child *child, unsigned long ns)
{
	const struct timespec nap = {.tv_sec = (time_t)(ns / 1000000000),
	    .tv_nsec = (long)(ns % 1000000000)};
	sigset_t ended;

	sigemptyset(&ended);
	sigaddset(&ended, SIGCHLD);
	sigtimedwait(&ended, NULL, &nap);
	reap(child);
}

bool
child_given_up(void)
{
	return given_up;
}

size_t
child_orphans(pid_t *pid, size_t cap, bool in_session)
{
	FILE *list = fopen("/proc/thread-self/children", "re");
	size_t count = 0;
	int next;

	while (list && fscanf(list, "%d", &next) == 1) {
		if (in_session && getsid(next) != getsid(0))
			continue;
		if (count < cap)
			pid[count] = next;
		count++;
	}
	if (list)
		fclose(list);
	return count;
}

int
child_exit_status(const struct child *child)
{
	if (WIFSIGNALED(child->status))
		return 128 + WTERMSIG(child->status);
	return WEXITSTATUS(child->status);
}
