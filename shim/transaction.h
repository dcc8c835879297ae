/*
 * transaction.h - the point of a transaction: from the statement that opens it
 * to the one after which the connection is in none.
 *
 * A client library's wrappers tell of each statement when it is over, and
 * whether a transaction is open then.  The point shows how many statements it
 * had and how long nobody ran any.  It stands beside its statements in the
 * trace, below what was open when it began: the program's own points may begin
 * and end anywhere inside of it.
 */
#ifndef SHIM_TRANSACTION_H
#define SHIM_TRANSACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/gate.h"
#include "shim/span.h"

/* All zero is none. */
struct transaction {
	struct span span;
	uint64_t statements;
	uint64_t idle_ns;
	uint64_t last_ns; /* the last statement ended */
	bool open;
};

/* A statement that is over. */
struct transaction_step {
	uint64_t begin_ns;
	uint64_t end_ns;
	/* What all points of the connection show, as it stands in a record. */
	const void *ready;
	size_t ready_len;
	const void *caller;
	struct implicit *implicit; /* the connection's trace, or NULL */
	/* How the transaction ended if it did: COMMIT ...; NULL: not known. */
	const char *ending;
	bool inside; /* a transaction is open now */
};

/* Whether transactions are traced, asked by an open gate only. */
static inline bool
gate_wants_transactions(void)
{
	return atomic_load_explicit(&gate, memory_order_relaxed) &
	       GATE_TRANSACTIONS;
}

SHIM_EXPORT void transaction_step(
    struct transaction *transaction, const struct transaction_step *step);

/* The connection is gone, or we lost sight of it: an open one ends now. */
SHIM_EXPORT void transaction_end(
    struct transaction *transaction, const char *ending);

#endif
