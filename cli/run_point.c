/*
 * run_point.c - the point `process` of osprof run, which all else hangs below.
 *
 * osprof run is a traced program itself: its point is two records in a ring of
 * the folder that it drains.
 */
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>

#include "cli/cli.h"
#include "cli/run.h"
#include "collectors/json.h"
#include "shim/process.h"

/* The command as the point tells it: its values only if they may be seen. */
static void
put_command(struct json_out *out, char *const *argv, bool hide_args)
{
	size_t count = 0, limit = (size_t)16 << 10;

	json_put_literal(out, "{\"command\": [");
	for (; argv[count]; count++) {
		const char *word = argv[count];
		size_t len = strnlen(word, limit);

		if (len == limit || (count && hide_args))
			limit = 0;
		if (limit == 0)
			continue;
		limit -= len;
		if (count)
			json_put_literal(out, ", ");
		json_put_string(out, word, len);
	}
	json_put_literal(out, "], \"arguments\": ");
	json_put_u64(out, count - 1);
	json_put_literal(out, "}\0");
}

bool
run_point_start(char *const *argv, bool hide_args, char base_id[OSPROF_ID_SIZE])
{
	struct json_out info = {0};
	enum osprof_error error = OSPROF_ENOMEM;
	const struct trace_root *root = &process.root;
	struct config *own;

	osprof_get_base_id(base_id); /* reads the configuration */
	own = atomic_load(&process.config);
	if (own) /* nobody else reads it yet, and we have two records */
		own->ring_size = RING_SIZE_MIN;
	if (osprof_init(NULL, process.joined ? root->base_text : NULL,
		process.joined ? root->parent_text : NULL) != OSPROF_OK)
		goto out;
	put_command(&info, argv, hide_args);
	if (!info.failed)
		error = osprof_start("process", info.start);
out:
	json_free(&info);
	if (error == OSPROF_OK)
		error = osprof_get_base_id(base_id);
	if (error != OSPROF_OK)
		complain("cannot begin the trace: %s", osprof_strerror(error));
	return error == OSPROF_OK;
}

static void
put_number(struct json_out *out, const char *key, uint64_t value)
{
	json_put_raw(out, key, strlen(key));
	json_put_u64(out, value);
}

static void
put_time(struct json_out *out, const char *key, const struct timeval *time)
{
	put_number(out, key,
	    (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec);
}

void
run_point_stop(const struct child *child)
{
	struct json_out info = {0};

	put_number(&info, "{\"pid\": ", (uint64_t)child->pid);
	if (WIFSIGNALED(child->status))
		put_number(
		    &info, ", \"signal\": ", (uint64_t)WTERMSIG(child->status));
	else
		put_number(&info, ", \"exit_status\": ",
		    (uint64_t)WEXITSTATUS(child->status));
	put_time(&info, ", \"user_us\": ", &child->usage.ru_utime);
	put_time(&info, ", \"system_us\": ", &child->usage.ru_stime);
	put_number(
	    &info, ", \"max_rss_kb\": ", (uint64_t)child->usage.ru_maxrss);
	json_put_literal(&info, "}\0");
	osprof_stop(info.failed ? NULL : info.start);
	json_free(&info);
}
