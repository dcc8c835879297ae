/*
 * run.h - the run of a statement: what its span tells, from step to step.
 *
 * All of these want the statement's entry held (stmt_take()).
 */
#ifndef SQLITE_RUN_H
#define SQLITE_RUN_H

#include "sqlite/stmt.h"

/* A step begins: of a new run if none is open. */
void run_step(struct stmt *seen, sqlite3_stmt *stmt, const void *caller);

/* The step returned `rc`. */
void run_stepped(struct stmt *seen, sqlite3_stmt *stmt, int rc);

/* The run was reset; `rc` is what the real call returned. */
void run_reset(struct stmt *seen, sqlite3_stmt *stmt, int rc);

/*
 * The run ended with its statement, which is gone, and perhaps the connection
 * too: `run` is a copy of the entry's.
 */
void run_finalized(struct run *run, int rc);

#endif
