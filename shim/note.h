/*
 * note.h - marks in a program or library that tell what of osprof is in it.
 *
 * A note of the ELF file: linking keeps it, stripping keeps it, and it is found
 * in memory without a name.  That is what tells a preloaded object that a
 * program which has our libraries linked in statically traces itself.
 */
#ifndef SHIM_NOTE_H
#define SHIM_NOTE_H

#define NOTE_NAME "osprof"

/* What is in there.  NOTE() wants the number itself. */
#define NOTE_WRAPPERS 1 /* those of a client library's header */
#define NOTE_CORE 2     /* the tracing core */

/* clang-format off */
#define NOTE(type) NOTE_TYPED(type)
#define NOTE_TYPED(type)					\
	__asm__(".pushsection .note.osprof, \"a\", %note\n"	\
		".balign 4\n"					\
		".long 7, 0, " #type "\n"			\
		".asciz \"" NOTE_NAME "\"\n"			\
		".balign 4\n"					\
		".popsection")
/* clang-format on */

#endif
