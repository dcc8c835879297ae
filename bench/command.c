/*
 * command.c - what a command costs: wall time, CPU, the most memory.
 *
 *	bench-command NAME COMMAND [ARGUMENT...]
 *
 * The command's output goes to /dev/null.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/measure.h"

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double
wall_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
become(char **command)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

static void
tell(const char *name, const char *what, double value)
{
	char key[128];

	snprintf(key, sizeof(key), "%s_%s", name, what);
	measure_tell(key, value);
}

int
main(int argc, char **argv)
{
	double begin = wall_s();
	struct rusage usage;
	int status;
	pid_t child;

	if (argc < 3) {
		fprintf(stderr, "usage: bench-command NAME COMMAND...\n");
		return 2;
	}
	child = fork();
	if (child == 0)
		become(argv + 2);
	if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
		perror("bench-command");
		return 1;
	}
	tell(argv[1], "wall_s", wall_s() - begin);
	tell(argv[1], "cpu_s",
	    seconds(usage.ru_utime) + seconds(usage.ru_stime));
	tell(argv[1], "mb", (double)usage.ru_maxrss / 1024);
	return status != 0;
}
