/*
 * fake_mysql_script.h - how the fake's calls play from the script.
 */
#ifndef TESTS_FAKE_MYSQL_SCRIPT_H
#define TESTS_FAKE_MYSQL_SCRIPT_H

#include "tests/mysql/fake_mysql.h"

/* What this call comes to; the handle's state, if it has one, is as it says. */
const struct answer *play(const char *call, struct fake_state *state);

#endif
