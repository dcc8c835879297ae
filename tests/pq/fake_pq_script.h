/*
 * fake_pq_script.h - how the fake's calls play from the script.
 */
#ifndef TESTS_FAKE_PQ_SCRIPT_H
#define TESTS_FAKE_PQ_SCRIPT_H

#include "tests/pq/fake_pq.h"

struct played {
	PGresult *result;
	int number;
	void *pointer;
};

/* `text` is what the script may ask for; then all arguments, in order. */
struct played play(const char *call, PGconn *conn, const char *text,
    const uintptr_t *argument, size_t count);

#define ARGUMENTS(...) \
 (const uintptr_t[]){__VA_ARGS__}, \
     sizeof((const uintptr_t[]){__VA_ARGS__}) / sizeof(uintptr_t)
#define ARG(argument) ((uintptr_t)(argument))

/* The test fails: `what` is not as the script says. */
void fault(const char *what, const char *is, const char *wanted);

#endif
