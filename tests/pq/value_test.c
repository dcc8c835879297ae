/*
 * value_test.c - what servers sent is shown as they print it, or the beginning
 * of it where there is no room; any less or more of it as bytes.
 *
 * The folder PQ_VECTORS has files of values that servers sent: between tabs the
 * type's oid, its name, the text, and the binary form in hex.  The text is a
 * cast's in binary_vectors.tsv, the type's output in output_vectors.tsv.
 */
#include "tests/check.h"
#include "tests/pq/shown.h"

#include <stdlib.h>

struct vector {
	uint32_t oid;
	char type[32];
	char text[VALUE_MAX];
	char data[VALUE_MAX];
	size_t len;
};

static struct vector vectors[512];
static size_t vector_count;

/* What a client shows where the file has a cast's text, or names and locale. */
static const struct {
	const char *type, *in_file, *shown;
} own_text[] = {
    {"bool", "true", "t"},
    {"bool", "false", "f"},
    {"money", "$12.34", "1234"},
    {"inet", "10.0.0.1/32", "10.0.0.1"},
    {"inet", "::1/128", "::1"},
    {"bpchar", "ab", "ab "},
    {"regclass", "pg_class", "1259"},
    {"regtype", "integer", "23"},
};

/* The next of the columns, which ends at a tab or the line's end. */
static char *
next_column(char **line)
{
	return strsep(line, "\t\n");
}

static void
read_vector(char *line, struct vector *ret_vector)
{
	struct vector *vector = ret_vector;

	vector->oid = (uint32_t)strtoul(next_column(&line), NULL, 10);
	snprintf(vector->type, sizeof(vector->type), "%s", next_column(&line));
	snprintf(vector->text, sizeof(vector->text), "%s", next_column(&line));
	vector->len = read_hex(next_column(&line), vector->data);
	for (size_t i = 0; i < sizeof(own_text) / sizeof(*own_text); i++)
		if (strcmp(vector->type, own_text[i].type) == 0 &&
		    strcmp(vector->text, own_text[i].in_file) == 0)
			strcpy(vector->text, own_text[i].shown);
}

static void
read_file(const char *path)
{
	static char line[4 * VALUE_MAX];
	FILE *file = fopen(path, "r");

	if (!CHECK(file))
		return;
	while (fgets(line, sizeof(line), file))
		read_vector(line, &vectors[vector_count++]);
	fclose(file);
}

static void
read_vectors(void)
{
	if (vector_count)
		return;
	read_file(PQ_VECTORS "/binary_vectors.tsv");
	read_file(PQ_VECTORS "/output_vectors.tsv");
}

static struct shown *
show_vector(const struct vector *vector, size_t len, size_t cap)
{
	return show(vector->oid, vector->data, len, cap);
}

static bool
is_number(const struct shown *shown)
{
	return shown->value.type == PARAM_INT ||
	       shown->value.type == PARAM_UINT ||
	       shown->value.type == PARAM_DOUBLE;
}

/* Texts and bytes are whole at any length. */
static bool
has_no_form(const struct vector *vector)
{
	static const char *const types[] = {"text", "varchar", "bpchar", "name",
	    "json", "xml", "bytea", "jsonb", "jsonpath"};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(vector->type, types[i]) == 0)
			return true;
	return false;
}

static bool
same_double(const char *is, const char *wanted)
{
	double a = strtod(is, NULL), b = strtod(wanted, NULL);

	return a == b || (a != a && b != b);
}

static void
test_values_are_shown_as_the_server_prints_them(void)
{
	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];
		const struct shown *shown = show_vector(
		    vector, vector->len, ROOM_MAX);

		CHECK(shown->value.len == shown->value.kept);
		CHECK((shown->value.type == PARAM_BLOB) ==
		      (strcmp(vector->type, "bytea") == 0));
		if (shown->value.type == PARAM_DOUBLE)
			CHECK(same_double(shown->text, vector->text));
		else
			CHECK_STR(shown->text, vector->text);
	}
	CHECK(vector_count > 200);
}

static void
test_a_value_cut_short_is_shown_as_bytes(void)
{
	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];

		for (size_t len = 0; len < vector->len; len++) {
			const struct shown *shown = show_vector(
			    vector, len, ROOM_MAX);

			CHECK(has_no_form(vector) ||
			      shown->value.type == PARAM_BLOB);
			CHECK(shown->value.len == shown->value.kept);
		}
	}
}

static void
test_a_value_with_a_byte_too_many_is_shown_as_bytes(void)
{
	char longer[VALUE_MAX + 1];

	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];

		memcpy(longer, vector->data, vector->len);
		longer[vector->len] = 0;
		CHECK(has_no_form(vector) ||
		      show(vector->oid, longer, vector->len + 1, ROOM_MAX)
			      ->value.type == PARAM_BLOB);
	}
}

/* Quotes around and inside of elements; one that is cut may lack them. */
static void
drop_quotes(char *text)
{
	char *to = text;

	for (; *text; text++)
		if (*text != '"' && *text != '\\')
			*to++ = *text;
	*to = '\0';
}

static void
check_beginning(const struct vector *vector, size_t cap, const char *whole)
{
	struct shown *shown = show_vector(vector, vector->len, cap);

	CHECK(shown->value.kept < shown->value.len);
	drop_quotes(shown->text);
	CHECK(strncmp(shown->text, whole, strlen(shown->text)) == 0);
}

static void
test_with_less_room_the_beginning_is_shown(void)
{
	static struct shown whole;

	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];

		whole = *show_vector(vector, vector->len, ROOM_MAX);
		if (is_number(&whole))
			continue;
		drop_quotes(whole.text);
		for (size_t cap = 0; cap < whole.value.kept; cap++)
			check_beginning(vector, cap, whole.text);
		CHECK(show_vector(vector, vector->len, whole.value.kept)
			  ->value.len == whole.value.kept);
	}
}

RUN_TESTS(TEST(test_values_are_shown_as_the_server_prints_them),
    TEST(test_a_value_cut_short_is_shown_as_bytes),
    TEST(test_a_value_with_a_byte_too_many_is_shown_as_bytes),
    TEST(test_with_less_room_the_beginning_is_shown))
