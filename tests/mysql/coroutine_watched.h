/*
 * coroutine_watched.h - what those who watch a program's memory have to be told
 * of its stacks: the thread sanitizer, and valgrind.
 */
#ifndef TESTS_MYSQL_COROUTINE_WATCHED_H
#define TESTS_MYSQL_COROUTINE_WATCHED_H

#include <stddef.h>

#ifdef __SANITIZE_THREAD__
# include <sanitizer/tsan_interface.h>
#else
# define __tsan_create_fiber(flags) NULL
# define __tsan_destroy_fiber(fiber) (void)(fiber)
# define __tsan_get_current_fiber() NULL
# define __tsan_switch_to_fiber(fiber, flags) (void)(fiber)
#endif
#if __has_include(<valgrind/valgrind.h>)
# include <valgrind/valgrind.h>
#else
# define VALGRIND_STACK_REGISTER(begin, end) 0
#endif

struct watched {
	void *fiber;
	void *outer;
	unsigned number; /* valgrind's */
};

static inline void
watched_stack(struct watched *watched, char *stack, size_t size)
{
	watched->fiber = NULL;
	watched->number = VALGRIND_STACK_REGISTER(stack, stack + size);
}

/* A call begins on it. */
static inline void
watched_begin(struct watched *watched)
{
	if (watched->fiber)
		__tsan_destroy_fiber(watched->fiber);
	watched->fiber = __tsan_create_fiber(0);
}

/* Just before the program goes to that stack, or from it. */
static inline void
watched_enter(struct watched *watched)
{
	watched->outer = __tsan_get_current_fiber();
	__tsan_switch_to_fiber(watched->fiber, 0);
}

static inline void
watched_leave(struct watched *watched)
{
	__tsan_switch_to_fiber(watched->outer, 0);
}

#endif
