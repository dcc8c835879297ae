/*
 * measure.h - timing small things on a noisy machine.
 *
 * Subjects are run in turn, round after round, so that what disturbs one
 * disturbs all; what counts is the median of each and the ratios within a run.
 * Results are lines of a key and a number, from which bench/table makes the
 * table: its rows have the same keys.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stddef.h>

struct subject {
	const char *key;
	void (*run)(size_t times); /* do the thing so often */
	void (*before)(void);      /* untimed; may be NULL */
	double ns;                 /* the result: median of one time */
};

/*
 * Measure `count` subjects, and tell each: `rounds` rounds (at most 101) of
 * `times` each.
 */
void measure(
    struct subject *subjects, size_t count, size_t rounds, size_t times);

/* Print a result. */
void measure_tell(const char *key, double value);

#endif
