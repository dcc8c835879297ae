/*
 * agent.c - the drain as a process of its own.
 */
#include "collectors/agent.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "collectors/event.h"
#include "shim/spool_dir.h"

#define NAP_BUSY_NS (5 * MS)  /* while records come */
#define NAP_IDLE_NS (50 * MS) /* while none do */
#define LOOK_NS (1000 * MS)   /* at files that were somebody else's */
#define CLOCK_NS (250 * MS)
#define RETRY_MIN_NS (100 * MS)
#define RETRY_MAX_NS (30000ul * MS)
/* A ring that is filled as fast as it is read must let others have a turn. */
#define RING_BATCHES 64

bool
agent_open(struct agent *agent, const char *dir, const char *connection_string,
    bool any)
{
	memset(agent, 0, sizeof(*agent));
	if (strlen(dir) >= sizeof(agent->dir))
		return false;
	strcpy(agent->dir, dir);
	agent->any = any;
	return drain_init(&agent->drain, connection_string);
}

/*
 * Finding files.
 */

static bool
is_known(const struct agent *agent, const char *name)
{
	size_t dir = strlen(agent->dir) + 1;
	const struct source *source = agent->sources;

	while (source && strcmp(source->path + dir, name) != 0)
		source = source->next;
	return source;
}

/* Whether a program left records for a storage that is not ours. */
static bool
is_other(const struct agent *agent, const struct source *source)
{
	const struct spool_header *header = source->header;

	return !agent->any && !header->outside &&
	       header->storage !=
		   spool_storage_key(agent->drain.connection_string);
}

static void
find_file(void *arg, const char *name)
{
	struct agent *agent = arg;
	struct source *source;

	if (is_known(agent, name) ||
	    source_open(agent->dir, name, &source) != SOURCE_OPEN)
		return;
	if (is_other(agent, source)) {
		source_close(source, false);
		return;
	}
	source->next = agent->sources;
	agent->sources = source;
}

/*
 * Whether the folder's files may be other ones than before.  Its time has the
 * grain of the kernel's ticks: what is that young may change unseen.
 */
static bool
folder_changed(struct agent *agent)
{
	struct timespec now;
	struct stat st;

	if (stat(agent->dir, &st) != 0)
		return false;
	clock_gettime(CLOCK_REALTIME, &now);
	if (st.st_mtim.tv_sec == agent->folder_time.tv_sec &&
	    st.st_mtim.tv_nsec == agent->folder_time.tv_nsec &&
	    now.tv_sec > st.st_mtim.tv_sec + 1)
		return false;
	agent->folder_time = st.st_mtim;
	return true;
}

static void
find_files(struct agent *agent, uint64_t now)
{
	bool changed = folder_changed(agent);

	if (!changed && now < agent->look_at)
		return;
	agent->look_at = now + LOOK_NS;
	spool_each(agent->dir, find_file, agent);
}

/*
 * Storing what is in them.
 */

/* Count a delivery; after a failure, wait longer each time. */
static void
account(struct agent *agent, enum osprof_error error, size_t count)
{
	agent->error = error;
	agent->records += count;
	if (error == OSPROF_OK) {
		agent->retry_at = agent->retry_ns = 0;
		return;
	}
	agent->retry_ns = agent->retry_ns ? agent->retry_ns * 2 : RETRY_MIN_NS;
	if (agent->retry_ns > RETRY_MAX_NS)
		agent->retry_ns = RETRY_MAX_NS;
	agent->retry_at = event_now_ns() + agent->retry_ns;
}

static bool
deliver(struct agent *agent)
{
	size_t count;
	enum osprof_error error = drain_deliver(&agent->drain, &count);

	if (count || error != OSPROF_OK)
		account(agent, error, count);
	return error == OSPROF_OK;
}

/* False where storage fails. */
static bool
drain_ring(struct agent *agent, struct ring *ring)
{
	for (unsigned i = 0; i < RING_BATCHES; i++) {
		if (drain_gather(&agent->drain, ring))
			return true;
		if (!deliver(agent))
			return false;
	}
	return true;
}

static bool
drain_rings(struct agent *agent, struct source *source)
{
	if (!drain_source_of(&agent->drain, source->header, source->last)) {
		account(agent, OSPROF_ENOMEM, 0);
		return false;
	}
	for (size_t i = 0; i < source->ring_count; i++) {
		struct ring *ring = source_ring(source, i);

		if (ring && !drain_ring(agent, ring))
			return false;
	}
	return deliver(agent);
}

/* The program is gone and all is stored: so is the file. */
static void
finish(struct agent *agent, struct source *source)
{
	agent->dropped += source_dropped(source);
	agent->files++;
	/* The context points into the file that goes. */
	agent->drain.header = NULL;
	source_close(source, true);
}

static void
look_after_clock(struct source *source, bool clock)
{
	if (source->dead)
		return;
	atomic_store(&source->header->agent_ns, event_now_ns());
	if (clock)
		spool_clock(source->header);
}

/*
 * One turn over all files.  A source whose program is gone goes when nothing
 * is left in it.
 */
static void
drain_sources(struct agent *agent, bool stores, bool clock)
{
	struct source **at = &agent->sources;

	agent->living = agent->left = 0;
	while (*at) {
		struct source *source = *at;
		bool whole = source_look(source);

		look_after_clock(source, clock);
		if (stores && source_has_news(source))
			stores = drain_rings(agent, source);
		if (source->dead && whole && source_is_empty(source)) {
			*at = source->next;
			finish(agent, source);
			continue;
		}
		agent->left += source->dead;
		agent->living += !source->dead;
		at = &source->next;
	}
}

uint64_t
agent_turn(struct agent *agent, bool hurry)
{
	uint64_t now = event_now_ns(), before = agent->records;
	bool clock = now >= agent->clock_at;

	if (clock)
		agent->clock_at = now + CLOCK_NS;
	find_files(agent, now);
	drain_sources(agent, hurry || now >= agent->retry_at, clock);
	return agent->records != before ? NAP_BUSY_NS : NAP_IDLE_NS;
}

bool
agent_redirect(struct agent *agent, const char *connection_string)
{
	static struct drain fresh; /* too much for a stack */

	if (strcmp(agent->drain.connection_string, connection_string) == 0)
		return true;
	if (!drain_init(&fresh, connection_string))
		return false;
	drain_free(&agent->drain);
	agent->drain = fresh;
	agent->retry_at = agent->retry_ns = 0;
	return true;
}

void
agent_close(struct agent *agent)
{
	while (agent->sources) {
		struct source *source = agent->sources;

		agent->sources = source->next;
		source_close(source, false);
	}
	drain_free(&agent->drain);
}
