/*
 * preload.c - who calls, and which copy of the client library is meant.
 *
 * A copy is told by its mark, a function that no preload object has: looking
 * that up cannot find ourselves.  The dynamic linker binds a module's calls to
 * the first definition in the program's own scope, then in the module's, that
 * has the version which the module was linked with; the mark is looked up
 * likewise.
 */
#include "shim/preload.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shim/preload_module.h"

struct preload_caller preload_nobody = {.size = SIZE_MAX};
_Atomic(struct preload_caller *) preload_callers = &preload_nobody;
_Thread_local const struct preload_library *preload_now
    __attribute__((tls_model("initial-exec")));

/* All that were ever made; used again where they fit. */
static struct preload_caller *callers;
static struct preload_library *libraries;

/*
 * The lock of these two is the id of the process that holds it: a child forked
 * in the middle finds it free.  Nothing is asked of the dynamic linker under
 * it, whose own lock a constructor that calls us holds.
 */
static atomic_int holder;

static void
lock(void)
{
	int mine = getpid(), seen = atomic_load(&holder);

	while (seen == mine ||
	       !atomic_compare_exchange_strong(&holder, &seen, mine)) {
		sched_yield();
		seen = atomic_load(&holder);
	}
}

static void
unlock(void)
{
	atomic_store(&holder, 0);
}

/* A handle of a loaded module, to be released; NULL if it has none. */
static void *
module_hold(const struct module *module)
{
	if (!module->path)
		return NULL;
	return preload_hold(*module->path ? module->path : NULL);
}

/*
 * What a module that wants versions of its own copy's file gets under the name:
 * the first in the process that has one of them.  False: it wants none.
 */
static bool
wanted_mark(const struct module *module, void *own, void **ret_mark)
{
	struct module copy;
	const char *version;
	unsigned i = 0;

	module_find(own, &copy);
	while ((version = module_wants(module, copy.path, i))) {
		*ret_mark = dlvsym(RTLD_DEFAULT, preload.mark, version);
		if (*ret_mark)
			return true;
		i++;
	}
	*ret_mark = own;
	return i > 0;
}

/* The mark of the copy that the module is bound to; NULL: of none. */
static void *
mark_of(const struct module *module, void *handle)
{
	void *own = handle ? dlsym(handle, preload.mark) : NULL, *mark;

	/* A copy means itself. */
	if (own && module_holds(module, own))
		return own;
	if (own && wanted_mark(module, own, &mark))
		return mark;
	mark = dlsym(RTLD_DEFAULT, preload.mark);
	return mark ? mark : own;
}

/* The mark in the scope of a module, if the wrappers are in it, too. */
static void *
mark_beside(const char *path, const struct module *wrappers)
{
	char name[64] = "osprof_";
	void *handle = preload_hold(*path ? path : NULL), *wrapper, *mark;

	strncat(name, preload.name[0], sizeof(name) - sizeof("osprof_"));
	wrapper = handle ? dlsym(handle, name) : NULL;
	mark = wrapper && module_holds(wrappers, wrapper)
		   ? dlsym(handle, preload.mark)
		   : NULL;
	preload_release(handle);
	return mark;
}

/*
 * A library of wrappers names no client library that it needs.  Where a plugin
 * brought both, they are bound in the plugin's scope.
 */
static void *
mark_of_wrappers(const struct module *wrappers)
{
	char path[PATH_MAX];
	void *mark = NULL;

	for (unsigned i = 0; !mark && module_path(i, path); i++)
		mark = mark_beside(path, wrappers);
	return mark;
}

bool
preload_mixes(void *handle)
{
	void *own = dlsym(handle, preload.mark);
	struct link_map *map;
	struct module module;

	if (!own || dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0)
		return false;
	module_find(map->l_ld, &module);
	return mark_of(&module, handle) != own;
}

/*
 * The copy for a caller that depends on none: it has our functions' addresses
 * from somebody else (SQLite's extensions have).  The one in use on this
 * thread, else the last one that was found.
 */
static struct preload_library *
library_guess(void)
{
	struct preload_library *library;

	for (library = libraries; library; library = library->older)
		if (library == preload_now && !atomic_load(&library->gone))
			return library;
	for (library = libraries; library; library = library->older)
		if (!atomic_load(&library->gone))
			return library;
	return preload.nothing;
}

/*
 * The copy that the mark is of: look all functions up.  What is ours, or in no
 * copy, is absent.
 */
static void
library_look(const void *mark, struct preload_library *ret_library)
{
	struct module module;
	void *handle, *found;

	module_find(mark, &module);
	handle = module_hold(&module);
	*ret_library = (struct preload_library){.mark = mark};
	for (size_t i = 0; i < preload.count; i++) {
		found = handle ? dlsym(handle, preload.name[i]) : NULL;
		ret_library->function[i] = preload.nothing->function[i];
		if (found && module_holds(&module, found))
			memcpy(
			    &ret_library->function[i], &found, sizeof(found));
	}
	preload_release(handle);
}

/* Keep what was looked up.  Under the lock; NULL without memory. */
static struct preload_library *
library_get(const struct preload_library *fresh)
{
	struct preload_library *library;

	for (library = libraries; library; library = library->older) {
		if (library->mark == fresh->mark &&
		    memcmp(library->function, fresh->function,
			sizeof(fresh->function)) == 0) {
			atomic_store(&library->gone, false);
			return library;
		}
	}
	library = malloc(sizeof(*library));
	if (!library)
		return NULL;
	memcpy(library, fresh, sizeof(*fresh));
	library->older = libraries;
	libraries = library;
	return library;
}

static struct preload_caller *
caller_get(const struct module *module, const struct preload_library *library,
    bool passes)
{
	size_t size = module->end - module->begin;
	struct preload_caller *caller;

	for (caller = callers; caller; caller = caller->older)
		if (!atomic_load(&caller->used) &&
		    caller->begin == module->begin && caller->size == size &&
		    caller->library == library && caller->passes == passes)
			return caller;
	caller = calloc(1, sizeof(*caller));
	if (!caller)
		return NULL;
	caller->begin = module->begin;
	caller->size = size;
	caller->library = library;
	caller->passes = passes;
	caller->older = callers;
	callers = caller;
	return caller;
}

/*
 * Put what was found into force: the program's modules in front, for those that
 * pass call less or are in no hurry.
 */
static const struct preload_caller *
caller_add(const struct module *module, const struct preload_library *library,
    bool passes)
{
	struct preload_caller *caller = caller_get(module, library, passes);
	_Atomic(struct preload_caller *) *at = &preload_callers;

	if (!caller)
		return NULL;
	while (passes && atomic_load(at) != &preload_nobody)
		at = &atomic_load(at)->next;
	atomic_store(&caller->used, true);
	atomic_store(&caller->next, atomic_load(at));
	atomic_store_explicit(at, caller, memory_order_release);
	return caller;
}

/* Whether the module's calls are somebody else's than the program's. */
static bool
module_passes(const struct module *module, void *handle, const void *mark)
{
	const void *driver = handle ? dlsym(handle, "osprof_collector") : NULL;

	return module->wraps || module_holds(module, mark) ||
	       (driver && module_holds(module, driver)) ||
	       module->cores > 1; /* it has a core of its own: two would mix */
}

/* An answer for this call alone. */
static const struct preload_caller *
caller_once(const struct preload_library *library, bool passes)
{
	static _Thread_local struct preload_caller once
	    __attribute__((tls_model("initial-exec")));

	once.library = library;
	once.passes = passes;
	return &once;
}

/* Keep what was found of the module; `fresh` has no mark if that is nothing. */
static const struct preload_caller *
meet(const struct module *module, const struct preload_library *fresh,
    bool passes)
{
	const struct preload_caller *caller = NULL;
	struct preload_library *library;

	library = fresh->mark ? library_get(fresh) : NULL;
	if (library && module->path)
		caller = caller_add(module, library, passes);
	if (caller)
		return caller;
	if (!library)
		library = library_guess();
	return caller_once(library, passes || library == preload.nothing);
}

/*
 * A real function that our wrapper called went on to another of its library by
 * a jump, and so to a wrapper again, which returns to the first one.  That is
 * no call of the program's, and for the copy that is called already.
 */
static const struct preload_caller *
meet_ours(const struct module *module)
{
	const struct preload_caller *caller;

	lock();
	caller = caller_add(module, NULL, true);
	unlock();
	return caller ? caller : caller_once(NULL, true);
}

const struct preload_caller *
preload_meet(const void *address)
{
	struct module module;
	struct preload_library fresh = {.mark = NULL};
	const struct preload_caller *caller;
	int saved = errno;
	void *handle, *mark;
	bool passes;

	module_find(address, &module);
	if (module_holds(&module, &preload)) {
		caller = meet_ours(&module);
		errno = saved;
		return caller;
	}
	handle = module_hold(&module);
	mark = mark_of(&module, handle);
	if (!mark && module.wraps)
		mark = mark_of_wrappers(&module);
	if (mark)
		library_look(mark, &fresh);
	passes = module_passes(&module, handle, mark);
	preload_release(handle);
	dlerror(); /* what was not found is nobody's error */

	lock();
	caller = meet(&module, &fresh, passes);
	unlock();
	errno = saved;
	return caller;
}

/* Modules that were taken away so far. */
static _Atomic unsigned long long unloads;

void
preload_closed(void)
{
	struct preload_caller *caller;
	struct preload_library *library;
	struct module module;

	module_find(NULL, &module);
	if (atomic_exchange(&unloads, module.unloads) == module.unloads)
		return;
	lock();
	caller = atomic_exchange(&preload_callers, &preload_nobody);
	for (; caller != &preload_nobody; caller = atomic_load(&caller->next))
		atomic_store(&caller->used, false);
	for (library = libraries; library; library = library->older)
		atomic_store(&library->gone, true);
	unlock();
}
