/*
 * option_number.h - numbers as values of options: struct type's calls.
 *
 *	count    a whole number
 *	size     bytes, with k, M or G behind them
 *	power    a size that is rounded up to a power of two
 *	seconds  with a fraction; kept as milliseconds
 */
#ifndef SHIM_OPTION_NUMBER_H
#define SHIM_OPTION_NUMBER_H

#include "shim/option.h"

bool read_count(
    const struct option *option, struct piece text, uint64_t *ret_number);
bool read_size(
    const struct option *option, struct piece text, uint64_t *ret_number);
bool read_power(
    const struct option *option, struct piece text, uint64_t *ret_number);
bool read_seconds(
    const struct option *option, struct piece text, uint64_t *ret_number);

void show_count(
    const struct option *option, uint64_t number, char *out, size_t cap);
void show_size(
    const struct option *option, uint64_t number, char *out, size_t cap);
void show_seconds(
    const struct option *option, uint64_t number, char *out, size_t cap);

void spell_number(struct piece text, uint64_t number, char *out, size_t cap);
void spell_seconds(struct piece text, uint64_t number, char *out, size_t cap);

#endif
