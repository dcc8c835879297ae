/*
 * no_memory.h - there is no memory while a test says so.
 *
 * Who is linked with the target no_memory has malloc(), calloc() and mmap() of
 * its own, as far as it is linked statically.
 */
#ifndef TESTS_NO_MEMORY_H
#define TESTS_NO_MEMORY_H

#include <stdbool.h>

extern bool no_memory;

#endif
