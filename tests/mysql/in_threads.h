/*
 * in_threads.h - work that goes from thread to thread.
 */
#ifndef TESTS_MYSQL_IN_THREADS_H
#define TESTS_MYSQL_IN_THREADS_H

#include <pthread.h>

#include "tests/check.h"

#define THREADS_MAX 16

/* All jobs at once, a thread each, none the one that had it before. */
static inline void
in_threads(void *(*work)(void *job), void *jobs, size_t size, size_t count)
{
	pthread_t thread[THREADS_MAX];

	for (size_t i = 0; i < count; i++)
		CHECK(pthread_create(&thread[i], NULL, work,
			  (char *)jobs + i * size) == 0);
	for (size_t i = 0; i < count; i++)
		pthread_join(thread[i], NULL);
}

#endif
