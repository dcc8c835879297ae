/*
 * traced.h - tracing on in a benchmark: the drain does its work, and what it
 * made of the records is thrown away.
 */
#ifndef BENCH_TRACED_H
#define BENCH_TRACED_H

#include "osprof.h"

/* For osprof_set_notifier(). */
static inline void
traced_drop(const char *message, size_t length, void *arg)
{
	(void)message;
	(void)length;
	(void)arg;
}

/* The drain is not what is measured: let it catch up untimed. */
static inline void
traced_catch_up(void)
{
	osprof_flush(10000);
}

#endif
