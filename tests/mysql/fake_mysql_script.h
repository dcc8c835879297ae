/*
 * fake_mysql_script.h - how the fake's calls play from the script.
 */
#ifndef TESTS_FAKE_MYSQL_SCRIPT_H
#define TESTS_FAKE_MYSQL_SCRIPT_H

#include "tests/mysql/fake_mysql.h"

/* The answer of a call that begins now: the script's next one. */
struct answer take(const char *call);

/*
 * The call is answered: what happens meanwhile has happened, and the handle's
 * state, if it has one, is as the answer says.
 */
void apply(const struct answer *answer, struct fake_state *state);

/*
 * What this call comes to, when it has waited as often as the answer says: all
 * of the above.
 */
struct answer play(const char *call, struct fake_state *state);

/* A handle says that its call failed; 0: it did not. */
void fail(struct fake_state *state, unsigned code);

/* Something was done that no library allows. */
void fault(const char *what);

/*
 * A call waits so often, at first to write if it is more than once; on the
 * thread's own stack that is nothing to be seen.
 */
void wait_for_server(unsigned times);

/* The errno that the last call left: ERRNO_AFTER. */
void leave_errno(void);

#endif
