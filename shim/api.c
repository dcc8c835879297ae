/*
 * api.c - the public functions of osprof.h.
 */
#include "osprof.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "shim/host.h"
#include "shim/json_check.h"
#include "shim/process.h"
#include "shim/span.h"

static const char *const error_text[] = {
    [OSPROF_OK] = "success",
    [OSPROF_ENOMEM] = "no memory",
    [OSPROF_EINVAL] = "an argument is missing, too long or malformed",
    [OSPROF_ENOCONFIG] = "no configuration file was found",
    [OSPROF_ECONFIG] = "the configuration file is in error",
    [OSPROF_EOPEN] = "a file could not be opened or created",
    [OSPROF_EIO] = "storage failed",
    [OSPROF_ENODRIVER] = "there is no driver for this connection string",
    [OSPROF_ENOTFOUND] = "there is no such trace",
    [OSPROF_ENOTRACE] = "the thread has no trace",
    [OSPROF_ETIMEDOUT] = "the time given was not enough",
    [OSPROF_EDROPPED] = "the record was dropped",
};

const char *
osprof_strerror(enum osprof_error error)
{
	if ((size_t)error < sizeof(error_text) / sizeof(*error_text))
		return error_text[error];
	return "an unknown error";
}

const char *
osprof_version(void)
{
	return OSPROF_VERSION;
}

/* Make sure that the configuration was read, as every first call does. */
static void
settle(void)
{
	if (atomic_load_explicit(&gate, memory_order_relaxed) & GATE_UNKNOWN)
		gate_settle();
}

/* Keep a copy of what a program gave us; NULL stays what it was. */
static bool
keep(const char **kept, const char *given)
{
	char *copy;

	if (!given || (*kept && strcmp(*kept, given) == 0))
		return true;
	copy = strdup(given);
	if (copy)
		*kept = copy; /* the old one may be in use: it stays */
	return copy;
}

enum osprof_error
osprof_init_from_conf(const char *path, const char *project,
    const char *service, const char *host)
{
	enum osprof_error error = OSPROF_ENOMEM;
	int saved = errno;

	settle();
	process_lock();
	if (keep(&process.path, path) && keep(&process.project, project) &&
	    keep(&process.service, service) && keep(&process.host, host))
		error = process_load(process.path);
	if (error == OSPROF_OK)
		host_start();
	process_unlock();
	errno = saved;
	return error;
}

static bool
id_fits(const char *id)
{
	return !id || strlen(id) < OSPROF_ID_SIZE;
}

enum osprof_error
osprof_init(const char *hmac_key, const char *base_id, const char *parent_id)
{
	struct thread *thread;
	struct trace *trace;
	struct uuid fresh;
	char fresh_text[UUID_TEXT_LEN + 1] = "";
	int saved = errno;

	(void)hmac_key;
	if (!id_fits(base_id) || !id_fits(parent_id))
		return OSPROF_EINVAL;
	settle();
	thread = thread_get();
	if (!thread)
		return OSPROF_ENOMEM;
	trace = &thread->trace;
	if (trace->given)
		return OSPROF_OK;
	if (!base_id || !*base_id) {
		uuid_seed(&thread->writer->ids);
		uuid_next(&thread->writer->ids, &fresh);
		uuid_format(&fresh, fresh_text);
		base_id = fresh_text;
	}
	trace_root_set(&trace->root, base_id, parent_id);
	trace->depth = trace->missing = 0;
	trace->given = true;
	errno = saved;
	return OSPROF_OK;
}

void
osprof_clean(void)
{
	if (thread_self) {
		thread_self->trace.given = false;
		thread_self->trace.root.foreign = false;
		thread_self->trace.implicit.given = false;
		thread_self->trace.depth = thread_self->trace.missing = 0;
	}
}

/* An info as it may go into a record: NULL if there is none or it is bad. */
static const char *
good_info(const char *info, size_t *ret_len, enum osprof_error *ret_error)
{
	*ret_len = info ? strlen(info) : 0;
	if (!info)
		return NULL;
	if (json_is_object(info, *ret_len))
		return info;
	*ret_len = 0;
	*ret_error = OSPROF_EINVAL;
	return NULL;
}

static bool
thread_has_trace(void)
{
	if (thread_self &&
	    (thread_self->trace.given || thread_self->trace.depth))
		return true;
	return process_config() &&
	       process_config()->implicit_trace != IMPLICIT_OFF;
}

/* Whether nothing is recorded, by the configuration or after exit. */
static bool
is_silent(void)
{
	return atomic_load(&process.tracing) == PROCESS_SILENT;
}

enum osprof_error
osprof_start(const char *name, const char *info)
{
	enum osprof_error error = OSPROF_OK;
	size_t len = name ? strlen(name) : 0, info_len;
	struct fields fields;
	struct span span;

	settle();
	if (!thread_has_trace())
		return OSPROF_ENOTRACE;
	if (len == 0 || len > TRACE_NAME_MAX) {
		name = "point";
		len = strlen(name);
		error = OSPROF_EINVAL;
	}
	info = good_info(info, &info_len, &error);
	if (!span_open_named(&span, &fields, name, len, info_len)) {
		if (!span.pushed && thread_self)
			thread_self->trace.missing++;
		return is_silent() ? error : OSPROF_EDROPPED;
	}
	if (info)
		put_text(&fields, FIELD_INFO, info, info_len);
	span_publish(&span, &fields, clock_ns());
	return error;
}

/* The innermost open point, as a span to be closed. */
static struct span
top_span(const struct trace *trace)
{
	const struct trace_point *point = &trace->point[trace->depth - 1];

	return (struct span){
	    .base = trace->open_base,
	    .parent = trace->depth > 1 ? trace->point[trace->depth - 2].id
				       : trace->open_parent,
	    .id = point->id,
	    .forks = process.forks,
	    .recorded = true,
	    .pushed = true,
	    .foreign = trace->open_foreign,
	};
}

enum osprof_error
osprof_stop(const char *info)
{
	enum osprof_error error = OSPROF_OK;
	const struct trace_point *point;
	struct fields fields;
	struct span span;
	size_t info_len;

	if (!thread_self)
		return OSPROF_ENOTRACE;
	if (thread_self->trace.missing) {
		thread_self->trace.missing--;
		return is_silent() ? OSPROF_OK : OSPROF_EDROPPED;
	}
	if (thread_self->trace.depth == 0)
		return OSPROF_ENOTRACE;
	info = good_info(info, &info_len, &error);
	point = &thread_self->trace.point[thread_self->trace.depth - 1];
	span = top_span(&thread_self->trace);
	if (!span_close_named(&span, &fields, point->name, point->name_len,
		info_len, clock_ns()))
		return OSPROF_EDROPPED;
	if (info)
		put_text(&fields, FIELD_INFO, info, info_len);
	span_finish(&fields);
	return error;
}

static enum osprof_error
tell_id(const struct uuid *id, char out[OSPROF_ID_SIZE])
{
	uuid_format(id, out);
	out[UUID_TEXT_LEN] = '\0';
	return OSPROF_OK;
}

/* The trace of the calling thread, or NULL and an empty `out`. */
static const struct trace *
trace_of_thread(char out[OSPROF_ID_SIZE])
{
	out[0] = '\0';
	settle();
	if (!thread_self ||
	    !(thread_self->trace.given || thread_self->trace.depth))
		return NULL;
	return &thread_self->trace;
}

/* Write an id of a root's, as the text that it came as. */
static enum osprof_error
tell_text(const char text[OSPROF_ID_SIZE], char out[OSPROF_ID_SIZE])
{
	memcpy(out, text, strlen(text) + 1);
	return OSPROF_OK;
}

static bool
is_same(const struct uuid *id, const struct uuid *other)
{
	return memcmp(id, other, sizeof(*id)) == 0;
}

/* The root of all that the process does, where it has one. */
static const struct trace_root *
root_of_process(void)
{
	const struct config *config = process_config();

	return config && config->implicit_trace == IMPLICIT_PROCESS
		   ? &process.root
		   : NULL;
}

enum osprof_error
osprof_get_base_id(char id[OSPROF_ID_SIZE])
{
	const struct trace *trace = trace_of_thread(id);
	const struct trace_root *root = root_of_process();

	if (trace && trace->given)
		return tell_text(trace->root.base_text, id);
	if (trace && !is_same(&trace->open_base, &process.root.base))
		return tell_id(&trace->open_base, id);
	if (!trace && !root)
		return OSPROF_ENOTRACE;
	return tell_text(process.root.base_text, id);
}

/* What the outermost points of the thread hang below. */
static enum osprof_error
tell_outside(const struct trace *trace, char id[OSPROF_ID_SIZE])
{
	const struct trace_root *root = root_of_process();

	if (trace && trace->given)
		return tell_text(trace->root.parent_text, id);
	if (trace && !is_same(&trace->open_parent, &process.root.parent))
		return tell_id(&trace->open_parent, id);
	if (!trace && !root)
		return OSPROF_ENOTRACE;
	return tell_text(process.root.parent_text, id);
}

enum osprof_error
osprof_get_id(char id[OSPROF_ID_SIZE])
{
	const struct trace *trace = trace_of_thread(id);

	if (trace && trace->depth)
		return tell_id(&trace->point[trace->depth - 1].id, id);
	return tell_outside(trace, id);
}

enum osprof_error
osprof_get_parent_id(char id[OSPROF_ID_SIZE])
{
	const struct trace *trace = trace_of_thread(id);

	if (!trace || trace->depth == 0)
		return osprof_get_base_id(id);
	if (trace->depth > 1)
		return tell_id(&trace->point[trace->depth - 2].id, id);
	return tell_outside(trace, id);
}

enum osprof_error
osprof_flush(unsigned timeout_ms)
{
	int saved = errno;
	enum osprof_error error = host_flush(timeout_ms);

	errno = saved;
	return error;
}

/* Add what the rings counted. */
static void
count_rings(struct osprof_counters *all)
{
	const struct thread *thread = atomic_load(&process.threads);

	for (; thread; thread = thread->next) {
		struct ring *ring = atomic_load(&thread->ring);

		if (!ring)
			continue;
		all->called += atomic_load(&ring->called) +
			       atomic_load(&ring->dropped_nested);
		all->written += atomic_load(&ring->written);
		all->dropped_full += atomic_load(&ring->dropped_full);
		all->dropped_nested += atomic_load(&ring->dropped_nested);
		all->cut += atomic_load(&ring->cut);
		if (thread->ring_in_file)
			all->rings_in_file++;
		else
			all->rings_in_memory++;
	}
}

void
osprof_get_counters(struct osprof_counters *counters, size_t size)
{
	const struct spool_header *header = atomic_load(&process.header);
	struct osprof_counters all = {
	    .size = size < sizeof(all) ? size : sizeof(all),
	    .delivered = atomic_load(&process.delivered),
	    .failed = atomic_load(&process.failed),
	    .spilled = atomic_load(&process.spilled),
	    .recovered = atomic_load(&process.recovered),
	    .reloads = atomic_load(&process.reloads),
	    .bad_configs = atomic_load(&process.bad_configs),
	};

	count_rings(&all);
	if (header) {
		all.called += atomic_load(&header->called);
		all.dropped_no_ring = atomic_load(&header->dropped_no_ring);
		all.dropped_exit = atomic_load(&header->dropped_exit);
	}
	memset(counters, 0, size);
	memcpy(counters, &all, all.size);
}

void
osprof_set_notifier(osprof_notifier *notifier, void *arg)
{
	struct notifier *fresh = malloc(sizeof(*fresh));

	if (!fresh)
		return;
	*fresh = (struct notifier){.call = notifier,
	    .arg = arg,
	    .previous = atomic_load(&process.notifier)};
	atomic_store(&process.notifier, fresh);
}
