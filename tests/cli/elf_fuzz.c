/*
 * elf_fuzz.c - no file does harm to what reads ELF files and the cache of the
 * loader, and every text and name lies within it.
 */
#include "cli/elf.h"
#include "cli/ld_cache.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_inside(const uint8_t *data, size_t size, const char *text)
{
	const uint8_t *at = (const uint8_t *)text;

	if (at < data || at + strlen(text) >= data + size)
		abort();
}

static void
check_names(const struct elf *elf, const struct elf_names *names)
{
	struct elf_symbol symbol;
	size_t at = 0;

	while (elf_symbol(elf, names, &at, &symbol))
		check_inside(elf->at, elf->size, symbol.name);
}

static void
check_texts(const struct elf *elf)
{
	static const uint64_t tags[] = {
	    DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH};

	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		const char *text;
		size_t at = 0;

		while ((text = elf_text(elf, tags[i], &at)))
			check_inside(elf->at, elf->size, text);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct elf elf;
	const char *path;
	size_t at = 0;

	if (elf_read(data, size, &elf)) {
		check_names(&elf, &elf.shown);
		check_names(&elf, &elf.all);
		check_texts(&elf);
		if (elf_holds(&elf, "text") && !memmem(data, size, "text", 4))
			abort();
	}
	while ((path = ld_cache_next_in(data, size, "a", &at)))
		check_inside(data, size, path);
	return 0;
}
