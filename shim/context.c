/*
 * context.c - reading the environment that a process was started in.
 */
#include "shim/context.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/sign.h"
#include "shim/spool.h"
#include "shim/traceparent.h"

/* A variable of the environment, as struct context has it. */
static char *
take(const char *name)
{
	const char *value = secure_getenv(name);

	return value && *value ? strdup(value) : NULL;
}

/* Whether the folder leaves room for the names of files in it. */
static bool
is_folder(const char *path)
{
	return path && *path == '/' && strlen(path) < SPOOL_PATH_MAX - 64;
}

void
context_read(struct context *context)
{
	*context = (struct context){
	    .run = take("OSPROF_RUN"),
	    .trace = take("OSPROF_TRACE"),
	    .traceparent = take("TRACEPARENT"),
	    .tracestate = take("TRACESTATE"),
	    .info = take("X_TRACE_INFO"),
	    .hmac = take("X_TRACE_HMAC"),
	};
	if (!is_folder(context->run)) {
		free(context->run);
		context->run = NULL;
	}
}

void
context_free(struct context *context)
{
	free(context->run);
	free(context->trace);
	free(context->traceparent);
	free(context->tracestate);
	free(context->info);
	free(context->hmac);
	*context = (struct context){.run = NULL};
}

bool
context_apply(const struct context *context, struct config *config)
{
	char *folder;

	if (!context->run)
		return true;
	folder = strdup(context->run);
	if (!folder)
		return false;
	free(config->spool_dir);
	config->spool_dir = folder;
	config->enabled = config->trace_sql = true;
	config->drain = DRAIN_AGENT;
	return true;
}

/* <base_id>/<parent_id>; a base_id that is no UUID may hold a slash too. */
static bool
root_of_trace(const char *trace, struct trace_root *ret_root)
{
	const char *slash = trace ? strrchr(trace, '/') : NULL;
	size_t len = slash ? (size_t)(slash - trace) : 0;
	char base_id[OSPROF_ID_SIZE];

	if (!slash || len >= sizeof(base_id))
		return false;
	memcpy(base_id, trace, len);
	base_id[len] = '\0';
	return trace_root_set(ret_root, base_id, slash + 1);
}

static bool
root_of_traceparent(const char *text, struct trace_root *ret_root)
{
	struct uuid base, parent;
	char base_id[UUID_TEXT_LEN + 1] = "", parent_id[UUID_TEXT_LEN + 1] = "";

	if (!text || !traceparent_parse(text, strlen(text), &base, &parent))
		return false;
	uuid_format(&base, base_id);
	uuid_format(&parent, parent_id);
	return trace_root_set(ret_root, base_id, parent_id);
}

/* A pair whose ids are empty asks for a trace, but does not say which. */
static bool
root_of_pair(const struct context *context, const char *hmac_keys,
    struct trace_root *ret_root)
{
	char problem[PLUGIN_PROBLEM];
	struct sign_ids ids;

	return context->info && context->hmac && *hmac_keys &&
	       sign_verify(context->info, context->hmac, hmac_keys, &ids,
		   problem) == OSPROF_OK &&
	       trace_root_set(ret_root, ids.base_id, ids.parent_id);
}

bool
context_root(const struct context *context, const char *hmac_keys, bool trusted,
    struct trace_root *ret_root)
{
	if (root_of_pair(context, hmac_keys, ret_root))
		return true;
	return trusted &&
	       (root_of_trace(context->trace, ret_root) ||
		   root_of_traceparent(context->traceparent, ret_root));
}

static void
set_trace(const struct trace_root *root, context_set *set, void *arg)
{
	char trace[2 * OSPROF_ID_SIZE];

	snprintf(
	    trace, sizeof(trace), "%s/%s", root->base_text, root->parent_text);
	set(arg, "OSPROF_TRACE", trace);
}

/* Whether `text` is a traceparent of this trace. */
static bool
continues(const char *text, const struct trace_root *root)
{
	struct uuid base, parent;

	return text && traceparent_parse(text, strlen(text), &base, &parent) &&
	       memcmp(&base, &root->base, sizeof(base)) == 0;
}

/* W3C has no name for ids that are no UUIDs: then the child gets none. */
static void
set_traceparent(const struct context *context, const struct trace_root *root,
    context_set *set, void *arg)
{
	char text[TRACEPARENT_LEN + 1];
	bool has_name = !root->foreign &&
			traceparent_format(&root->base, &root->parent, text);

	set(arg, "TRACEPARENT", has_name ? text : NULL);
	if (!has_name || !continues(context->traceparent, root))
		set(arg, "TRACESTATE", NULL);
}

static bool
set_pair(const struct trace_root *root, const char *key, context_set *set,
    void *arg, char problem[PLUGIN_PROBLEM])
{
	char info[SIGN_INFO_SIZE], hmac[SIGN_HMAC_LEN + 1];
	bool is_signed = key && *key &&
			 sign_pack(root->base_text, root->parent_text, info) &&
			 sign_hmac(key, info, hmac, problem);

	set(arg, "X_TRACE_INFO", is_signed ? info : NULL);
	set(arg, "X_TRACE_HMAC", is_signed ? hmac : NULL);
	return is_signed || !key || !*key;
}

bool
context_for_child(const struct context *context, const struct trace_root *root,
    const char *key, context_set *set, void *arg, char problem[PLUGIN_PROBLEM])
{
	set_trace(root, set, arg);
	set_traceparent(context, root, set, arg);
	return set_pair(root, key, set, arg, problem);
}
