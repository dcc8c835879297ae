/*
 * core.c - the core pair against its floor: a START with a statement of 200
 * bytes and one parameter, and its STOP, against two clock reads and two
 * copies of 200 bytes; and the pair with 1, 2 and 16 threads at once.  With a
 * number of pairs it makes these and nothing else, for callgrind, which counts
 * what runs below one_pair().
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/traced.h"
#include "shim/process.h"
#include "shim/span.h"

#define TIMES 2000

static char statement[201];
static char copy[2][256];

static void
floor_run(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		struct timespec now;

		for (int side = 0; side < 2; side++) {
			clock_gettime(CLOCK_MONOTONIC, &now);
			memcpy(copy[side], statement, 200);
			__asm__ volatile("" ::"r"(&now), "r"(copy) : "memory");
		}
	}
}

struct param_int {
	struct param param;
	int64_t value;
};

/* callgrind looks for it by its name. */
__attribute__((noinline)) static void
one_pair(void)
{
	const struct param_int one = {
	    {.index = 1, .type = PARAM_INT, .kept = 8, .len = 8}, 42};
	struct fields fields;
	struct span span;

	if (span_open_detached(&span, &fields, NULL, NULL, 300)) {
		put_known_statement(&fields, redact_default_mode(REDACT_SQLITE),
		    statement, 200);
		put_text(
		    &fields, FIELD_PARAMS, (const char *)&one, sizeof(one));
		span_publish(&span, &fields, clock_ns());
	}
	if (span_close(&span, &fields, 64, clock_ns())) {
		put_u64(&fields, FIELD_ROWS, 1);
		span_finish(&fields);
	}
}

static void
pair_run(size_t times)
{
	for (size_t i = 0; i < times; i++)
		one_pair();
}

static double
thread_cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

struct worker {
	pthread_t thread;
	double ns; /* of CPU, for a pair */
};

static void *
work(void *arg)
{
	struct worker *worker = arg;
	double spent = 0;

	pair_run(100);
	for (int round = 0; round < 50; round++) {
		double begin;

		traced_catch_up();
		begin = thread_cpu_ns();
		pair_run(TIMES);
		spent += thread_cpu_ns() - begin;
	}
	worker->ns = spent / (50.0 * TIMES);
	return NULL;
}

static void
measure_threads(size_t count)
{
	struct worker workers[16];
	double sum = 0;
	char key[32];

	for (size_t i = 0; i < count; i++)
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	for (size_t i = 0; i < count; i++) {
		pthread_join(workers[i].thread, NULL);
		sum += workers[i].ns;
	}
	snprintf(key, sizeof(key), "pair_threads_%zu", count);
	measure_tell(key, sum / (double)count);
}

int
main(int argc, char **argv)
{
	struct subject subjects[] = {
	    {"pair_floor", floor_run, NULL, 0},
	    {"pair", pair_run, traced_catch_up, 0},
	};

	memset(statement, 'x', 200);
	memcpy(statement, "SELECT ", 7);
	osprof_set_notifier(traced_drop, NULL);
	if (osprof_init_from_conf(argv[1], NULL, NULL, NULL) != OSPROF_OK) {
		fprintf(stderr, "usage: core CONFIG [pairs]\n");
		return 2;
	}
	if (argc > 2) {
		pair_run((size_t)atol(argv[2]));
		_exit(0);
	}
	pair_run(10);
	measure(subjects, 2, 101, TIMES);
	measure_threads(1);
	measure_threads(2);
	measure_threads(16);
	return 0;
}
