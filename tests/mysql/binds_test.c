/*
 * binds_test.c - what is kept of a statement's parameters: no more than the
 * limits, nothing that is hidden, and what was sent ahead for one execution.
 */
#include <errno.h>
#include <stdlib.h>

#include "bound.h"

/* The library's memory: counted, and refused when told so. */
static unsigned allocations;
static bool no_memory;
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *
__wrap_malloc(size_t size)
{
	allocations++;
	errno = ENOMEM;
	return no_memory ? NULL : __real_malloc(size);
}

void *
__wrap_realloc(void *old, size_t size)
{
	allocations++;
	errno = ENOMEM;
	return no_memory ? NULL : __real_realloc(old, size);
}

#define NUMBERS 40

/* Bind parameters that have the values 0, 1, 2 ... */
static void
bind_numbers(unsigned count, const char *const *names)
{
	static int32_t numbers[NUMBERS];
	MYSQL_BIND array[NUMBERS] = {{0}};

	for (int i = 0; i < NUMBERS; i++) {
		numbers[i] = i;
		array[i].buffer_type = 3;
		array[i].buffer = &numbers[i];
	}
	binds_take(&binds, array, count, names);
}

static void
test_a_long_text_is_cut_at_a_character(void)
{
	given_nothing();
	shim_set_limits(4, 64);
	bind_one(253, "ab\xc3\xa9\xc3\xa9", 6);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=text(6)'ab\xc3\xa9'");

	bind_one(253, "abc\xc3\xa9", 5);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=text(5)'abc'");
	bind_one(252, "abc\xc3\xa9", 5);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=blob(5)'abc\xc3'");
}

static void
test_parameters_past_the_limit_are_counted(void)
{
	given_nothing();
	shim_set_limits(1024, 10);
	bind_numbers(NUMBERS, NULL);

	CHECK_STR(shown(&of_mysql, &nothing_hidden),
	    "1=0 2=1 3=2 4=3 5=4 6=5 7=6 8=7 9=8 10=9");
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 30);
}

static void
test_rows_past_the_limit_are_counted(void)
{
	int32_t numbers[100] = {5, 6, 7};
	MYSQL_BIND bind = {.buffer_type = 3, .buffer = numbers};
	struct batch batch = {.mariadb = true, .rows = 100};

	given_nothing();
	shim_set_limits(1024, 3);
	binds_take(&binds, &bind, 1, NULL);

	CHECK_STR(shown(&batch, &nothing_hidden), "1=5 2=6 3=7");
	CHECK_U64(point_number(0, FIELD_BATCH_SIZE), 100);
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 97);
}

static void
test_a_full_record_counts_what_it_has_no_room_for(void)
{
	struct span span;
	struct fields fields;

	given_nothing();
	bind_numbers(3, NULL);
	span_open(&span, &fields, NULL, NULL, 8 + 24 + 16 + 8);
	binds_put(&fields, &binds, &of_mysql, &nothing_hidden);
	CHECK(fields.cut);
	span_publish(&span, &fields, 1);

	CHECK_STR(point_params(0), "1=0");
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 2);
}

static void
test_names_are_shown_and_may_be_missing(void)
{
	const char *const names[] = {"first", NULL, ""};

	given_nothing();
	bind_numbers(3, names);

	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1first=0 2=1 3=2");
}

static void
test_a_hidden_parameter_is_not_read(void)
{
	const char *const names[] = {"secret_token", "open"};
	struct hidden hidden = {.any = true, .bits = {2}};
	MYSQL_BIND array[] = {
	    {.buffer_type = 253, .buffer = NOWHERE},
	    {.buffer_type = 253, .buffer = NOWHERE, .is_null = NOWHERE},
	};

	given_nothing();
	binds_take(&binds, array, 2, names);

	CHECK_STR(shown(&of_mysql, &hidden),
	    "1secret_token=hidden(0)'' 2open=hidden(0)''");
}

static void
test_hidden_arguments_are_neither_read_nor_counted(void)
{
	MYSQL_BIND bind = {
	    .buffer_type = 253,
	    .buffer = NOWHERE,
	    .length = NOWHERE,
	    .is_null = NOWHERE,
	};
	struct batch batch = {.mariadb = true, .rows = 4};

	given_nothing();
	shim_hide_args(true);
	shim_on();
	binds_take(&binds, &bind, 1, NULL);
	binds_send(&binds, &nothing_hidden, 0, NOWHERE, 10);

	CHECK_U64(binds_room(&binds, &of_mysql, &nothing_hidden), 0);
	CHECK_STR(shown(&batch, &nothing_hidden), "");
	CHECK_U64(point_number(0, FIELD_BATCH_SIZE), 4);
	CHECK(!point_has(0, FIELD_PARAMS_OMITTED));
}

static void
test_what_was_sent_ahead_is_the_value_of_one_execution(void)
{
	given_nothing();
	bind_one(252, "bound", 5);
	binds_send(&binds, &nothing_hidden, 0, "abc", 3);
	binds_send(&binds, &nothing_hidden, 0, NULL, 0);
	binds_send(&binds, &nothing_hidden, 0, "de", 2);
	binds_send(&binds, &nothing_hidden, 1, NOWHERE, 2);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=blob(5)'abcde'");

	binds_executed(&binds);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=blob(5)'bound'");
	binds_send(&binds, &nothing_hidden, 0, "again", 5);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=blob(5)'again'");

	binds_executed(&binds);
	bind_one(254, "anew", 4);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=text(4)'anew'");
	binds_send(&binds, &nothing_hidden, 0, NULL, 0);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=text(0)''");
}

static void
test_what_was_sent_ahead_outlives_a_bind_but_not_the_statement(void)
{
	given_nothing();
	bind_one(252, "bound", 5);
	binds_send(&binds, &nothing_hidden, 0, "abc", 3);
	bind_one(252, "anew", 4);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=blob(3)'abc'");

	binds_forget(&binds);
	bind_one(252, "bound", 5);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=blob(5)'bound'");
}

static void
test_of_a_long_value_sent_ahead_the_beginning_is_kept(void)
{
	given_nothing();
	shim_set_limits(4, 64);
	bind_one(254, NULL, 0);
	binds_send(&binds, &nothing_hidden, 0, "abc\xc3\xa9", 5);
	binds_send(&binds, &nothing_hidden, 0, "tail", 4);

	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=text(9)'abc'");
}

static void
test_what_was_sent_of_a_hidden_parameter_is_not_kept(void)
{
	struct hidden hidden = {.any = true, .bits = {1}};

	given_nothing();
	bind_one(254, NULL, 0);
	binds_send(&binds, &hidden, 0, NOWHERE, 3);
	CHECK_STR(shown(&of_mysql, &hidden), "1=hidden(0)''");

	/* What comes behind is not the beginning. */
	binds_send(&binds, &nothing_hidden, 0, "tail", 4);
	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=text(7)''");
}

static void
test_no_memory_is_taken_once_all_was_bound_before(void)
{
	const char *const names[NUMBERS] = {"a", "b"};
	char record[4096];
	struct fields fields = {.end = record + sizeof(record)};
	unsigned before;

	given_nothing();
	bind_numbers(NUMBERS, names);
	binds_send(&binds, &nothing_hidden, 0, "abc", 3);
	before = allocations;
	for (unsigned i = 0; i < 3; i++) {
		bind_numbers(NUMBERS - i, names);
		binds_send(&binds, &nothing_hidden, 0, "abcdef", 6);
		fields.at = record;
		binds_put(&fields, &binds, &of_mysql, &nothing_hidden);
		binds_executed(&binds);
	}

	CHECK_U64(allocations, before);
}

static void
test_without_memory_the_last_parameters_are_counted(void)
{
	const char *const names[NUMBERS] = {"name"};

	given_nothing();
	no_memory = true;
	errno = EDOM;
	bind_numbers(10, names);
	binds_send(&binds, &nothing_hidden, 1, "abc", 3);
	CHECK_U64((uint64_t)errno, EDOM);
	no_memory = false;

	CHECK_STR(shown(&of_mysql, &nothing_hidden),
	    "1=0 2=blob(3)'' 3=2 4=3 5=4 6=5 7=6 8=7");
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 2);
}

static void
test_what_is_not_known_is_not_shown(void)
{
	given_nothing();
	CHECK_U64(binds_room(&binds, &of_mysql, &nothing_hidden), 0);

	bind_numbers(2, NULL);
	binds_forget(&binds);
	CHECK_U64(binds_room(&binds, &of_mysql, &nothing_hidden), 0);
	binds_free(&binds);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_long_text_is_cut_at_a_character),
	TEST(test_parameters_past_the_limit_are_counted),
	TEST(test_rows_past_the_limit_are_counted),
	TEST(test_a_full_record_counts_what_it_has_no_room_for),
	TEST(test_names_are_shown_and_may_be_missing),
	TEST(test_a_hidden_parameter_is_not_read),
	TEST(test_hidden_arguments_are_neither_read_nor_counted),
	TEST(test_what_was_sent_ahead_is_the_value_of_one_execution),
	TEST(test_what_was_sent_ahead_outlives_a_bind_but_not_the_statement),
	TEST(test_of_a_long_value_sent_ahead_the_beginning_is_kept),
	TEST(test_what_was_sent_of_a_hidden_parameter_is_not_kept),
	TEST(test_no_memory_is_taken_once_all_was_bound_before),
	TEST(test_without_memory_the_last_parameters_are_counted),
	TEST(test_what_is_not_known_is_not_shown))
/* clang-format on */
