/*
 * osprof.h - trace points of a C or C++ program, in OSProfiler's format.
 *
 * SQL is traced by the headers beside this one (osprof_sqlite.h, osprof_pq.h,
 * osprof_mysql.h) without a call of the program's own.  This header is for
 * programs that want more: to put their statements below a request's trace, to
 * add trace points, to wait for delivery, to read the counters.
 *
 * Rules that hold for all of it:
 *  - Nothing here prints, exits, raises a signal or changes errno.
 *  - Every function may be called from any thread at any time, also before
 *    initialisation and during exit; none may be called from a signal handler
 *    unless its comment says so.
 *  - Texts that are passed in are copied; texts that come out are written to
 *    the caller's memory and always terminated.
 *  - While tracing is off the calls succeed and record nothing.
 */
#ifndef OSPROF_H
#define OSPROF_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OSPROF_API __attribute__((visibility("default")))

#define OSPROF_VERSION "0.1.0"

/* What a call can come back with.  osprof_strerror() puts it into words. */
enum osprof_error {
	OSPROF_OK = 0,
	OSPROF_ENOMEM,    /* no memory */
	OSPROF_EINVAL,    /* an argument is NULL, too long or malformed */
	OSPROF_ENOCONFIG, /* no configuration file was found */
	OSPROF_ECONFIG,   /* the configuration file is in error */
	OSPROF_EOPEN,     /* a file could not be opened or created */
	OSPROF_EIO,       /* storage failed */
	OSPROF_ENODRIVER, /* no driver for this connection string */
	OSPROF_ENOTFOUND, /* no such trace */
	OSPROF_ENOTRACE,  /* the thread has no trace */
	OSPROF_ETIMEDOUT, /* the time given was not enough */
	OSPROF_EDROPPED   /* the record was dropped, and counted as such */
};

/* Return a sentence in English for `error`.  Static; never NULL. */
OSPROF_API const char *osprof_strerror(enum osprof_error error);

/* Return the library's version, "major.minor.patch".  Static. */
OSPROF_API const char *osprof_version(void);

/*
 * Read the configuration and put it into force, as the first traced call of a
 * process would do by itself.
 *
 * `path` names the file; NULL searches as ever (OSPROF_CONFIG, osprof.ini in
 * the working folder, /etc/osprof/osprof.ini).  `project`, `service` and
 * `host` go into every message and win over the file's; NULL leaves the file's
 * (the defaults: null, the program's name, the machine's name).
 *
 * A file that cannot be read or is in error leaves tracing off and returns
 * OSPROF_ENOCONFIG or OSPROF_ECONFIG; `osprof doctor` tells what is wrong.
 * A later call replaces the configuration.
 */
OSPROF_API enum osprof_error osprof_init_from_conf(const char *path,
    const char *project, const char *service, const char *host);

/*
 * Give the calling thread a trace, as OSProfiler's profiler.init() does.
 *
 * `base_id` is the trace (NULL or empty: a new one), `parent_id` the point
 * that this thread's outermost points hang below (NULL: the trace itself).
 * Both are usually UUIDs; any other text of at most 255 bytes is kept as it
 * is.  `hmac_key` is where OSProfiler takes the key that signs what the thread
 * passes on to other services: this version passes on nothing from here and
 * takes any key, or NULL.  Where the thread has a trace already, that one stays
 * and the call returns OSPROF_OK, as OSProfiler's does: call osprof_clean()
 * first.
 */
OSPROF_API enum osprof_error osprof_init(
    const char *hmac_key, const char *base_id, const char *parent_id);

/*
 * Forget the calling thread's trace.  Points still open never get a stop.
 */
OSPROF_API void osprof_clean(void);

/*
 * Begin a trace point of the calling thread below the one that is open.
 *
 * `name` has 1 to 255 bytes; usual names are wsgi, rpc, driver.  `info` is
 * NULL or the text of a JSON object, e.g. "{\"function\": {\"name\": \"f\"}}".
 * Each start wants its stop on the same thread.  A thread without a trace
 * records nothing and gets OSPROF_ENOTRACE.  A name or an info that is
 * malformed gives OSPROF_EINVAL and records the point without it.
 */
OSPROF_API enum osprof_error osprof_start(const char *name, const char *info);

/*
 * End the calling thread's innermost open point.  `info` as in osprof_start().
 * Without an open point it does nothing and returns OSPROF_ENOTRACE.
 */
OSPROF_API enum osprof_error osprof_stop(const char *info);

/* Bytes that an id needs at most, its terminating NUL included. */
#define OSPROF_ID_SIZE 256

/*
 * Write the calling thread's ids: of its trace, of its innermost open point
 * (the parent given at init while none is open), and of that one's parent.
 * OSPROF_ENOTRACE, and an empty text, where the thread has no trace.
 */
OSPROF_API enum osprof_error osprof_get_base_id(char id[OSPROF_ID_SIZE]);
OSPROF_API enum osprof_error osprof_get_id(char id[OSPROF_ID_SIZE]);
OSPROF_API enum osprof_error osprof_get_parent_id(char id[OSPROF_ID_SIZE]);

/*
 * Wait until all that was recorded before the call has reached storage.
 *
 * Gives up after `timeout_ms` milliseconds with OSPROF_ETIMEDOUT; nothing is
 * lost then, the records stay in the ring.  OSPROF_EIO if storage refuses.
 */
OSPROF_API enum osprof_error osprof_flush(unsigned timeout_ms);

/*
 * What became of the records of this process.  A trace point is two records.
 * called == written + dropped, always, where dropped is the sum of the
 * dropped_* members.
 */
struct osprof_counters {
	uint64_t size;    /* bytes of this struct that the library filled */
	uint64_t called;  /* records that were to be made */
	uint64_t written; /* put into a ring */
	uint64_t dropped_full;    /* the ring was full */
	uint64_t dropped_nested;  /* in a signal's handler, or too deep */
	uint64_t dropped_no_ring; /* no memory for a ring */
	uint64_t dropped_exit;    /* after the process had begun its exit */
	uint64_t cut;             /* written, but with text cut to the limits */
	uint64_t delivered;       /* taken by storage */
	uint64_t failed;          /* attempts of storage that failed */
	uint64_t spilled;         /* moved to the spill file to make room */
	uint64_t recovered;       /* taken over from dead programs' rings */
	uint64_t rings_in_file;   /* rings that survive a kill */
	uint64_t rings_in_memory; /* rings that do not: no spool file */
	uint64_t reloads;         /* configurations put into force */
	uint64_t bad_configs;     /* configurations refused */
};

/*
 * Fill `counters`, of which the caller knows `size` bytes (sizeof): a newer
 * library fills no more, an older one sets the rest to zero.
 */
OSPROF_API void osprof_get_counters(
    struct osprof_counters *counters, size_t size);

/*
 * Call `notifier` with each message instead of writing it to storage.
 *
 * It runs on osprof's own thread, one message at a time: a JSON object of
 * `length` bytes, not terminated, valid during the call.  SQL that it runs is
 * not traced.  NULL goes back to storage.
 */
typedef void osprof_notifier(const char *message, size_t length, void *arg);
OSPROF_API void osprof_set_notifier(osprof_notifier *notifier, void *arg);

#ifdef __cplusplus
}
#endif

#endif
