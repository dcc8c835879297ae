/*
 * gate.h - whether SQL is traced: what every wrapper asks first.
 */
#ifndef SHIM_GATE_H
#define SHIM_GATE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "shim/private_names.h"

/*
 * Zero: off.  Else a sum of gate bits.  GATE_UNKNOWN, its value when the
 * process begins and in a forked child, sends the first call to gate_settle().
 */
SHIM_EXPORT extern atomic_uint gate;

enum gate_bit {
	GATE_SQL = 1,       /* statements are recorded */
	GATE_HIDE_ARGS = 2, /* but no value of theirs */
	GATE_UNKNOWN = 4,   /* nobody has read the configuration yet */
	GATE_HANDLES = 8,   /* connections have implicit traces of their own */
	GATE_TRANSACTIONS = 16, /* transactions are recorded too */
	GATE_EPOCH = 32, /* and above: counts the changes of the bits before */
};

/* Read the configuration if need be.  Returns the settled gate; keeps errno. */
SHIM_EXPORT unsigned gate_settle(void);

/*
 * The off path of a wrapper that goes on to the real call at once: one load, a
 * predicted branch, and no other call, so that the compiler needs no frame for
 * it.  What is not shut has yet to be asked whether it is open.
 */
static inline bool
gate_shut(void)
{
	return __builtin_expect(
	    atomic_load_explicit(&gate, memory_order_relaxed) == 0, 1);
}

/* Whether to trace. */
static inline bool
gate_open(void)
{
	unsigned bits = atomic_load_explicit(&gate, memory_order_relaxed);

	if (__builtin_expect(bits == 0, 1))
		return false;
	if (__builtin_expect(bits & GATE_UNKNOWN, 0))
		bits = gate_settle();
	return bits & GATE_SQL;
}

/* Whether values may be copied, asked by an open gate only. */
static inline bool
gate_shows_args(void)
{
	return !(
	    atomic_load_explicit(&gate, memory_order_relaxed) & GATE_HIDE_ARGS);
}

/*
 * Whether spans want the `implicit` of their connection; where they do not,
 * NULL will do.
 */
static inline bool
gate_wants_handles(void)
{
	return atomic_load_explicit(&gate, memory_order_relaxed) & GATE_HANDLES;
}

/*
 * What an open gate says now.  State that was gathered under another value has
 * missed calls: the gate was closed meanwhile, or values were hidden.
 */
static inline unsigned
gate_epoch(void)
{
	return atomic_load_explicit(&gate, memory_order_relaxed) &
	       ~(unsigned)GATE_UNKNOWN;
}

/*
 * Whether tracing went on from then to now: the epoch counts each change of
 * the gate, and one change that begins and ends with an open gate shut nothing.
 */
static inline bool
gate_was_open_since(unsigned epoch)
{
	return (epoch & GATE_SQL) &&
	       gate_epoch() / GATE_EPOCH - epoch / GATE_EPOCH <= 1;
}

#endif
