/*
 * elf_test.c - what ELF files say of themselves is read right, in both word
 * sizes and byte orders, and a file that is cut or wrong does no harm.
 */
#include "cli/elf.h"
#include "tests/check.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * A library of one segment: header, program headers, symbols, strings, dynamic
 * section.  It needs liba, is called libme, has `shown` and wants `wanted`.
 */
#define STRINGS "\0liba\0libme\0shown\0wanted"

struct image {
	bool wide, big;
	unsigned char bytes[1024];
	size_t size;
};

static void
put(struct image *image, size_t at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		image->bytes[at + (image->big ? size - 1 - i : i)] =
		    (unsigned char)(value >> 8 * i);
}

#define PUT(image, at, type, name, value) \
 put((image), \
     (at) + ((image)->wide ? offsetof(Elf64_##type, name) \
			   : offsetof(Elf32_##type, name)), \
     (value), \
     (image)->wide ? sizeof(((Elf64_##type *)0)->name) \
		   : sizeof(((Elf32_##type *)0)->name))
#define SIZE(image, type) \
 ((image)->wide ? sizeof(Elf64_##type) : sizeof(Elf32_##type))

static void
put_symbol(struct image *image, size_t at, unsigned name, unsigned section)
{
	PUT(image, at, Sym, st_name, name);
	PUT(image, at, Sym, st_info, ELF64_ST_INFO(STB_GLOBAL, STT_FUNC));
	PUT(image, at, Sym, st_shndx, section);
}

static void
put_segment(
    struct image *image, size_t at, unsigned type, size_t offset, size_t size)
{
	PUT(image, at, Phdr, p_type, type);
	PUT(image, at, Phdr, p_offset, offset);
	PUT(image, at, Phdr, p_vaddr, 0x10000 + offset);
	PUT(image, at, Phdr, p_filesz, size);
}

static void
make(struct image *image, bool wide, bool big)
{
	const uint64_t tags[][2] = {{DT_NEEDED, 1}, {DT_SONAME, 6},
	    {DT_SYMTAB, 0}, {DT_STRTAB, 0}, {DT_STRSZ, sizeof(STRINGS)},
	    {DT_FLAGS, DF_SYMBOLIC}, {DT_NULL, 0}};
	size_t rows = sizeof(tags) / sizeof(*tags);
	size_t headers, symbols, strings, dynamic;

	*image = (struct image){.wide = wide, .big = big};
	headers = SIZE(image, Ehdr);
	symbols = headers + 2 * SIZE(image, Phdr);
	strings = symbols + 3 * SIZE(image, Sym);
	dynamic = strings + sizeof(STRINGS);
	image->size = dynamic + rows * SIZE(image, Dyn);

	memcpy(image->bytes, ELFMAG, SELFMAG);
	image->bytes[EI_CLASS] = wide ? ELFCLASS64 : ELFCLASS32;
	image->bytes[EI_DATA] = big ? ELFDATA2MSB : ELFDATA2LSB;
	PUT(image, 0, Ehdr, e_type, ET_DYN);
	PUT(image, 0, Ehdr, e_machine, EM_PPC);
	PUT(image, 0, Ehdr, e_phoff, headers);
	PUT(image, 0, Ehdr, e_phnum, 2);
	put_segment(image, headers, PT_LOAD, 0, image->size);
	put_segment(image, headers + SIZE(image, Phdr), PT_DYNAMIC, dynamic,
	    rows * SIZE(image, Dyn));
	put_symbol(image, symbols + SIZE(image, Sym), 12, 1);
	put_symbol(image, symbols + 2 * SIZE(image, Sym), 18, SHN_UNDEF);
	memcpy(image->bytes + strings, STRINGS, sizeof(STRINGS));
	for (size_t i = 0; i < rows; i++) {
		size_t at = dynamic + i * SIZE(image, Dyn);
		uint64_t value = tags[i][0] == DT_SYMTAB   ? 0x10000 + symbols
				 : tags[i][0] == DT_STRTAB ? 0x10000 + strings
							   : tags[i][1];

		PUT(image, at, Dyn, d_tag, tags[i][0]);
		PUT(image, at, Dyn, d_un.d_val, value);
	}
}

static void
check_made(const struct elf *elf)
{
	struct elf_symbol symbol;
	size_t at = 0;

	CHECK_STR(elf_text(elf, DT_NEEDED, &at), "liba");
	CHECK(!elf_text(elf, DT_NEEDED, &at));
	at = 0;
	CHECK_STR(elf_text(elf, DT_SONAME, &at), "libme");
	at = 0;
	CHECK(elf_symbol(elf, &elf->shown, &at, &symbol));
	CHECK_STR(symbol.name, "shown");
	CHECK(symbol.function && !symbol.local && !symbol.wanted);
	CHECK(elf_symbol(elf, &elf->shown, &at, &symbol));
	CHECK_STR(symbol.name, "wanted");
	CHECK(symbol.wanted);
	CHECK(!elf_symbol(elf, &elf->shown, &at, &symbol));
}

static void
test_both_word_sizes_and_byte_orders_are_read(void)
{
	for (int kind = 0; kind < 4; kind++) {
		struct image image;
		struct elf elf;

		make(&image, kind & 1, kind & 2);

		CHECK(elf_read(image.bytes, image.size, &elf));
		CHECK(elf.wide == (kind & 1) && elf.big == !!(kind & 2));
		CHECK(elf.machine == EM_PPC);
		CHECK(elf.symbolic && !elf.asks_loader);
		check_made(&elf);
	}
}

static void
test_only_files_of_one_kind_fit_together(void)
{
	struct image image[4];
	struct elf elf[4];

	for (int kind = 0; kind < 4; kind++) {
		make(&image[kind], kind & 1, kind & 2);
		CHECK(
		    elf_read(image[kind].bytes, image[kind].size, &elf[kind]));
	}

	for (int a = 0; a < 4; a++)
		for (int b = 0; b < 4; b++)
			CHECK(elf_fits(&elf[a], &elf[b]) == (a == b));
}

/* Use all that is read; a sanitizer sees what lies outside. */
static size_t
walk(const struct elf *elf)
{
	struct elf_symbol symbol;
	size_t at = 0, used = 0;
	const char *text;

	while (elf_symbol(elf, &elf->shown, &at, &symbol))
		used += strlen(symbol.name);
	for (at = 0; elf_symbol(elf, &elf->all, &at, &symbol);)
		used += strlen(symbol.name);
	for (at = 0; (text = elf_text(elf, DT_NEEDED, &at));)
		used += strlen(text);
	return used;
}

/* Read a copy that ends where its memory does. */
static void
read_copy(const struct image *image, size_t size)
{
	unsigned char *copy = malloc(size ? size : 1);
	struct elf elf;

	if (!CHECK(copy != NULL))
		return;
	memcpy(copy, image->bytes, size);
	if (elf_read(copy, size, &elf))
		walk(&elf);
	free(copy);
}

static void
test_a_file_that_was_cut_does_no_harm(void)
{
	struct image image;

	for (int kind = 0; kind < 4; kind++) {
		make(&image, kind & 1, kind & 2);
		for (size_t size = 0; size <= image.size; size++)
			read_copy(&image, size);
	}
}

static void
test_no_wrong_byte_does_harm(void)
{
	struct image image, wrong;

	for (int kind = 0; kind < 4; kind++) {
		make(&image, kind & 1, kind & 2);
		for (size_t at = 0; at < image.size; at++) {
			wrong = image;
			wrong.bytes[at] = 0xff;
			read_copy(&wrong, image.size);
			wrong.bytes[at] = image.bytes[at] ^ 0x80;
			read_copy(&wrong, image.size);
			wrong.bytes[at] = 0;
			read_copy(&wrong, image.size);
		}
	}
}

static void
test_a_name_without_an_end_is_no_name(void)
{
	struct image image;
	struct elf elf;
	struct elf_symbol symbol;
	size_t at = 0;

	make(&image, true, false);
	CHECK(elf_read(image.bytes, image.size, &elf));
	elf.shown.strings.size -= 2; /* within the last name */

	CHECK(elf_symbol(&elf, &elf.shown, &at, &symbol));
	CHECK_STR(symbol.name, "shown");
	CHECK(!elf_symbol(&elf, &elf.shown, &at, &symbol));
}

static bool
has_name(const struct elf *elf, const struct elf_names *names, const char *name,
    bool wanted)
{
	struct elf_symbol symbol;
	size_t at = 0;

	while (elf_symbol(elf, names, &at, &symbol))
		if (symbol.wanted == wanted && symbol.function &&
		    strncmp(symbol.name, name, strlen(name)) == 0)
			return true;
	return false;
}

static void
test_a_file_holds_what_is_loaded_of_it(void)
{
	struct image image;
	struct elf elf;

	make(&image, true, false);
	memcpy(image.bytes + image.size, "beyond", 6);

	CHECK(elf_read(image.bytes, image.size + 6, &elf));
	CHECK(elf_holds(&elf, "libme"));
	CHECK(!elf_holds(&elf, "libmine"));
	CHECK(!elf_holds(&elf, "beyond"));
}

static void
test_this_program_is_read_right(void)
{
	struct elf elf;

	if (!CHECK(elf_open("/proc/self/exe", &elf)))
		return;

	CHECK(elf.asks_loader);
	CHECK(elf.wide == (sizeof(void *) == 8));
	CHECK(has_name(&elf, &elf.shown, "memfd_create", true));
	CHECK(has_name(&elf, &elf.all, "elf_symbol", false));
	elf_close(&elf);
}

static void
test_what_is_no_file_of_elf_has_an_errno(void)
{
	char path[64];
	int fd = memfd_create("text", 0);
	struct elf elf;

	CHECK(fd >= 0 && write(fd, "#!/bin/sh\n", 10) == 10);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);

	CHECK(!elf_open(path, &elf) && errno == ENOEXEC);
	CHECK(!elf_open("/", &elf) && errno == ENOEXEC);
	CHECK(!elf_open("/dev/null", &elf) && errno == ENOEXEC);
	CHECK(!elf_open("/nowhere", &elf) && errno == ENOENT);
	CHECK(ftruncate(fd, 0) == 0);
	CHECK(!elf_open(path, &elf) && errno == ENOEXEC);
	close(fd);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_both_word_sizes_and_byte_orders_are_read),
	TEST(test_only_files_of_one_kind_fit_together),
	TEST(test_a_file_that_was_cut_does_no_harm),
	TEST(test_no_wrong_byte_does_harm),
	TEST(test_a_name_without_an_end_is_no_name),
	TEST(test_a_file_holds_what_is_loaded_of_it),
	TEST(test_this_program_is_read_right),
	TEST(test_what_is_no_file_of_elf_has_an_errno))
/* clang-format on */
