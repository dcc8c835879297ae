/*
 * preload_module.c - what is loaded into the process, and what it asks for.
 */
#include "shim/preload_module.h"

#include <string.h>

#include "shim/note.h"

/* Whether a segment of notes has ours of the type. */
static bool
notes_have(const char *at, size_t left, unsigned type)
{
	while (left >= sizeof(ElfW(Nhdr)) + sizeof(NOTE_NAME)) {
		const ElfW(Nhdr) *note = (const void *)at;
		size_t size = sizeof(*note) + ((note->n_namesz + 3u) & ~3u) +
			      ((note->n_descsz + 3u) & ~3u);

		if (note->n_type == type &&
		    note->n_namesz == sizeof(NOTE_NAME) &&
		    memcmp(note + 1, NOTE_NAME, sizeof(NOTE_NAME)) == 0)
			return true;
		if (size > left)
			break;
		at += size;
		left -= size;
	}
	return false;
}

static bool
module_has(const struct dl_phdr_info *info, unsigned type)
{
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];

		if (segment->p_type == PT_NOTE && segment->p_align <= 4 &&
		    notes_have((const char *)info->dlpi_addr + segment->p_vaddr,
			segment->p_memsz, type))
			return true;
	}
	return false;
}

/* The range of memory that a module's segments take. */
static void
module_range(
    const struct dl_phdr_info *info, uintptr_t *ret_begin, uintptr_t *ret_end)
{
	*ret_begin = UINTPTR_MAX;
	*ret_end = 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		uintptr_t at = info->dlpi_addr + segment->p_vaddr;

		if (segment->p_type != PT_LOAD)
			continue;
		if (at < *ret_begin)
			*ret_begin = at;
		if (at + segment->p_memsz > *ret_end)
			*ret_end = at + segment->p_memsz;
	}
}

static const ElfW(Dyn) * module_dynamic(const struct dl_phdr_info *info)
{
	for (int i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_DYNAMIC)
			return (const void *)(info->dlpi_addr +
					      info->dlpi_phdr[i].p_vaddr);
	return NULL;
}

static int
module_look(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct module *module = arg;
	uintptr_t begin, end;

	(void)size;
	module->unloads = info->dlpi_subs;
	module->cores += module_has(info, NOTE_CORE);
	module_range(info, &begin, &end);
	if (module->wanted < begin || module->wanted >= end)
		return 0;
	module->begin = begin;
	module->end = end;
	module->path = info->dlpi_name;
	module->base = info->dlpi_addr;
	module->dynamic = module_dynamic(info);
	module->wraps = module_has(info, NOTE_WRAPPERS);
	return 0;
}

void
module_find(const void *address, struct module *ret_module)
{
	*ret_module = (struct module){.wanted = (uintptr_t)address};
	dl_iterate_phdr(module_look, ret_module);
}

struct path_search {
	unsigned before; /* modules that still come before it */
	char *path;
};

static int
path_look(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct path_search *search = arg;

	(void)size;
	if (search->before--)
		return 0;
	if (strlen(info->dlpi_name) < PATH_MAX)
		strcpy(search->path, info->dlpi_name);
	return 1;
}

bool
module_path(unsigned i, char path[PATH_MAX])
{
	struct path_search search = {.before = i, .path = path};

	path[0] = '\0';
	return dl_iterate_phdr(path_look, &search) != 0;
}

/*
 * What an entry of the dynamic section points to; NULL: there is none.  The
 * dynamic linker has made addresses of some of them, not of all.
 */
static const void *
dynamic_address(const struct module *module, ElfW(Sxword) tag)
{
	const ElfW(Dyn) *entry = module->dynamic;

	if (!entry)
		return NULL;
	while (entry->d_tag != tag) {
		if (entry->d_tag == DT_NULL)
			return NULL;
		entry++;
	}
	return (const void *)(entry->d_un.d_ptr < module->base
				  ? module->base + entry->d_un.d_ptr
				  : entry->d_un.d_ptr);
}

static const char *
name_in(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path ? path : "";
}

const char *
module_wants(const struct module *module, const char *file, unsigned i)
{
	const char *texts = dynamic_address(module, DT_STRTAB);
	const char *at = dynamic_address(module, DT_VERNEED);
	const ElfW(Verneed) *need = (const void *)at;

	if (!texts || !need)
		return NULL;
	while (strcmp(name_in(texts + need->vn_file), name_in(file)) != 0) {
		if (!need->vn_next)
			return NULL;
		at += need->vn_next;
		need = (const void *)at;
	}
	if (i >= need->vn_cnt)
		return NULL;
	at += need->vn_aux;
	while (i--)
		at += ((const ElfW(Vernaux) *)(const void *)at)->vna_next;
	return texts + ((const ElfW(Vernaux) *)(const void *)at)->vna_name;
}
