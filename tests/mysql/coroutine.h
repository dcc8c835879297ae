/*
 * coroutine.h - a call on a stack of its own, which may come back in its middle
 * and go on later, in another thread if need be: Connector/C's way.
 */
#ifndef TESTS_MYSQL_COROUTINE_H
#define TESTS_MYSQL_COROUTINE_H

#include <stdint.h>

/* What a call was given beside its handle; the call knows which of it. */
struct given {
	const char *text[5];
	unsigned long number;
	unsigned long flags;
};

/* A call, and a stack that stays for the next one. */
struct coroutine {
	void (*run)(struct coroutine *call);
	void *on;
	struct given given;
	intptr_t result; /* when it is over */
	struct coroutine_stack *stack;
};

/*
 * Run a call until it waits, and return what it waits for, or until it is
 * over: 0.  One that begins has the stack of those before, also of one that
 * nobody went on with.
 */
int coroutine_start(struct coroutine *call);
int coroutine_go_on(struct coroutine *call);

/*
 * The call that runs waits: come back.  One that is on nobody's stack but the
 * thread's has waited by then.
 */
void coroutine_wait(int events);

#endif
