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

#endif
