/*
 * fuzz_ini.c - any bytes are a configuration or an error, never a crash.
 */
#include <stdlib.h>
#include <string.h>

#include "shim/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
use(void *arg, const char *name, const char *value, bool is_default)
{
	size_t *total = arg;

	*total += strlen(name) + strlen(value) + is_default;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config *config = NULL;
	struct config_problem problem;
	size_t total = 0;

	if (config_parse((const char *)data, size, &config, &problem) !=
	    OSPROF_OK) {
		/* A file in error says why and gives nothing. */
		if (config || strlen(problem.text) == 0)
			abort();
		return 0;
	}
	config_each(config, use, &total);
	if (total == 0 || (config->ring_size & (config->ring_size - 1)))
		abort();
	config_free(config);
	return 0;
}
