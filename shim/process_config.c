/*
 * process_config.c - the configuration in force, and what it asks of the gate.
 */
#include "shim/process.h"

#include <string.h>

#include "shim/gate.h"
#include "shim/span.h"

/* The gate that `config` asks for, but for its epoch. */
static unsigned
gate_bits(const struct config *config)
{
	unsigned bits = GATE_SQL;

	if (!config || !config->enabled || !config->trace_sql ||
	    atomic_load(&process.exited))
		return 0;
	if (config->hide_args)
		bits |= GATE_HIDE_ARGS;
	if (config->implicit_trace == IMPLICIT_CONNECTION ||
	    config->implicit_trace == IMPLICIT_TRANSACTION)
		bits |= GATE_HANDLES;
	if (config->trace_transactions)
		bits |= GATE_TRANSACTIONS;
	return bits;
}

/* `changed`: what is hidden has changed, though the bits may not have. */
static void
gate_set(unsigned bits, bool changed)
{
	static unsigned before, epoch;

	if (bits != before || changed)
		epoch += GATE_EPOCH;
	before = bits;
	atomic_store(&gate, bits ? bits | epoch : 0);
}

static bool
hides_others(const struct config *config)
{
	const struct config *before = process_config();

	return config && before && config != before &&
	       strcmp(config->hide_params, before->hide_params) != 0;
}

/* Make `config` the one that everybody reads. */
static void
config_set(struct config *config)
{
	struct config *previous = atomic_load(&process.config);

	/* Readers may hold the old one for ever: it stays. */
	if (config != previous)
		config->previous = previous;
	atomic_store_explicit(&process.config, config, memory_order_release);
	atomic_store(
	    &process.shown, config->hide_args ? 0 : config->max_statement);
}

void
process_publish(struct config *config)
{
	bool changed = hides_others(config);
	int tracing = PROCESS_SILENT;

	if (config)
		config_set(config);
	if (config && config->enabled && !atomic_load(&process.exited))
		tracing = (int)config->implicit_trace;
	if (tracing == IMPLICIT_PROCESS && process.root.foreign)
		tracing = PROCESS_FOREIGN;
	atomic_store(&process.tracing, tracing);
	gate_set(gate_bits(config), changed);
}

const char *
process_watched(void)
{
	return atomic_load(&process.watched);
}

static void
watch(const char *path)
{
	const char *before = process_watched();

	if (!before || strcmp(before, path) != 0)
		atomic_store(&process.watched, strdup(path));
}

/*
 * Join the trace that the environment tells of, with the first configuration
 * whose keys allow it.  Once there is a ring, spans read the root unlocked.
 */
static void
join(const struct config *config)
{
	const struct context *context = &process.context;

	if (!process.joined && !process.rooted)
		process.joined = context_root(
		    context, config->hmac_keys, context->run, &process.root);
}

/* What the environment says wins over the file. */
static enum osprof_error
load_in_context(const char *path, struct config **ret_config)
{
	struct config *config;
	enum osprof_error error = config_load(path, &config, NULL);

	if (error != OSPROF_OK)
		return error;
	if (!context_apply(&process.context, config)) {
		config_free(config);
		return OSPROF_ENOMEM;
	}
	join(config);
	*ret_config = config;
	return OSPROF_OK;
}

enum osprof_error
process_load(const char *path)
{
	char found[SPOOL_PATH_MAX];
	struct config *config = NULL;
	enum osprof_error error = OSPROF_ENOCONFIG;

	if (!path && config_find(found, sizeof(found)))
		path = found;
	if (path)
		watch(path);
	if (path || process.context.run)
		error = load_in_context(path, &config);
	if (error == OSPROF_OK)
		atomic_fetch_add(&process.reloads, 1);
	else if (path)
		atomic_fetch_add(&process.bad_configs, 1);
	process_publish(config);
	return error;
}

struct shim_limits
shim_limits(void)
{
	const struct config *config = process_config();

	return (struct shim_limits){
	    .max_param = config ? (uint32_t)config->max_param : 0,
	    .max_params = config ? (uint32_t)config->max_params : 0,
	};
}
