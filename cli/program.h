/*
 * program.h - which program a command is in the end, and whether another can
 * look into it by a preloaded object.
 */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include <limits.h>

enum program_kind {
	PROGRAM_OPEN,    /* its loader takes preloaded objects */
	PROGRAM_STATIC,  /* it has no loader */
	PROGRAM_SECURE,  /* setuid, setgid or with file capabilities */
	PROGRAM_FOREIGN, /* of another machine or word size than osprof */
	PROGRAM_UNREAD,  /* it may be run but not read: nobody can tell */
	PROGRAM_ABSENT,  /* it is not there, or cannot be run */
	PROGRAM_KINDS
};

struct program {
	enum program_kind kind;
	char path[PATH_MAX];   /* the ELF file that runs in the end */
	char script[PATH_MAX]; /* which it is to interpret; "": none */
};

/*
 * Find what execvp() would run for `command`: PATH is searched, and a script's
 * interpreter followed, through env(1) too.  The path may be empty where the
 * program is absent.  Returns ret_program->kind.
 */
enum program_kind program_inspect(
    const char *command, struct program *ret_program);

/*
 * Why a program of this kind cannot be traced from outside, to be read behind
 * its name: "is linked statically"; NULL if it can.
 */
const char *program_obstacle(enum program_kind kind);

#endif
