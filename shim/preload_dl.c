/*
 * preload_dl.c - dlopen() and dlclose(), as a preload object replaces them.
 *
 * A module that is opened with RTLD_DEEPBIND finds its libraries' functions
 * before ours; PHP opens its extensions so.  The flag is taken away.  A module
 * whose own copy of the client library is not the program's keeps it, and goes
 * untraced, for it would use parts of both.  With several preload objects the
 * last in the row takes the flag.
 *
 * dlopen() looks at the address it returns to, for the folders where the
 * calling module has its libraries.  So the real one has to be jumped to, not
 * called; a path with a slash needs no folder.
 */
#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>

#include "shim/preload.h"

/* A mark for other preload objects. */
#define EXPORT __attribute__((visibility("default")))
EXPORT extern const char osprof_preload_object;
const char osprof_preload_object = 1;

typedef void *open_function(const char *path, int mode);
typedef int close_function(void *handle);

static preload_function *
next_of(_Atomic(preload_function *) *found, const char *name)
{
	preload_function *next = atomic_load(found);
	void *symbol;

	if (next)
		return next;
	symbol = dlsym(RTLD_NEXT, name);
	memcpy(&next, &symbol, sizeof(next));
	atomic_store(found, next);
	return next;
}

/* The flags for the next dlopen(), which may be another object's of ours. */
static int
mode_for_next(int mode)
{
	static atomic_int last;

	if (!atomic_load(&last))
		atomic_store(
		    &last, dlsym(RTLD_NEXT, "osprof_preload_object") ? -1 : 1);
	return atomic_load(&last) > 0 ? mode & ~RTLD_DEEPBIND : mode;
}

/* The real dlclose(). */
static int
close_real(void *handle)
{
	static _Atomic(preload_function *) found;

	return ((close_function *)next_of(&found, "dlclose"))(handle);
}

/* libc's own dlopen(), behind everybody who stands before it. */
static void *
open_as_asked(const char *path, int mode)
{
	void *libc = preload_hold("libc.so.6"), *symbol;
	open_function *open = NULL;

	symbol = libc ? dlsym(libc, "dlopen") : NULL;
	memcpy(&open, &symbol, sizeof(open));
	preload_release(libc);
	return open ? open(path, mode) : NULL;
}

static __attribute__((noinline)) void *
open_deepbound(open_function *next, const char *path, int mode)
{
	void *handle = next(path, mode_for_next(mode));
	bool mixes = handle && preload_mixes(handle);

	if (handle)
		dlerror(); /* what was looked for is nobody's error */
	if (!mixes)
		return handle;
	close_real(handle);
	return open_as_asked(path, mode);
}

#ifdef __clang__
# define JUMP __attribute__((musttail)) return
# define JUMPS
#else
# define JUMP return
# define JUMPS __attribute__((optimize("O2")))
#endif

EXPORT JUMPS void *
dlopen(const char *path, int mode)
{
	static _Atomic(preload_function *) found;
	open_function *next = (open_function *)next_of(&found, "dlopen");

	if (mode & RTLD_DEEPBIND) {
		if (path && strchr(path, '/'))
			return open_deepbound(next, path, mode);
		if (!dlsym(RTLD_DEFAULT, preload.mark))
			mode = mode_for_next(mode);
	}
	JUMP next(path, mode);
}

EXPORT int
dlclose(void *handle)
{
	int rc = close_real(handle);

	preload_closed();
	return rc;
}

void *
preload_hold(const char *path)
{
	return dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
}

void
preload_release(void *handle)
{
	if (handle)
		close_real(handle);
}
