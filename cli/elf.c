/*
 * elf.c - read an ELF file without trusting it.
 *
 * Every number is read by word(), which knows the file's byte order and gives
 * 0 for what lies outside; every offset becomes a part, which lies inside.
 */
#include "cli/elf.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a field lies, and how long it is, in files of 32 and of 64 bits. */
struct field {
	uint8_t at[2];
	uint8_t size[2];
};

#define FIELD(type, name) \
 { \
  {offsetof(Elf32_##type, name), offsetof(Elf64_##type, name)}, \
  { \
   sizeof(((Elf32_##type *)0)->name), sizeof(((Elf64_##type *)0)->name) \
  } \
 }

/* clang-format off */
static const struct field
    E_TYPE      = FIELD(Ehdr, e_type),
    E_MACHINE   = FIELD(Ehdr, e_machine),
    E_PHOFF     = FIELD(Ehdr, e_phoff),
    E_PHNUM     = FIELD(Ehdr, e_phnum),
    E_SHOFF     = FIELD(Ehdr, e_shoff),
    E_SHNUM     = FIELD(Ehdr, e_shnum),
    P_TYPE      = FIELD(Phdr, p_type),
    P_OFFSET    = FIELD(Phdr, p_offset),
    P_VADDR     = FIELD(Phdr, p_vaddr),
    P_FILESZ    = FIELD(Phdr, p_filesz),
    SH_TYPE     = FIELD(Shdr, sh_type),
    SH_OFFSET   = FIELD(Shdr, sh_offset),
    SH_SIZE     = FIELD(Shdr, sh_size),
    SH_LINK     = FIELD(Shdr, sh_link),
    D_TAG       = FIELD(Dyn, d_tag),
    D_VAL       = FIELD(Dyn, d_un.d_val),
    ST_NAME     = FIELD(Sym, st_name),
    ST_INFO     = FIELD(Sym, st_info),
    ST_OTHER    = FIELD(Sym, st_other),
    ST_SHNDX    = FIELD(Sym, st_shndx);

/* How long a row of a table is, in files of 32 and of 64 bits. */
static const size_t
    EHDR[] = { sizeof(Elf32_Ehdr), sizeof(Elf64_Ehdr) },
    PHDR[] = { sizeof(Elf32_Phdr), sizeof(Elf64_Phdr) },
    SHDR[] = { sizeof(Elf32_Shdr), sizeof(Elf64_Shdr) },
    DYN[]  = { sizeof(Elf32_Dyn), sizeof(Elf64_Dyn) },
    SYM[]  = { sizeof(Elf32_Sym), sizeof(Elf64_Sym) };
/* clang-format on */

/* What of `size` bytes at `offset` of the file is there. */
static struct elf_part
part(const struct elf *elf, uint64_t offset, uint64_t size)
{
	struct elf_part part = {elf->at, 0};

	if (offset > elf->size)
		return part;
	part.at += offset;
	part.size = elf->size - offset;
	if (size < part.size)
		part.size = size;
	return part;
}

/* A field of the structure that begins at `at` of the part. */
static uint64_t
word(const struct elf *elf, struct elf_part part, size_t at,
    const struct field *field)
{
	size_t size = field->size[elf->wide];
	uint64_t value = 0;

	at += field->at[elf->wide];
	if (at > part.size || size > part.size - at)
		return 0;
	for (size_t i = 0; i < size; i++)
		value = value << 8 |
			part.at[at + (elf->big ? i : size - 1 - i)];
	return value;
}

/* A table of the file of `count` rows. */
static struct elf_part
table(const struct elf *elf, const struct field *offset,
    const struct field *count, const size_t row[2])
{
	struct elf_part header = part(elf, 0, EHDR[elf->wide]);

	return part(elf, word(elf, header, 0, offset),
	    word(elf, header, 0, count) * row[elf->wide]);
}

/* The text at `offset`; NULL if it does not end within the part. */
static const char *
text_at(struct elf_part strings, uint64_t offset)
{
	if (offset >= strings.size ||
	    !memchr(strings.at + offset, '\0', strings.size - offset))
		return NULL;
	return (const char *)strings.at + offset;
}

/* The rest of the segment that is loaded at an address, as the file has it. */
static struct elf_part
part_at(const struct elf *elf, uint64_t address)
{
	struct elf_part rows = table(elf, &E_PHOFF, &E_PHNUM, PHDR);

	for (size_t at = 0; at < rows.size; at += PHDR[elf->wide]) {
		uint64_t start = word(elf, rows, at, &P_VADDR);
		uint64_t size = word(elf, rows, at, &P_FILESZ);

		if (word(elf, rows, at, &P_TYPE) != PT_LOAD ||
		    address < start || address - start >= size)
			continue;
		return part(elf,
		    word(elf, rows, at, &P_OFFSET) + (address - start),
		    size - (address - start));
	}
	return part(elf, 0, 0);
}

/* The next row of the dynamic section; false after the last. */
static bool
next_dynamic(
    const struct elf *elf, size_t *at, uint64_t *ret_tag, uint64_t *ret_value)
{
	size_t row = *at;

	if (row >= elf->dynamic.size)
		return false;
	*ret_tag = word(elf, elf->dynamic, row, &D_TAG);
	*ret_value = word(elf, elf->dynamic, row, &D_VAL);
	*at = row + DYN[elf->wide];
	return *ret_tag != DT_NULL;
}

/* Whether the value under a tag is an address within the file's segments. */
static bool
is_address(uint64_t tag)
{
	switch (tag) {
	case DT_HASH:
	case DT_GNU_HASH:
	case DT_STRTAB:
	case DT_SYMTAB:
	case DT_RELA:
	case DT_REL:
	case DT_JMPREL:
	case DT_VERSYM:
	case DT_VERDEF:
	case DT_VERNEED:
	case DT_INIT:
		return true;
	}
	return false;
}

/*
 * The symbols of the loader have no count.  Linkers put the tables side by
 * side, so they end before the next one that the section names.
 */
static uint64_t
symbols_size(const struct elf *elf, uint64_t symbols)
{
	uint64_t tag, value, nearest = UINT64_MAX;
	size_t at = 0;

	while (next_dynamic(elf, &at, &tag, &value))
		if (is_address(tag) && value > symbols && value < nearest)
			nearest = value;
	return nearest - symbols;
}

static void
shorten(struct elf_part *part, uint64_t size)
{
	if (size < part->size)
		part->size = size;
}

static void
read_dynamic(struct elf *elf)
{
	uint64_t tag, value, symbols = 0, strings = 0, strings_size = 0;
	size_t at = 0;

	while (next_dynamic(elf, &at, &tag, &value)) {
		if (tag == DT_SYMTAB)
			symbols = value;
		else if (tag == DT_STRTAB)
			strings = value;
		else if (tag == DT_STRSZ)
			strings_size = value;
		else if (tag == DT_SYMBOLIC ||
			 (tag == DT_FLAGS && value & DF_SYMBOLIC))
			elf->symbolic = true;
	}
	elf->shown.symbols = part_at(elf, symbols);
	shorten(&elf->shown.symbols, symbols_size(elf, symbols));
	elf->shown.strings = part_at(elf, strings);
	shorten(&elf->shown.strings, strings_size);
}

static void
read_segments(struct elf *elf)
{
	struct elf_part rows = table(elf, &E_PHOFF, &E_PHNUM, PHDR);

	for (size_t at = 0; at < rows.size; at += PHDR[elf->wide]) {
		uint64_t type = word(elf, rows, at, &P_TYPE);

		if (type == PT_INTERP)
			elf->asks_loader = true;
		else if (type == PT_DYNAMIC)
			elf->dynamic = part(elf, word(elf, rows, at, &P_OFFSET),
			    word(elf, rows, at, &P_FILESZ));
	}
}

static struct elf_part
section(const struct elf *elf, struct elf_part rows, uint64_t number)
{
	size_t at = number * SHDR[elf->wide];

	return part(elf, word(elf, rows, at, &SH_OFFSET),
	    word(elf, rows, at, &SH_SIZE));
}

/* The names that a linker left for debuggers. */
static void
read_sections(struct elf *elf)
{
	struct elf_part rows = table(elf, &E_SHOFF, &E_SHNUM, SHDR);

	for (size_t at = 0; at < rows.size; at += SHDR[elf->wide]) {
		if (word(elf, rows, at, &SH_TYPE) != SHT_SYMTAB)
			continue;
		elf->all.symbols = section(elf, rows, at / SHDR[elf->wide]);
		elf->all.strings = section(
		    elf, rows, word(elf, rows, at, &SH_LINK));
	}
}

bool
elf_read(const void *bytes, size_t size, struct elf *ret_elf)
{
	const unsigned char *ident = bytes;
	struct elf elf = {.at = bytes, .size = size};
	struct elf_part header;
	uint64_t type;

	if (size < EI_NIDENT || memcmp(ident, ELFMAG, SELFMAG) != 0 ||
	    (ident[EI_CLASS] != ELFCLASS32 && ident[EI_CLASS] != ELFCLASS64) ||
	    (ident[EI_DATA] != ELFDATA2LSB && ident[EI_DATA] != ELFDATA2MSB))
		return false;
	elf.wide = ident[EI_CLASS] == ELFCLASS64;
	elf.big = ident[EI_DATA] == ELFDATA2MSB;
	if (size < EHDR[elf.wide])
		return false;
	header = part(&elf, 0, EHDR[elf.wide]);
	type = word(&elf, header, 0, &E_TYPE);
	if (type != ET_EXEC && type != ET_DYN)
		return false;
	elf.machine = (uint16_t)word(&elf, header, 0, &E_MACHINE);
	read_segments(&elf);
	read_dynamic(&elf);
	read_sections(&elf);
	*ret_elf = elf;
	return true;
}

static bool
map_file(int fd, void **ret_at, size_t *ret_size)
{
	struct stat stat;
	void *at;

	if (fstat(fd, &stat) != 0)
		return false;
	errno = ENOEXEC;
	if (!S_ISREG(stat.st_mode) || stat.st_size <= 0)
		return false;
	at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return false;
	*ret_at = at;
	*ret_size = (size_t)stat.st_size;
	return true;
}

bool
elf_open(const char *path, struct elf *ret_elf)
{
	/* Nobody waits for the writer of a pipe. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	void *at = NULL;
	size_t size = 0;
	bool mapped;
	int error;

	if (fd < 0)
		return false;
	mapped = map_file(fd, &at, &size);
	error = errno;
	close(fd);
	errno = error;
	if (!mapped)
		return false;
	if (elf_read(at, size, ret_elf))
		return true;
	munmap(at, size);
	errno = ENOEXEC;
	return false;
}

void
elf_close(struct elf *elf)
{
	munmap((void *)(uintptr_t)elf->at, elf->size);
}

bool
elf_fits(const struct elf *elf, const struct elf *other)
{
	return elf->wide == other->wide && elf->big == other->big &&
	       elf->machine == other->machine;
}

const char *
elf_text(const struct elf *elf, uint64_t tag, size_t *at)
{
	uint64_t is, value;

	while (next_dynamic(elf, at, &is, &value)) {
		const char *text = NULL;

		if (is == tag)
			text = text_at(elf->shown.strings, value);
		if (text)
			return text;
	}
	return NULL;
}

bool
elf_holds(const struct elf *elf, const char *text)
{
	struct elf_part rows = table(elf, &E_PHOFF, &E_PHNUM, PHDR), loaded;

	for (size_t at = 0; at < rows.size; at += PHDR[elf->wide]) {
		if (word(elf, rows, at, &P_TYPE) != PT_LOAD)
			continue;
		loaded = part_at(elf, word(elf, rows, at, &P_VADDR));
		if (memmem(loaded.at, loaded.size, text, strlen(text)))
			return true;
	}
	return false;
}

bool
elf_symbol(const struct elf *elf, const struct elf_names *names, size_t *at,
    struct elf_symbol *ret_symbol)
{
	size_t size = SYM[elf->wide];

	while (*at < names->symbols.size && size <= names->symbols.size - *at) {
		struct elf_part row = {names->symbols.at + *at, size};
		uint64_t info = word(elf, row, 0, &ST_INFO);
		uint64_t seen = word(elf, row, 0, &ST_OTHER) & 3;
		unsigned type = info & 15, bind = (unsigned)info >> 4;
		const char *name = text_at(
		    names->strings, word(elf, row, 0, &ST_NAME));

		*at += size;
		if (!name || !*name)
			continue;
		ret_symbol->name = name;
		ret_symbol->function = type == STT_FUNC || type == STT_NOTYPE ||
				       type == STT_GNU_IFUNC;
		ret_symbol->local = bind == STB_LOCAL || seen == STV_HIDDEN ||
				    seen == STV_INTERNAL;
		ret_symbol->wanted = word(elf, row, 0, &ST_SHNDX) == SHN_UNDEF;
		return true;
	}
	return false;
}
