/*
 * context.h - what the environment tells a process: who runs it, which trace
 * it belongs to.
 *
 * The names are those of OpenTelemetry's environment carrier.  It is read once,
 * at the process's first call, and never in a setuid program; a child of fork()
 * keeps what its parent read.
 *
 *	OSPROF_RUN     the spool folder of `osprof run`, absolute
 *	OSPROF_TRACE   <base_id>/<parent_id>, from `osprof run`
 *	TRACEPARENT    W3C's
 *	TRACESTATE     W3C's, passed on as it is
 *	X_TRACE_INFO   OSProfiler's signed pair
 *	X_TRACE_HMAC
 */
#ifndef SHIM_CONTEXT_H
#define SHIM_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/config.h"
#include "shim/plugin.h"
#include "shim/trace.h"

/* As it came; NULL: unset, empty, or not to be read. */
struct context {
	char *run;
	char *trace;
	char *traceparent;
	char *tracestate;
	char *info;
	char *hmac;
};

/*
 * Read the environment.  What `context` gets are copies, to be freed by
 * context_free(); `run` counts only if it is an absolute path.
 */
void context_read(struct context *context);

void context_free(struct context *context);

/* Under `osprof run`: tracing is on, and the command drains. */
bool context_apply(const struct context *context, struct config *config);

/*
 * Find the trace that the process is to join: the signed pair's if its
 * signature fits one of `hmac_keys`; else, if `trusted`, OSPROF_TRACE's or
 * TRACEPARENT's, which nobody signed.  False where there is none.
 */
bool context_root(const struct context *context, const char *hmac_keys,
    bool trusted, struct trace_root *ret_root);

/* Sets a variable of a child's environment; `value` NULL: takes it away. */
typedef void context_set(void *arg, const char *name, const char *value);

/*
 * Tell a child of the process that was started in `context` to hang its points
 * below `root`: OSPROF_TRACE, TRACEPARENT and, with a key, the signed pair.
 * What the child would inherit of another trace is taken away; TRACESTATE stays
 * where the trace that came with it goes on.  False, with the reason, where the
 * pair cannot be signed; all else is set then.
 */
bool context_for_child(const struct context *context,
    const struct trace_root *root, const char *key, context_set *set, void *arg,
    char problem[PLUGIN_PROBLEM]);

#endif
