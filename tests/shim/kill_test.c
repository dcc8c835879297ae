/*
 * kill_test.c - a process killed at a random moment loses no record that it
 * had published, and the next drain tears none.
 *
 * The child's four threads make points named by thread and number, whose rings
 * wrap many times; a shared page acknowledges each after its stop was
 * published.  What the child's drain delivered and what recovery finds must
 * together hold every acknowledged one.
 */
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "collectors/drain.h"
#include "osprof.h"
#include "shim/process.h"
#include "shim/spool_dir.h"
#include "shim/spool_left.h"

#define THREADS 4
#define POINTS_MAX 4000000

/* Shared with the child. */
static struct shared {
	_Atomic uint32_t done[THREADS]; /* points acknowledged */
	atomic_bool ready;
	atomic_uchar told[THREADS][POINTS_MAX / 8]; /* stops delivered */
	_Atomic uint64_t malformed;
} *shared;

static void
tell(const char *message, size_t length, void *arg)
{
	unsigned thread, number;
	char text[512];

	(void)arg;
	snprintf(text, sizeof(text), "%.*s", (int)length, message);
	if (sscanf(text, "{\"name\": \"%u/%u-stop\"", &thread, &number) == 2 &&
	    strstr(text, "-stop\"") && thread < THREADS && number < POINTS_MAX)
		atomic_fetch_or(&shared->told[thread][number / 8],
		    (unsigned char)(1u << number % 8));
}

static void *
make_points(void *arg)
{
	unsigned thread = (unsigned)(uintptr_t)arg;
	char name[32];

	for (uint32_t i = 0; i < POINTS_MAX; i++) {
		snprintf(name, sizeof(name), "%u/%u", thread, i);
		if (osprof_start(name, NULL) == OSPROF_OK &&
		    osprof_stop(NULL) == OSPROF_OK)
			atomic_store(&shared->done[thread], i + 1);
		else
			break;
	}
	pause();
	return NULL;
}

static void
run_child(void)
{
	pthread_t thread[THREADS];

	osprof_set_notifier(tell, NULL);
	osprof_init_from_conf(NULL, NULL, NULL, NULL);
	for (uintptr_t i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, make_points, (void *)i);
	atomic_store(&shared->ready, true);
	pause();
}

static void
recover_file(void *arg, const char *name)
{
	const char *dir = arg;
	const struct notifier notifier = { .call = tell };
	static struct drain drain;
	struct spool_left left;
	struct ring *ring;
	uint64_t at = 0;

	if (!CHECK(spool_take(dir, name, &left) == SPOOL_DEAD))
		return;
	drain_init(&drain, "test://");
	drain.notifier = &notifier;
	drain_source(&drain, left.header);
	while ((ring = spool_left_ring(&left, &at))) {
		bool room;

		do {
			room = drain_gather(&drain, ring);
			CHECK(drain_deliver(&drain, NULL) == OSPROF_OK);
		} while (!room);
	}
	CHECK_U64(drain.torn, 0);
	drain_free(&drain);
	spool_left_close(&left, true);
}

/* One kill; returns how many acknowledged points were looked for. */
static uint64_t
kill_once(unsigned round)
{
	const struct timespec life = { .tv_nsec =
					   (long)(round * 7919 % 15000) * 1000 };
	char dir[128];
	uint64_t looked = 0, lost = 0;
	pid_t pid;

	memset(shared, 0, sizeof(*shared));
	snprintf(dir, sizeof(dir), "%s/spool", sandbox);
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		run_child();
	while (!atomic_load(&shared->done[0]))
		sched_yield();
	nanosleep(&life, NULL); /* the random moment, not a wait */
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	spool_each(dir, recover_file, dir);
	for (unsigned t = 0; t < THREADS; t++) {
		for (uint32_t i = 0; i < atomic_load(&shared->done[t]); i++) {
			looked++;
			lost += !(atomic_load(&shared->told[t][i / 8]) >>
				(i % 8) & 1);
		}
	}
	CHECK_U64(lost, 0);
	return looked;
}

static void
test_kills_lose_no_acknowledged_record(void)
{
	const char *set = getenv("OSPROF_TEST_LONG");
	unsigned kills = set && *set == '1' ? 3000 : 300;
	uint64_t looked = 0;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sandbox_make("enabled = true\nring_size = 64k\non_full = block");
	for (unsigned i = 0; i < kills; i++)
		looked += kill_once(i);
	sandbox_remove();

	printf("%u kills, %" PRIu64 " acknowledged points\n", kills, looked);
	CHECK(looked > 0);
}

RUN_TESTS(TEST(test_kills_lose_no_acknowledged_record))
