/*
 * hide_test.c - hide_params finds the parameters that it names, and no others.
 */
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#include "osprof.h"
#include "shim/gate.h"
#include "shim/hide.h"

static const struct match {
	const char *list;
	const char *name;
	bool fits;
} matches[] = {
    /* clang-format off */
	{ "password", "password", true },
	{ "password", "PassWord", true },
	{ "PASSWORD", "password", true },
	{ "password", "passwords", false },
	{ "password", "my_password", false },
	{ " token ,\tpassword ", "password", true },
	{ "token,,password", "password", true },
	{ "*secret*", "my_secret_key", true },
	{ "*secret*", "secret", true },
	{ "*secret*", "secre", false },
	{ "*_key", "api_key", true },
	{ "*_key", "api_key_id", false },
	{ "a*b*c", "aXbXbXc", true },
	{ "a*b*c", "aXbXbX", false },
	{ "*", "x", true },
	{ "", "x", false },
	{ " , ", "x", false },
    /* clang-format on */
};

static void
test_a_pattern_fits_the_whole_name(void)
{
	for (size_t i = 0; i < sizeof(matches) / sizeof(*matches); i++) {
		const struct match *row = &matches[i];

		if (redact_name_is_hidden(
			row->list, row->name, strlen(row->name)) != row->fits)
			fprintf(stderr, "%s: %s\n", row->list, row->name);
		CHECK(redact_name_is_hidden(row->list, row->name,
			  strlen(row->name)) == row->fits);
	}
}

static const struct statement {
	const char *sql;
	const char *hidden; /* a digit for each parameter from 1 on */
} statements[] = {
    /* clang-format off */
	{ "SELECT id FROM users WHERE email = ? AND password = ?", "01" },
	{ "INSERT INTO users (name, password, token) VALUES (?, ?, ?)", "011" },
	{ "UPDATE users SET token = ?, name = ? WHERE id = ?", "100" },
	{ "SELECT 1 WHERE x = :password", "1" },
	{ "SELECT 1 WHERE x = @my_secret", "1" },
	{ "SELECT ?", "0" },
	{ "UPDATE users SET \"password\" = ?2 WHERE id = ?1", "01" },
	{ "SELECT * FROM users WHERE id = ? AND 'never ends", "1" },
    /* clang-format on */
};

static void
test_a_parameter_is_hidden_by_its_column_or_its_name(void)
{
	for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++) {
		const struct statement *row = &statements[i];
		struct hidden hidden = hidden_params(
		    redact_default_mode(REDACT_SQLITE), row->sql,
		    strlen(row->sql));

		for (unsigned index = 1; row->hidden[index - 1]; index++) {
			bool wanted = row->hidden[index - 1] == '1';

			if (hidden_has(&hidden, index) != wanted)
				fprintf(stderr, "%s: %u\n", row->sql, index);
			CHECK(hidden_has(&hidden, index) == wanted);
		}
	}
}

static void
test_a_text_of_too_many_parameters_is_hidden_whole(void)
{
	char sql[4096] = "SELECT ?";
	struct hidden hidden;

	for (int i = 0; i < HIDE_PARAMS; i++)
		strcat(sql, ", ?");
	hidden = hidden_params(
	    redact_default_mode(REDACT_SQLITE), sql, strlen(sql));

	CHECK(hidden_has(&hidden, 1));
	CHECK(hidden_has(&hidden, HIDE_PARAMS + 1));
}

static void
test_other_patterns_make_what_was_learned_old(void)
{
	unsigned before = gate_epoch();

	sandbox_again("enabled = true\ntrace_sql = true\nhide_params = none");
	CHECK(osprof_init_from_conf(NULL, NULL, NULL, NULL) == OSPROF_OK);

	CHECK(gate_epoch() != before);
}

static void
make(void)
{
	sandbox_make("enabled = true\ntrace_sql = true\n"
		     "hide_params = password, token, *secret*");
	CHECK(osprof_init_from_conf(NULL, NULL, NULL, NULL) == OSPROF_OK);
}

RUN_TESTS(TEST(test_a_pattern_fits_the_whole_name), TEST(make),
    TEST(test_a_parameter_is_hidden_by_its_column_or_its_name),
    TEST(test_a_text_of_too_many_parameters_is_hidden_whole),
    TEST(test_other_patterns_make_what_was_learned_old), TEST(sandbox_remove))
