/*
 * inside.h - whether a program has a client library inside, of which no name
 * is left.
 */
#ifndef CLI_INSIDE_H
#define CLI_INSIDE_H

#include <stdbool.h>

#include "cli/elf.h"

/* `library` is what stands for it in its preload object's name ("sqlite"). */
bool inside_has(const struct elf *elf, const char *library);

#endif
