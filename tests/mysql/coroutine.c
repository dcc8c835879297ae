/*
 * coroutine.c - a call on a stack of its own, which may come back in its
 * middle.
 *
 * Whoever goes on with a call stays on its own stack and thread.  The call
 * itself may wake up in another thread: on its stack no address of a thread's
 * own memory may be kept over a wait, and so nothing of it is asked for behind
 * one in the same function.
 */
#include "tests/mysql/coroutine.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "tests/mysql/coroutine_watched.h"

/* As large as Connector/C's, with a page below that nobody may touch. */
#define PAGE 4096
#define STACK_SIZE (15 * PAGE)

struct coroutine_stack {
	ucontext_t inner;
	ucontext_t outer;              /* whoever started it, or goes on */
	struct coroutine_stack *below; /* that one's own, if any */
	struct watched watched;
	char *memory;
	int events;
	bool over;
};

static _Thread_local struct coroutine_stack *running;

static struct coroutine_stack *
stack_make(void)
{
	struct coroutine_stack *stack = calloc(1, sizeof(*stack));
	char *memory = mmap(NULL, PAGE + STACK_SIZE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (!stack || memory == MAP_FAILED) {
		fprintf(stderr, "coroutine: no memory\n");
		abort();
	}
	mprotect(memory, PAGE, PROT_NONE);
	stack->memory = memory + PAGE;
	watched_stack(&stack->watched, stack->memory, STACK_SIZE);
	return stack;
}

/* The first that runs on a stack; makecontext() passes but ints. */
static void
run(unsigned high, unsigned low)
{
	struct coroutine *call = (struct coroutine *)((uintptr_t)high << 32 |
						      low);

	call->run(call);
	call->stack->over = true;
	watched_leave(&call->stack->watched);
	swapcontext(&call->stack->inner, &call->stack->outer);
}

static int
enter(struct coroutine_stack *stack)
{
	stack->below = running;
	running = stack;
	stack->events = 0;
	watched_enter(&stack->watched);
	swapcontext(&stack->outer, &stack->inner);
	running = stack->below;
	return stack->over ? 0 : stack->events;
}

int
coroutine_start(struct coroutine *call)
{
	uintptr_t at = (uintptr_t)call;

	if (!call->stack)
		call->stack = stack_make();
	call->stack->over = false;
	watched_begin(&call->stack->watched);
	getcontext(&call->stack->inner);
	call->stack->inner.uc_stack.ss_sp = call->stack->memory;
	call->stack->inner.uc_stack.ss_size = STACK_SIZE;
	makecontext(&call->stack->inner, (void (*)(void))run, 2,
	    (unsigned)(at >> 32), (unsigned)at);
	return enter(call->stack);
}

int
coroutine_go_on(struct coroutine *call)
{
	return enter(call->stack);
}

void
coroutine_wait(int events)
{
	struct coroutine_stack *stack = running;

	if (!stack)
		return;
	stack->events = events;
	watched_leave(&stack->watched);
	swapcontext(&stack->inner, &stack->outer);
}
