/*
 * bind_test.c - what a program bound is shown as it will be sent: every type
 * of buffer, with every form of NULL, alone and in both kinds of array.
 */
#include "bound.h"

#include <stddef.h>

/* clang-format off */
#define AT(type, member, place) \
	_Static_assert(offsetof(type, member) == (place), #member)
#include "layout.h"
_Static_assert(offsetof(MYSQL_BIND, indicator) == 32, "a union of Connector/C's");
_Static_assert(sizeof(MYSQL_BIND) == 112, "a step in the program's array");
/* clang-format on */

/* A value of each type, and how it is shown. */
struct sample {
	const char *name;
	unsigned type;
	bool is_unsigned;
	bool is_pointer; /* an array of them is one of pointers */
	bool is_bytes;
	size_t size;
	const char *shown;
	union {
		int8_t int8;
		int16_t int16;
		int32_t int32;
		int64_t int64;
		float real32;
		double real64;
		char text[8];
		MYSQL_TIME time;
	} value;
};

/* clang-format off */
#define NUMBER(name, type, is_unsigned, member, number, shown) \
	{ name, type, is_unsigned, false, false, \
	    sizeof(((struct sample *)0)->value.member), shown, \
	    { .member = number } }
#define BYTES(name, type, shown) \
	{ name, type, false, true, true, 5, shown, { .text = "it's\xff" } }
#define TIME(name, type, shown, ...) \
	{ name, type, false, true, false, sizeof(MYSQL_TIME), shown, \
	    { .time = { __VA_ARGS__ } } }
#define REFUSED(name, type) \
	{ name, type, false, true, false, 0, "keyword(8)'type " #type "'", \
	    { .int8 = 0 } }

static const struct sample samples[] = {
	NUMBER("TINY",      1, false, int8,   -1,   "-1"),
	NUMBER("TINY u",    1, true,  int8,   -1,   "255"),
	NUMBER("SHORT",     2, false, int16,  -2,   "-2"),
	NUMBER("SHORT u",   2, true,  int16,  -2,   "65534"),
	NUMBER("LONG",      3, false, int32,  -3,   "-3"),
	NUMBER("LONG u",    3, true,  int32,  -3,   "4294967293"),
	NUMBER("LONGLONG",  8, false, int64,  -4,   "-4"),
	NUMBER("LONGLONG u", 8, true, int64,  -4,   "18446744073709551612"),
	NUMBER("LONGLONG u", 8, true, int64,  4,    "4"),
	NUMBER("INT24",     9, false, int32,  -5,   "-5"),
	NUMBER("YEAR",     13, true,  int16,  2026, "2026"),
	NUMBER("FLOAT",     4, false, real32, 0.1f, "0.1"),
	NUMBER("DOUBLE",    5, false, real64, -2.5, "-2.5"),
	TIME("DATE",     10, "text(10)'2026-11-21'", 2026, 11, 21, 9, 9, 9, 9, 1, 0),
	TIME("DATETIME", 12, "text(19)'2026-01-02 03:04:05'", 2026, 1, 2, 3, 4, 5, 0, 0, 0),
	TIME("TIMESTAMP", 7, "text(26)'2026-01-02 03:04:05.000600'", 2026, 1, 2, 3, 4, 5, 600, 0, 0),
	TIME("TIME",     11, "text(9)'-49:02:03'", 0, 0, 2, 1, 2, 3, 0, 1, 0),
	BYTES("DECIMAL",      0, "text(5)'it's\xff'"),
	BYTES("VARCHAR",     15, "text(5)'it's\xff'"),
	BYTES("JSON",       245, "text(5)'it's\xff'"),
	BYTES("NEWDECIMAL", 246, "text(5)'it's\xff'"),
	BYTES("VAR_STRING", 253, "text(5)'it's\xff'"),
	BYTES("STRING",     254, "text(5)'it's\xff'"),
	BYTES("TINY_BLOB",   249, "blob(5)'it's\xff'"),
	BYTES("MEDIUM_BLOB", 250, "blob(5)'it's\xff'"),
	BYTES("LONG_BLOB",   251, "blob(5)'it's\xff'"),
	BYTES("BLOB",        252, "blob(5)'it's\xff'"),
	REFUSED("INVALID",  243),
	REFUSED("BOOL",     244),
	REFUSED("VECTOR",   242),
	REFUSED("ENUM",     247),
	REFUSED("SET",      248),
	REFUSED("GEOMETRY", 255),
	{ "NEWDATE",     14, false, true, false, 0, "keyword(7)'type 14'", { .int8 = 0 } },
	{ "BIT",         16, false, true, false, 0, "keyword(7)'type 16'", { .int8 = 0 } },
	{ "TYPED_ARRAY", 20, false, true, false, 0, "keyword(7)'type 20'", { .int8 = 0 } },
	{ "far away", 4294967295u, false, true, false, 0, "keyword(15)'type 4294967295'", { .int8 = 0 } },
	{ "NULL",         6, false, true, false, 0, "null", { .int8 = 0 } },
};

enum mode { MYSQL_ONE, MARIADB_ONE, COLUMNS, ROWS, MODES };
enum expected { VALUE, NUL, EMPTY, DEFAULT, IGNORE, SKIP };

/* A form in which a NULL is said, or is not, and what comes of it. */
static const struct form {
	const char *name;
	int is_null;	/* -1: no pointer */
	int indicator;	/* of an array; -2: no pointer */
	bool no_buffer;
	enum expected expected[MODES]; /* EMPTY: of bytes; NUL of others */
} forms[] = {
	{ "nothing said",      -1, -2, false, { VALUE, VALUE, VALUE, VALUE } },
	{ "is_null says no",    0, -2, false, { VALUE, VALUE, VALUE, VALUE } },
	{ "is_null says yes",   1, -2, false, { NUL,   NUL,   VALUE, VALUE } },
	{ "no buffer",         -1, -2, true,  { EMPTY, NUL,   NUL,   NUL } },
	{ "indicator none",    -1,  0, false, { VALUE, VALUE, VALUE, VALUE } },
	{ "indicator NULL",    -1,  1, false, { VALUE, VALUE, NUL,   NUL } },
	{ "both say yes",       1,  1, true,  { NUL,   NUL,   NUL,   NUL } },
	{ "DEFAULT",           -1,  2, false, { VALUE, VALUE, DEFAULT, DEFAULT } },
	{ "DEFAULT of nothing", -1, 2, true,  { EMPTY, NUL,   DEFAULT, DEFAULT } },
	{ "IGNORE",            -1,  3, false, { VALUE, VALUE, IGNORE, IGNORE } },
	{ "IGNORE_ROW",        -1,  4, true,  { EMPTY, NUL,   SKIP,  SKIP } },
	{ "ends at a NUL",     -1, -1, false, { VALUE, VALUE, VALUE, VALUE } },
};
/* clang-format on */

#define ROW_SIZE 96 /* the value, its length at 64 and indicator at 72 */

/* Two rows of the same value, in the program's memory. */
struct program {
	char rows[2][ROW_SIZE];
	const void *pointers[2];
	unsigned long lengths[2];
	signed char indicators[2];
	my_bool is_null;
};

static void
program_fill(struct program *program, const struct sample *sample,
    const struct form *form)
{
	for (int i = 0; i < 2; i++) {
		unsigned long len = sample->size;

		memset(program->rows[i], 0, ROW_SIZE);
		memcpy(program->rows[i], &sample->value, sample->size);
		memcpy(program->rows[i] + 64, &len, sizeof(len));
		program->rows[i][72] = (char)form->indicator;
		program->pointers[i] = program->rows[i];
		program->lengths[i] = len;
		program->indicators[i] = (signed char)form->indicator;
	}
	program->is_null = (my_bool)form->is_null;
}

/* Numbers that lie behind each other. */
static void *
program_column(struct program *program, const struct sample *sample)
{
	if (sample->is_pointer)
		return program->pointers;
	memcpy(program->rows[0] + sample->size, program->rows[1], sample->size);
	return program->rows[0];
}

static void
bind_as(struct program *program, const struct sample *sample,
    const struct form *form, enum mode mode)
{
	bool array = mode == COLUMNS || mode == ROWS;
	MYSQL_BIND bind = {
	    .buffer_type = sample->type,
	    .is_unsigned = sample->is_unsigned,
	    .buffer = program->rows[0],
	    .length = program->lengths,
	    .is_null = form->is_null < 0 ? NULL : &program->is_null,
	    .indicator = form->indicator == -2 ? NULL : program->indicators,
	};

	program_fill(program, sample, form);
	if (mode == COLUMNS)
		bind.buffer = program_column(program, sample);
	if (mode == ROWS) {
		bind.length = (void *)(program->rows[0] + 64);
		if (bind.indicator)
			bind.indicator = (const signed char *)program->rows[0] +
					 72;
	}
	if (!array)
		bind.indicator = NOWHERE; /* it is the library's row_ptr */
	else
		bind.is_null = form->is_null < 0 ? NULL : NOWHERE;
	if (form->no_buffer)
		bind.buffer = NULL;
	if (form->no_buffer && mode == MYSQL_ONE)
		program->lengths[0] = 0;
	if (sample->size == 0)
		bind.length = NOWHERE;
	if (sample->size == 0 && !form->no_buffer)
		bind.buffer = NOWHERE;
	if (sample->type == 6 && !array)
		bind.is_null = NOWHERE; /* the library has a flag of its own */
	binds_take(&binds, &bind, 1, NULL);
}

static const char *
expected_of(const struct sample *sample, enum expected expected)
{
	switch (expected) {
	case VALUE:
		return sample->shown;
	case NUL:
		return "null";
	case EMPTY:
		if (!sample->is_bytes)
			return "null";
		return sample->shown[0] == 't' ? "text(0)''" : "blob(0)''";
	case DEFAULT:
		return "keyword(7)'DEFAULT'";
	case IGNORE:
		return "keyword(6)'IGNORE'";
	default:
		return "keyword(10)'IGNORE_ROW'";
	}
}

static void
check_case(const struct sample *sample, const struct form *form, enum mode mode)
{
	bool array = mode == COLUMNS || mode == ROWS;
	struct batch batch = {
	    .mariadb = mode != MYSQL_ONE,
	    .rows = array ? 2 : 0,
	    .row_size = mode == ROWS ? ROW_SIZE : 0,
	};
	const char *one = expected_of(sample, form->expected[mode]);
	char wanted[200];
	struct program program;

	snprintf(
	    wanted, sizeof(wanted), array ? "1=%s 2=%s" : "1=%s", one, one);
	bind_as(&program, sample, form, mode);
	if (strcmp(shown(&batch, &nothing_hidden), wanted) != 0)
		fprintf(stderr, "%s, %s, mode %d:\n", sample->name, form->name,
		    mode);
	CHECK_STR(shown(&batch, &nothing_hidden), wanted);
	CHECK(!was_cut);
	CHECK_U64(point_number(0, FIELD_BATCH_SIZE), batch.rows);
}

static void
test_each_type_and_null_and_array_is_shown_as_it_is_sent(void)
{
	given_nothing();
	for (size_t s = 0; s < sizeof(samples) / sizeof(*samples); s++)
		for (size_t f = 0; f < sizeof(forms) / sizeof(*forms); f++)
			for (enum mode mode = 0; mode < MODES; mode++)
				check_case(&samples[s], &forms[f], mode);
}

static void
test_the_length_is_followed_when_the_statement_runs(void)
{
	char text[] = "abcdef";
	unsigned long len = 6;
	MYSQL_BIND bind = {.buffer_type = 253,
	    .buffer = text,
	    .length = &len,
	    .buffer_length = 2};

	given_nothing();
	binds_take(&binds, &bind, 1, NULL);
	len = 3;
	text[0] = 'X';

	CHECK_STR(shown(&of_mysql, &nothing_hidden), "1=text(3)'Xbc'");
}

static void
test_without_a_length_the_buffers_size_of_bind_time_counts(void)
{
	MYSQL_BIND bind = {
	    .buffer_type = 253, .buffer = "abcdef", .buffer_length = 4};

	given_nothing();
	binds_take(&binds, &bind, 1, NULL);
	bind.buffer_length = 6;

	CHECK_STR(shown(&of_mariadb, &nothing_hidden), "1=text(4)'abcd'");
}

static void
test_the_longest_length_ends_at_a_nul_in_connector_c_alone(void)
{
	given_nothing();
	bind_one(253, "abc", (unsigned long)-1);

	CHECK_STR(shown(&of_mariadb, &nothing_hidden), "1=text(3)'abc'");
	CHECK_STR(shown(&of_mysql, &nothing_hidden),
	    "1=text(18446744073709551615)''");
}

static void
test_a_length_that_no_packet_has_is_not_read(void)
{
	given_nothing();
	bind_one(252, NOWHERE, (1ul << 30) + 1);

	CHECK_STR(shown(&of_mariadb, &nothing_hidden), "1=blob(1073741825)''");
}

static void
test_an_array_without_lengths_has_but_the_first(void)
{
	const char *texts[] = {"abc", "def"};
	MYSQL_BIND bind = {
	    .buffer_type = 253, .buffer = texts, .buffer_length = 3};
	struct batch batch = {.mariadb = true, .rows = 2};

	given_nothing();
	binds_take(&binds, &bind, 1, NULL);

	CHECK_STR(shown(&batch, &nothing_hidden), "1=text(3)'abc' 2=text(0)''");
}

static void
test_a_row_that_is_left_out_is_not_read(void)
{
	signed char skips[] = {INDICATOR_NONE, INDICATOR_IGNORE_ROW};
	int32_t numbers[] = {7, 8};
	void *texts[] = {"a", NOWHERE};
	unsigned long lengths[] = {1, 1};
	MYSQL_BIND array[] = {
	    {.buffer_type = 253, .buffer = texts, .length = lengths},
	    {.buffer_type = 3, .buffer = numbers, .indicator = skips},
	};
	struct batch batch = {.mariadb = true, .rows = 2};

	given_nothing();
	binds_take(&binds, array, 2, NULL);

	CHECK_STR(shown(&batch, &nothing_hidden),
	    "1=text(1)'a' 2=7 3=keyword(10)'IGNORE_ROW' "
	    "4=keyword(10)'IGNORE_ROW'");
}

static void
test_the_rows_of_a_callback_are_counted_not_read(void)
{
	MYSQL_BIND array[] = {{.buffer_type = 253, .buffer = NOWHERE},
	    {.buffer_type = 3, .buffer = NOWHERE}};
	struct batch batch = {.mariadb = true, .callback = true, .rows = 3};

	given_nothing();
	binds_take(&binds, array, 2, NULL);

	CHECK_STR(shown(&batch, &nothing_hidden), "");
	CHECK_U64(point_number(0, FIELD_BATCH_SIZE), 3);
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 6);
}

/* How a MYSQL_TIME is shown, also one that is none. */
static void
test_dates_and_times_are_shown_as_the_server_takes_them(void)
{
	static const struct {
		unsigned type;
		MYSQL_TIME time;
		const char *shown;
	} cases[] = {
	    {10, {0}, "1=text(10)'0000-00-00'"},
	    {12, {.year = 9999, .second_part = 999999},
		"1=text(26)'9999-00-00 00:00:00.999999'"},
	    {11, {.hour = 838, .minute = 59}, "1=text(8)'70:59:00'"},
	    {11, {.day = 34, .hour = 22, .second = 1, .second_part = 1},
		"1=text(16)'838:00:01.000001'"},
	    {10, {.year = 65536 + 7, .month = 257, .day = 511},
		"1=text(11)'0007-01-255'"},
	    {11,
		{.day = UINT32_MAX,
		    .hour = 255,
		    .minute = 255,
		    .second = 255,
		    .second_part = UINT32_MAX,
		    .neg = 2},
		"1=text(32)'-103079215335:255:255.4294967295'"},
	};

	given_nothing();
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bind_one(cases[i].type, &cases[i].time, 0);
		CHECK_STR(shown(&of_mysql, &nothing_hidden), cases[i].shown);
	}
}

/* clang-format off */
RUN_TESTS(
	TEST(test_each_type_and_null_and_array_is_shown_as_it_is_sent),
	TEST(test_the_length_is_followed_when_the_statement_runs),
	TEST(test_without_a_length_the_buffers_size_of_bind_time_counts),
	TEST(test_the_longest_length_ends_at_a_nul_in_connector_c_alone),
	TEST(test_a_length_that_no_packet_has_is_not_read),
	TEST(test_an_array_without_lengths_has_but_the_first),
	TEST(test_a_row_that_is_left_out_is_not_read),
	TEST(test_the_rows_of_a_callback_are_counted_not_read),
	TEST(test_dates_and_times_are_shown_as_the_server_takes_them))
/* clang-format on */
