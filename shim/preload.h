/*
 * preload.h - how an object of LD_PRELOAD finds the functions it stands before.
 *
 * A preload object has one client library's names and its wrappers under them.
 * The real functions belong to a copy of that library which may be linked, or
 * come later with a plugin, or go again; there may be two.  So each calling
 * module is asked for once: its range of memory, the copy that the dynamic
 * linker would have bound it to, and whether its calls are the program's own.
 * They are not if the caller is that copy itself (libraries call their public
 * functions), wrappers of our header, or a driver of ours.
 *
 * What was found is read without a lock; what was not found is not remembered.
 * It is forgotten when a dlclose() takes any module away.  Nothing is done
 * before the first call.
 */
#ifndef SHIM_PRELOAD_H
#define SHIM_PRELOAD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/gate.h"

#define PRELOAD_MAX 256 /* functions of a client library */

typedef void preload_function(void);

/*
 * The functions of one copy of the client library, none of them NULL but for
 * those whose wrappers ask.
 */
struct preload_library {
	preload_function *function[PRELOAD_MAX];
	const void *mark; /* address of its function of that name */
	atomic_bool gone; /* it may have been unloaded */
	struct preload_library *older;
};

/* A module that has called. */
struct preload_caller {
	uintptr_t begin;
	size_t size;
	const struct preload_library *library; /* NULL: the one in use */
	bool passes; /* its calls are not the program's */
	atomic_bool used;
	_Atomic(struct preload_caller *) next; /* of those in force */
	struct preload_caller *older;          /* of all ever made */
};

/* The facts of the client library: one such object in each preload object. */
struct preload {
	const char *mark; /* a function of each version, which is not wrapped */
	size_t count;
	const char *const *name;
	/* What stands in for functions that a copy lacks. */
	struct preload_library *nothing;
};

extern const struct preload preload;

/*
 * Those in force.  The last one takes any address: it is nobody that was met,
 * and has no library.  Said to be hidden, they are read without a look for
 * where they are.
 */
extern _Atomic(struct preload_caller *) preload_callers
    __attribute__((visibility("hidden")));
extern struct preload_caller preload_nobody
    __attribute__((visibility("hidden")));

/*
 * The copy that the thread's innermost call is for.  Whoever lets the program
 * run, by calling the real function, puts it back afterwards.
 */
extern _Thread_local const struct preload_library *preload_now
    __attribute__((tls_model("initial-exec")));

/* The slow half of preload_find().  Keeps errno. */
const struct preload_caller *preload_meet(const void *address);

/* A dlclose() may have taken modules away. */
void preload_closed(void);

/*
 * Whether the module brings another copy than the one that it is bound to,
 * having been opened without its RTLD_DEEPBIND.
 */
bool preload_mixes(void *handle);

/*
 * A handle of a module that is loaded, by the path that the dynamic linker has
 * for it; NULL is the program.  To be released, which takes no notice of what
 * that unloads.
 */
void *preload_hold(const char *path);
void preload_release(void *handle);

/* What is known already of the module that a call returns to; or nobody. */
static inline const struct preload_caller *
preload_seen(const void *address)
{
	struct preload_caller *caller = atomic_load_explicit(
	    &preload_callers, memory_order_acquire);

	while (__builtin_expect(
	    (uintptr_t)address - caller->begin >= caller->size, 0))
		caller = atomic_load_explicit(
		    &caller->next, memory_order_acquire);
	return caller;
}

/* What is known of it, now if not before. */
static inline const struct preload_caller *
preload_find(const void *address)
{
	const struct preload_caller *caller = preload_seen(address);

	return __builtin_expect(caller != &preload_nobody, 1)
		   ? caller
		   : preload_meet(address);
}

/*
 * The copy for a call out of the handler of a signal, which may have come in
 * the middle of anything: preload_now stays, and no lock is taken.  A caller
 * that nobody has met passes, to the one copy there is; only where there are
 * several, or none yet, it has to be met.
 */
const struct preload_library *preload_in_handler(
    const void *address, bool *ret_passes);

/*
 * Whether a wrapper goes on to the real function at once, asked without a call
 * of our own, so that the compiler needs no frame for it: of a caller that was
 * met before.  What does not pass at once has yet to be asked once more.
 */
static inline __attribute__((always_inline)) bool
preload_passes_at_once(const void *address)
{
	const struct preload_caller *caller;

	if (!gate_shut())
		return false;
	caller = preload_seen(address);
	if (__builtin_expect(!caller->library, 0))
		return false;
	preload_now = caller->library;
	return true;
}

/* The other half of it, where the wrapper has a frame. */
static inline __attribute__((always_inline)) bool
preload_passes_later(const void *address)
{
	const struct preload_caller *caller = preload_find(address);

	if (caller->library)
		preload_now = caller->library;
	return caller->passes;
}

/*
 * The off path of a preloaded wrapper: whether to go on to the real function
 * at once.  `address` is what the wrapper returns to.  The gate is read before
 * the copy is set: behind an atomic read the compiler would load that again.
 */
static inline bool
preload_passes(const void *address)
{
	const struct preload_caller *caller = preload_find(address);
	bool shut = gate_shut();

	if (caller->library)
		preload_now = caller->library;
	return shut || caller->passes;
}

/* clang-format off */
/* The real function in the current copy; `key` counts in preload.name. */
#define PRELOAD_REAL(name, key) \
	((__typeof__(&name))preload_now->function[key])

/* The same, called from where the program's own code may run meanwhile. */
#define PRELOAD_CALL(name, key, ...)					\
	__extension__({							\
		const struct preload_library *library_ = preload_now;	\
		__typeof__(name(__VA_ARGS__)) returned_ =		\
		    PRELOAD_REAL(name, key)(__VA_ARGS__);		\
									\
		preload_now = library_;					\
		returned_;						\
	})

/* The same of a function that returns nothing. */
#define PRELOAD_RUN(name, key, ...)					\
	__extension__({							\
		const struct preload_library *library_ = preload_now;	\
									\
		PRELOAD_REAL(name, key)(__VA_ARGS__);			\
		preload_now = library_;					\
	})
/* clang-format on */

#endif
