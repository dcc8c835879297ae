/*
 * elf.h - what an ELF file says of itself: how it is loaded, which libraries
 * it needs, which names it has and which it wants from others.
 *
 * Files of both word sizes and byte orders are read, and none is trusted: what
 * points outside the file is not there.
 */
#ifndef CLI_ELF_H
#define CLI_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part of the file; nothing of it lies outside. */
struct elf_part {
	const unsigned char *at;
	size_t size;
};

/* Names with what is known of them; both parts may be empty. */
struct elf_names {
	struct elf_part symbols;
	struct elf_part strings;
};

struct elf {
	const unsigned char *at;
	size_t size;
	bool wide;        /* 64 bits */
	bool big;         /* the most significant byte comes first */
	bool asks_loader; /* it names a program that loads it */
	bool symbolic;    /* its own names are bound to itself (-Bsymbolic) */
	uint16_t machine;
	struct elf_part dynamic;
	struct elf_names shown; /* what the loader binds */
	struct elf_names all;   /* empty where they were stripped */
};

struct elf_symbol {
	const char *name;
	bool function; /* or of no type, as what is wanted often is */
	bool local;    /* no other file sees it */
	bool wanted;   /* from another file */
};

/* False, with nothing changed, where the bytes are no ELF program or library.
 */
bool elf_read(const void *bytes, size_t size, struct elf *ret_elf);

/*
 * The same for a file, which stays mapped until elf_close().  False, with
 * errno, where it cannot be opened; ENOEXEC if it is not ELF.
 */
bool elf_open(const char *path, struct elf *ret_elf);
void elf_close(struct elf *elf);

/* Whether one process can load both. */
bool elf_fits(const struct elf *elf, const struct elf *other);

/*
 * The next text of the dynamic section under `tag` (DT_NEEDED, DT_SONAME,
 * DT_RPATH, DT_RUNPATH); NULL after the last.  `*at` begins at 0.
 */
const char *elf_text(const struct elf *elf, uint64_t tag, size_t *at);

/* Whether these bytes are among what is loaded of the file. */
bool elf_holds(const struct elf *elf, const char *text);

/* The next symbol; false after the last.  `*at` begins at 0. */
bool elf_symbol(const struct elf *elf, const struct elf_names *names,
    size_t *at, struct elf_symbol *ret_symbol);

#endif
