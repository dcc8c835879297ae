/*
 * wiping.h - memory for SQLite that is wiped when it is given back, so that no
 * value stays in it.
 */
#ifndef TESTS_WHOLE_WIPING_H
#define TESTS_WHOLE_WIPING_H

/* Before any other call of SQLite. */
void wipe_what_sqlite_frees(void);

#endif
