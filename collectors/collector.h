/*
 * collector.h - storage of traces: what a driver is.
 *
 * A driver lives in a plugin, `collector-<name>.so`, that exports one object,
 * `osprof_collector`, of type struct collector_driver.  It both writes and
 * reads.  The drain and the CLI choose it by the connection string's scheme
 * (collectors/load.c has the table) and load it from the folder beside the
 * library.
 *
 * Drivers are used by one thread at a time.  They never print.  Errors are
 * codes, with a sentence for people in `problem`: it names the thing and the
 * remedy and holds no password.
 */
#ifndef COLLECTORS_COLLECTOR_H
#define COLLECTORS_COLLECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "osprof.h"

/* A piece of text inside somebody else's memory, not terminated. */
struct text {
	const char *at; /* NULL: null */
	size_t len;
};

/*
 * One OSProfiler message (osprof-format(7)).  All texts are plain (not
 * JSON-escaped) UTF-8, but `info` and `json`.
 */
struct message {
	struct text name; /* "db-start" */
	struct text base_id;
	struct text trace_id;
	struct text parent_id;
	struct text timestamp; /* YYYY-MM-DDTHH:MM:SS.ffffff */
	struct text project;   /* may be null */
	struct text service;   /* may be null */
	struct text host;      /* info.host */
	struct text info; /* a JSON object's text, as json.dumps writes it */
	struct text json; /* the whole message's; reading: the raw_payload's */
};

/* A trace, as `osprof trace list` shows it. */
struct trace_summary {
	struct text base_id;
	struct text timestamp; /* of its first message; may be null */
	uint64_t points;       /* trace points that have a start */
};

enum collector_mode {
	COLLECTOR_WRITE, /* creates what is missing */
	COLLECTOR_READ,  /* changes nothing; absent storage is an error */
};

struct collector_config {
	const char *connection_string;
	const char *host; /* of the writer: the SQL drivers' column */
	enum collector_mode mode;
};

#define COLLECTOR_PROBLEM 512

struct collector {
	const struct collector_driver *driver;
	char problem[COLLECTOR_PROBLEM]; /* of the last call that failed */
	uint64_t skipped; /* by the last read or list: torn, foreign */
};

typedef bool collector_each_message(void *arg, const struct message *message);
typedef bool collector_each_trace(void *arg, const struct trace_summary *trace);

struct collector_driver {
	unsigned abi; /* COLLECTOR_ABI */
	const char *name;

	/*
	 * Open storage.  On failure returns the error and writes `problem`.
	 * The driver's own state begins with a struct collector.
	 */
	enum osprof_error (*open)(const struct collector_config *config,
	    struct collector **ret_collector, char problem[COLLECTOR_PROBLEM]);

	/*
	 * Store `count` messages, all or none as far as the storage can; on
	 * failure the caller comes again with the same ones.
	 */
	enum osprof_error (*write)(struct collector *collector,
	    const struct message *messages, size_t count);

	/*
	 * Hand the messages of a trace to `each` in the order of storage,
	 * doubles included, until it returns false.  Texts are valid during
	 * the call only.  No message at all is OSPROF_ENOTFOUND.
	 */
	enum osprof_error (*read)(struct collector *collector,
	    const char *base_id, collector_each_message *each, void *arg);

	/* Hand each trace to `each`, oldest first. */
	enum osprof_error (*list)(
	    struct collector *collector, collector_each_trace *each, void *arg);

	void (*close)(struct collector *collector);
};

#define COLLECTOR_ABI 1

/* The storage that is used when nobody names one. */
#define COLLECTOR_DEFAULT "sqlite://"

/*
 * Load the driver for `config->connection_string` and open it.
 *
 * OSPROF_ENODRIVER, with the reason in `problem`, where the scheme is unknown
 * or its plugin cannot be loaded.  A driver once loaded stays loaded.
 */
enum osprof_error collector_open(const struct collector_config *config,
    struct collector **ret_collector, char problem[COLLECTOR_PROBLEM]);

/* Close `collector`; NULL is fine. */
void collector_close(struct collector *collector);

/*
 * Call `each` for every driver known: its schemes, its name, and why it does
 * not load (NULL: it does).  For osprof doctor.
 */
void collector_each_driver(void (*each)(void *arg, const char *scheme,
			       const char *driver, const char *problem),
    void *arg);

#endif
