/*
 * preload_module.h - what is loaded into the process, and what it asks for.
 */
#ifndef SHIM_PRELOAD_MODULE_H
#define SHIM_PRELOAD_MODULE_H

#include <limits.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>

/* A loaded module, and what else a look at all of them tells. */
struct module {
	uintptr_t wanted; /* an address in it */
	uintptr_t begin;
	uintptr_t end;
	const char *path; /* as dlopen() takes it; NULL: there is none */
	uintptr_t base;
	const ElfW(Dyn) * dynamic;
	bool wraps;     /* our header's wrappers are in it */
	unsigned cores; /* tracing cores in the process */
	unsigned long long unloads;
};

/* The module that an address is in; it stays, for it calls, or is called. */
void module_find(const void *address, struct module *ret_module);

static inline bool
module_holds(const struct module *module, const void *address)
{
	return (uintptr_t)address - module->begin < module->end - module->begin;
}

/*
 * The path of the i-th module of the process, as dlopen() takes it (the
 * program's is empty); false: there are not so many.
 */
bool module_path(unsigned i, char path[PATH_MAX]);

/*
 * The i-th version of symbols that the module wants of the library in a file
 * of that name, wherever the file lies; NULL: it wants no more.
 */
const char *module_wants(
    const struct module *module, const char *file, unsigned i);

#endif
