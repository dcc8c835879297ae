/*
 * measure.c - rounds and medians.
 */
#include "bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS_MAX 101
#define SUBJECTS_MAX 16

static double
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void
measure_tell(const char *key, double value)
{
	printf("%s %.4f\n", key, value);
	fflush(stdout);
}

void
measure(struct subject *subjects, size_t count, size_t rounds, size_t times)
{
	static double took[SUBJECTS_MAX][ROUNDS_MAX];

	for (size_t round = 0; round < rounds; round++) {
		for (size_t i = 0; i < count; i++) {
			double begin;

			if (subjects[i].before)
				subjects[i].before();
			subjects[i].run(times / 10); /* warm */
			if (subjects[i].before)
				subjects[i].before();
			begin = now_ns();
			subjects[i].run(times);
			took[i][round] = (now_ns() - begin) / (double)times;
		}
	}
	for (size_t i = 0; i < count; i++) {
		qsort(took[i], rounds, sizeof(double), ascending);
		subjects[i].ns = took[i][rounds / 2];
		measure_tell(subjects[i].key, subjects[i].ns);
	}
}
