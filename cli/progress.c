/*
 * progress.c - a sign of life on stderr while reading takes long.
 */
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define SECOND UINT64_C(1000000000)

static uint64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

void
progress_init(struct progress *progress)
{
	*progress = (struct progress){
	    .terminal = isatty(STDERR_FILENO),
	    .next_ns = now_ns() + SECOND,
	};
}

void
progress_step(struct progress *progress)
{
	if (++progress->count % 4096 != 0 || !progress->terminal)
		return;
	if (now_ns() < progress->next_ns)
		return;
	progress->next_ns = now_ns() + SECOND / 5;
	progress->shown = true;
	fprintf(stderr, "\rreading: %" PRIu64 " records", progress->count);
}

void
progress_end(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
