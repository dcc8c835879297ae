/*
 * reading_test.c - what a statement's text tells: whether more results may
 * follow, what it means for its transaction, whether it sets how texts are
 * read.
 */
#include "mysql/text.h"
#include "mysql/turn.h"
#include "tests/check.h"

#define IMPLICIT "implicit commit"
#define BEGINS "implicit commit, begins"

static const struct {
	const char *sql;
	bool goes_on;
} results[] = {
    {"select 1", false},
    {" \n\tSELECT 1 ; ", false},
    {"select 1; select 2", true},
    {"insert into t values (';')", true}, /* it is not read that closely */
    {"insert into t values (1)", false},
    {"SHOW TABLES", false},
    {"call p()", true},
    {"/* of a program */ call p()", true},
    {"execute s", true},
    {"sel", true},
    {"selects", true},
    {"/* of a program */ select 1", false},
    {"set @a = 1", false},
    {"set statement max_statement_time = 1 for call p()", true},
    {"", true},
};

static const struct {
	const char *sql;
	const char *means; /* NULL: nothing */
} turns[] = {
    {"begin", BEGINS},
    {"  Begin work", BEGINS},
    {"beginning", NULL},
    {"start transaction read only", BEGINS},
    {"START \n TRANSACTION", BEGINS},
    {"start slave", NULL},
    {"start", NULL},
    {"commit", "COMMIT"},
    {"COMMIT;", "COMMIT"},
    {"commits", NULL},
    {"rollback", "ROLLBACK"},
    {"rollback and chain", "ROLLBACK, begins"},
    {"commit work  and chain", "COMMIT, begins"},
    {"begin not atomic select 1; end", NULL},
    {"/* of a program */ -- and\n# more\nbegin", BEGINS},
    {"/*!50000 rollback */", "ROLLBACK"},
    {"/*M!100000 commit*/", "COMMIT"},
    {"/* begin", NULL},
    {"-- begin", NULL},
    {"xa start 'x'", BEGINS},
    {"flush tables", IMPLICIT},
    {"rollback to savepoint s", NULL},
    {"rollback work to s", NULL},
    {"create table t (a int)", IMPLICIT},
    {"create temporary table t (a int)", NULL},
    {"drop  temporary table t", NULL},
    {"lock tables t read", IMPLICIT},
    {"select 1", NULL},
    {"", NULL},
};

static const struct {
	const char *sql;
	const char *means; /* its last statement; NULL: nothing that is seen */
} ends[] = {
    {"begin", NULL},
    {"begin;", NULL},
    {"begin; select 1; commit ; ", "COMMIT"},
    {"select 1; begin", BEGINS},
    {"select '; commit'", NULL},
    {"select 1; select 'commit'", NULL},
    {"commit; select 1", NULL},
    {"", NULL},
};

static const struct {
	const char *sql;
	bool sets;
} modes[] = {
    {"set sql_mode = 'ANSI'", true},
    {"select 1; SET SESSION SQL_MODE='x'", true},
    {"set @@sql_mode=''", true},
    {"select sql_mod", false},
    {"sql_", false},
    {"_mode sql_mod sql_mode", true},
    {"select a_b from my_sql_modes", true},
    {"", false},
};

static void
test_a_text_may_have_more_results_than_one(void)
{
	for (size_t i = 0; i < sizeof(results) / sizeof(*results); i++)
		CHECK(text_goes_on(results[i].sql, strlen(results[i].sql)) ==
		      results[i].goes_on);
}

static bool
means(const struct turn *turn, const char *expected)
{
	char said[64];

	if (!turn || !expected)
		return !turn && !expected;
	snprintf(said, sizeof(said), "%s%s", turn->ending,
	    turn->begins ? ", begins" : "");
	return CHECK_STR(said, expected);
}

static void
test_a_text_begins_or_ends_a_transaction(void)
{
	for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++)
		CHECK(means(turn_of(turns[i].sql, strlen(turns[i].sql)),
		    turns[i].means));
}

static void
test_the_last_of_several_statements_does_so_too(void)
{
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		CHECK(means(turn_of_last(ends[i].sql, strlen(ends[i].sql)),
		    ends[i].means));
}

static void
test_a_text_may_set_what_is_in_double_quotes(void)
{
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		CHECK(text_sets_quotes(modes[i].sql, strlen(modes[i].sql)) ==
		      modes[i].sets);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_text_may_have_more_results_than_one),
	TEST(test_a_text_begins_or_ends_a_transaction),
	TEST(test_the_last_of_several_statements_does_so_too),
	TEST(test_a_text_may_set_what_is_in_double_quotes))
/* clang-format on */
