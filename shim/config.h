/*
 * config.h - the configuration, read exactly as oslo.config reads it.
 *
 * A configuration is built whole, then published; nobody changes it after.
 * The options and their defaults: shim/options.h.
 */
#ifndef SHIM_CONFIG_H
#define SHIM_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "osprof.h"

enum implicit_mode {
	IMPLICIT_PROCESS,
	IMPLICIT_THREAD,
	IMPLICIT_CONNECTION,
	IMPLICIT_TRANSACTION,
	IMPLICIT_STATEMENT,
	IMPLICIT_OFF,
};

enum drain_mode {
	DRAIN_THREAD,
	DRAIN_AGENT,
};

enum full_mode {
	FULL_DROP,
	FULL_BLOCK,
};

struct config {
	bool enabled;
	bool trace_sql; /* also spelled trace_sqlalchemy */
	bool hide_args;
	bool trace_transactions;
	enum implicit_mode implicit_trace;
	enum drain_mode drain;
	enum full_mode on_full;
	uint64_t ring_size;       /* bytes, a power of two */
	uint64_t max_statement;   /* bytes kept of a statement */
	uint64_t max_param;       /* bytes kept of a parameter */
	uint64_t max_params;      /* parameters kept of a statement */
	uint64_t spill_size;      /* bytes of spill file at most; 0: none */
	uint64_t exit_timeout_ms; /* for the flush at process exit */
	char *connection_string;  /* never NULL; secret */
	char *hmac_keys;          /* never NULL; secret */
	char *hide_params;        /* never NULL; patterns, comma-separated */
	char *spool_dir;          /* never NULL; empty: the default */
	char *project;            /* NULL: null in messages */
	char *service;            /* NULL: the program's name */
	char *host;               /* NULL: the machine's name */
	char *path;               /* the file it was read from; NULL: none */
	struct config *previous;  /* replaced by this, kept for who reads it */
};

/* What is wrong with a file: for osprof doctor and a debugger's eyes. */
struct config_problem {
	unsigned line;  /* 0: the whole file */
	char text[256]; /* one sentence; holds no value of a secret option */
};

/*
 * Find the configuration file: $OSPROF_CONFIG, ./osprof.ini,
 * /etc/osprof/osprof.ini; in setuid programs the last one only.  Writes an
 * absolute path to `path` and returns true, or returns false where there is
 * none.  A file that OSPROF_CONFIG names counts as found even if it is absent.
 * In a folder that everybody may write to, such as /tmp, ./osprof.ini counts
 * only if it is the program's user's or root's.
 */
bool config_find(char *path, size_t cap);

/*
 * Read the file at `path` (NULL: all defaults, tracing off).
 *
 * On success *ret_config is the caller's, to be freed by config_free().
 * OSPROF_ENOCONFIG if the file cannot be read, OSPROF_ECONFIG if it is in
 * error; `ret_problem` (may be NULL) then says why.  An option in error is an
 * error of the file: nothing of it is used.  `[profiler]` options that osprof
 * does not know are left alone: the file may be an OpenStack service's.
 */
enum osprof_error config_load(const char *path, struct config **ret_config,
    struct config_problem *ret_problem);

/* The same of a file's contents; the configuration's `path` is NULL. */
enum osprof_error config_parse(const char *text, size_t len,
    struct config **ret_config, struct config_problem *ret_problem);

void config_free(struct config *config);

/*
 * Call `each` for every option: its name, its value as text ("****" for a
 * secret that is set, empty for a text that is not), whether it is the default.
 * For osprof doctor.
 */
void config_each(const struct config *config,
    void (*each)(
	void *arg, const char *name, const char *value, bool is_default),
    void *arg);

#endif
