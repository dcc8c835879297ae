/*
 * Any bytes as an error text: redact_error() ends, twice is once, and with
 * less room it writes a prefix and wipes the rest.
 */
#include "tests/redact/fuzz_input.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct input input = input_of(data, size);
	const enum redact_dialect dialect = (enum redact_dialect)
						input.mode.dialect;
	/* A variable part that is empty becomes a `?`. */
	const size_t room = input.len + 16;
	char *once = malloc(room), *twice = malloc(room);
	const size_t n = redact_error(
	    dialect, input.text, input.len, once, room);
	const size_t cap = input.len ? (uint8_t)*input.text % (n + 1) : 0;
	size_t i = 0;

	hold(n <= room && (n > 0) == (input.len > 0));
	hold(redact_error(dialect, once, n, twice, room) == n);
	hold(memcmp(once, twice, n) == 0);
	hold(redact_error(dialect, input.text, input.len, twice, cap) == n);
	while (i < cap && twice[i] == once[i])
		i++;
	for (; i < cap; i++)
		hold(twice[i] == ' ');
	free(once);
	free(twice);
	return 0;
}
