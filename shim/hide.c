/*
 * hide.c - a statement's parameters against the configuration's hide_params.
 */
#include "shim/hide.h"

#include <string.h>

#include "shim/process.h"

bool
hides_params(void)
{
	const struct config *config = process_config();

	return config && *config->hide_params;
}

struct hidden
hidden_params(struct redact_mode mode, const char *sql, size_t len)
{
	const struct config *config = process_config();
	struct hidden hidden = {.any = false};

	if (!config || !*config->hide_params)
		return hidden;
	hidden.any = true;
	if (sql)
		hidden.any = redact_hidden_params(mode, sql, len,
		    config->hide_params, hidden.bits, HIDE_PARAMS);
	else
		memset(hidden.bits, 0xff, sizeof(hidden.bits));
	return hidden;
}

bool
hidden_name(const char *name, size_t len)
{
	const struct config *config = process_config();

	return config && *config->hide_params &&
	       redact_name_is_hidden(config->hide_params, name, len);
}
