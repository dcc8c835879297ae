/*
 * modules.h - where the program and its libraries lie in memory.
 *
 * A caller is recorded as an address.  What it belongs to stands in the spool
 * file's header, so that it can be told when the process is gone: lines of
 * "<begin> <end> <load address> <path>\n", numbers in hex.
 */
#ifndef SHIM_MODULES_H
#define SHIM_MODULES_H

#include <stddef.h>
#include <stdint.h>

#include "shim/spool.h"

/* Write the process's modules into its header, in place of what was there. */
void modules_snapshot(struct spool_header *header);

/*
 * Write "path+0xoffset" of `address` to `out`, terminated; returns its length,
 * 0 where no module of the header holds the address.
 */
size_t modules_name(
    const struct spool_header *header, uint64_t address, char *out, size_t cap);

#endif
