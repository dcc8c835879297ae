/*
 * progress.h - a sign of life on stderr while reading takes long.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	uint64_t count;
	uint64_t next_ns; /* when to speak next */
	bool terminal;
	bool shown;
};

/* Nothing is ever shown unless stderr is a terminal. */
void progress_init(struct progress *progress);
/* One more was read.  Looks at the clock once in 4096. */
void progress_step(struct progress *progress);
/* Take the line off the screen. */
void progress_end(struct progress *progress);

#endif
