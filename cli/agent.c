/*
 * agent.c - osprof agent: drain all programs that want it from outside.
 *
 * It serves the spool folder, and the folders in it that an osprof run left
 * to programs that outlive it.
 */
#include "collectors/agent.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/cli.h"
#include "collectors/event.h"
#include "collectors/run_folder.h"
#include "shim/spool.h"
#include "shim/spool_dir.h"

static const struct usage usage = {
    .command = "osprof agent",
    .help = "usage: osprof agent [options]\n"
	    "\n"
	    "Store what programs record whose configuration says drain = "
	    "agent, until "
	    "a\n"
	    "SIGTERM; SIGHUP reads the configuration again.\n"
	    "\n"
	    "  --config F               the configuration file\n"
	    "  --connection-string S    the storage; else "
	    "$OSPROFILER_CONNECTION_STRING,\n"
	    "                           the configuration's, or sqlite://\n"
	    "  --spool-dir D            the spool folder; else the "
	    "configuration's\n"
	    "  -h, --help               print this\n",
};

#define FOLDERS_NS (1000 * MS) /* between looks for left folders */
#define TELL_NS (60000ul * MS) /* between lines about storage that fails */

/* A folder that is served: the usual one, or one that an osprof run left. */
struct served {
	struct served *next;
	int fd; /* holds a left one; -1: the usual one */
	struct agent agent;
};

struct service {
	const char *connection_string; /* as given, or NULL */
	const char *spool_dir;
	char *storage;
	char dir[SPOOL_PATH_MAX - 128];
	struct served *served; /* the usual folder comes last */
	uint64_t folders_at, tell_at;
};

static bool
serve(struct service *service, const char *dir, bool any, int fd)
{
	struct served *served = calloc(1, sizeof(*served));

	if (!served ||
	    !agent_open(&served->agent, dir, service->storage, any)) {
		free(served);
		return false;
	}
	served->fd = fd;
	served->next = service->served;
	service->served = served;
	return true;
}

static void
leave(struct served *served)
{
	agent_close(&served->agent);
	if (served->fd >= 0) {
		rmdir(served->agent.dir); /* only if nothing is left in it */
		close(served->fd);
	}
	free(served);
}

static void
take_folder(void *arg, const char *path, uint64_t storage, int fd)
{
	struct service *service = arg;

	if (storage != spool_storage_key(service->storage) ||
	    !serve(service, path, true, fd))
		close(fd);
}

/* What the configuration says, where the command line does not. */
static bool
configure(struct service *service)
{
	struct config *config;
	char *storage;
	bool found;

	if (!load_config(&config))
		return false;
	found = spool_dir_path(
	    service->spool_dir ? service->spool_dir : config->spool_dir,
	    service->dir, sizeof(service->dir));
	config_free(config);
	if (!found)
		complain("the spool folder's path is too long");
	storage = found ? choose_storage(service->connection_string) : NULL;
	if (!storage)
		return false;
	free(service->storage);
	service->storage = storage;
	return true;
}

/* Make the folder, so that what is wrong with it shows at once. */
static bool
begin(struct service *service)
{
	char problem[512];
	int fd;

	fd = spool_dir_open(service->dir, true, problem, sizeof(problem));
	if (fd < 0) {
		complain("%s", problem);
		return false;
	}
	close(fd);
	if (serve(service, service->dir, false, -1))
		return true;
	complain("there is no memory");
	return false;
}

static void
end(struct service *service)
{
	while (service->served) {
		struct served *served = service->served;

		service->served = served->next;
		leave(served);
	}
}

/* Say once in a while that storage fails, and that it does not any more. */
static void
tell_storage(struct service *service, const struct agent *agent)
{
	uint64_t now = event_now_ns();

	if (agent->error == OSPROF_OK || now < service->tell_at)
		return;
	service->tell_at = now + TELL_NS;
	complain("storage does not take the records, they wait: %s",
	    *agent->drain.problem ? agent->drain.problem
				  : osprof_strerror(agent->error));
}

/* One turn over all folders; returns how long to sleep. */
static uint64_t
turn(struct service *service, bool hurry)
{
	struct served **at = &service->served;
	uint64_t nap = UINT64_MAX, now = event_now_ns();

	if (now >= service->folders_at) {
		service->folders_at = now + FOLDERS_NS;
		run_folder_each(service->dir, take_folder, service);
	}
	while (*at) {
		struct served *served = *at;
		uint64_t own = agent_turn(&served->agent, hurry);

		nap = own < nap ? own : nap;
		tell_storage(service, &served->agent);
		if (served->fd >= 0 && !served->agent.living &&
		    !served->agent.left) {
			*at = served->next;
			leave(served);
		} else {
			at = &served->next;
		}
	}
	return nap;
}

/* Tell systemd, if it asked for it, what sd_notify() would. */
static void
notify(const char *state)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const char *path = getenv("NOTIFY_SOCKET");
	size_t len = path ? strlen(path) : 0;
	int fd;

	if (len < 2 || len >= sizeof(to.sun_path))
		return;
	memcpy(to.sun_path, path, len);
	if (*path == '@')
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
	close(fd);
}

/* A bad configuration leaves all as it was. */
static void
reload(struct service *service)
{
	char before[sizeof(service->dir)];

	memcpy(before, service->dir, sizeof(before));
	notify("RELOADING=1");
	if (configure(service)) {
		for (struct served *served = service->served; served;
		     served = served->next)
			if (!agent_redirect(&served->agent, service->storage))
				complain("there is no memory");
		if (strcmp(before, service->dir) != 0) {
			end(service);
			begin(service);
		}
		service->tell_at = 0;
	}
	notify("READY=1");
}

static int
work(struct service *service)
{
	sigset_t wanted;
	int got = 0;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGTERM);
	sigaddset(&wanted, SIGINT);
	sigaddset(&wanted, SIGHUP);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	notify("READY=1");
	while (got != SIGTERM && got != SIGINT) {
		uint64_t nap = turn(service, got == SIGHUP);
		struct timespec time = {.tv_nsec = (long)(nap % 1000000000)};

		got = sigtimedwait(&wanted, NULL, &time);
		if (got == SIGHUP)
			reload(service);
	}
	notify("STOPPING=1");
	turn(service, true);
	return EXIT_GOOD;
}

int
agent_command(int argc, char **argv)
{
	static struct service service; /* too much for a stack */
	const char *config = NULL;
	const struct argument arguments[] = {
	    {"config", .text = &config},
	    {"connection-string", .text = &service.connection_string},
	    {"spool-dir", .text = &service.spool_dir},
	    {0},
	};
	int status = read_only_arguments(&usage, arguments, argc, argv);

	if (status >= 0)
		return status;
	if (config && setenv("OSPROF_CONFIG", config, 1) != 0)
		return complain("there is no memory"), EXIT_BAD;
	status = configure(&service) && begin(&service) ? work(&service)
							: EXIT_BAD;
	end(&service);
	free(service.storage);
	return status;
}
