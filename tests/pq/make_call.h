/*
 * make_call.h - one call of each, by the wrapper or without.
 */
#ifndef TESTS_PQ_MAKE_CALL_H
#define TESTS_PQ_MAKE_CALL_H

#include "pq/call.h"
#include "tests/pq/fake_pq.h"

/* Make it with the same arguments each time, and return what it returns. */
uintptr_t make_call(enum call_key key, PGconn *conn, bool wrapped);

#endif
