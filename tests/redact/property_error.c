/*
 * Values that stand in the messages of the three libraries never come out of
 * redact_error(): whatever they are made of, such messages as well, and
 * wherever the message is cut; its constant words and the names in it do.
 */
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/property_rounds.h"

#define ROOM 4096
#define COUNT(array) ((unsigned)(sizeof(array) / sizeof(*(array))))

/* What values are made of, and nothing else. */
static const char secret[] = "SECRET";

struct form {
	enum redact_dialect dialect;
	bool is_detail;
	const char *text;
};

/* clang-format off */
static const struct form forms[] = {
#define MESSAGE(form) { REDACT_SQLITE, false, form },
#include "redact/sqlite_messages.h"
#define MESSAGE(form) { REDACT_POSTGRES, false, form },
#define DETAIL(form) { REDACT_POSTGRES, true, form },
#include "redact/postgres_messages.h"
#define MESSAGE(form) { REDACT_MYSQL, false, form },
#include "redact/mysql_messages.h"
};
/* clang-format on */

struct text {
	size_t len;
	char bytes[ROOM];
};

static struct text message, wanted;
static char out[ROOM], again[ROOM];
static size_t out_len;
static uint64_t seed;
static bool is_odd = true; /* are values */
/* Of a message that is cut nobody can tell where a message in it ended. */
static bool is_whole = true;

static void
add(struct text *text, const char *bytes)
{
	const size_t len = strlen(bytes);

	if (len > ROOM - text->len)
		abort();
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
}

static const struct form *
pick_form(enum redact_dialect dialect, bool is_detail)
{
	const struct form *form;

	do
		form = &forms[pick(&seed, COUNT(forms))];
	while (form->dialect != dialect || form->is_detail != is_detail);
	return form;
}

static bool
is_variable(const struct form *form, const char *at)
{
	return strchr("*~#", *at) && (at == form->text || at[-1] != '/');
}

/*
 * Whether another form has a name in this place, such as that of a column where
 * an expression may stand: what looks like a name then stays.
 */
static bool
may_be_name(const struct form *form, size_t at)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		const char *text = forms[i].text;
		size_t k = 0;

		while (text[k] && (text[k] == form->text[k] ||
				      (strchr("*~#", text[k]) &&
					  strchr("*~#", form->text[k]))))
			k++;
		if (!text[k] && !form->text[k] && text[at] != '*')
			return true;
	}
	return false;
}

/* The message itself, with secrets for all that varies in it. */
static void
add_false_message(const struct form *form)
{
	for (const char *at = form->text; *at; at++)
		if (is_variable(form, at))
			add(&message, *at == '~' ? "SECRET.SECRET" : secret);
		else
			add(&message, (const char[2]){*at, '\0'});
}

static void
add_value(const struct form *form)
{
	static const char *const odd[] = {"", "'", "\"", "`", "''", ")", ")=(",
	    "(", ": ", ", ", ".", "\n",
	    "\nDETAIL:  ", "\nHINT:  ", "\nCONTEXT:  ", "\n\n",
	    "\nLINE 1: ", "ERROR:  ", "\xc3\xb6", "%", "*", "#", "~",
	    "' for key '", "?"};

	add(&message, secret);
	for (unsigned i = is_odd ? pick(&seed, 3) : 0; i > 0; i--) {
		if (is_whole && pick(&seed, 8) == 0)
			add_false_message(form);
		else
			add(&message, odd[pick(&seed, COUNT(odd))]);
		add(&message, secret);
	}
}

static void
add_name(char kind)
{
	static const char *const names[] = {
	    "t2.a", "users.email", "t2.a, t2.u4", "\xc3\xb6.k"};
	const char *name = names[pick(&seed, COUNT(names))];

	if (kind == '#' && pick(&seed, 2))
		name = strchr(name, '.') + 1;
	add(&message, name);
	add(&wanted, name);
}

/* The form with names and values; what is wanted of it has the names. */
static void
add_form(const struct form *form)
{
	for (const char *at = form->text; *at; at++)
		if (!is_variable(form, at)) {
			add(&message, (const char[2]){*at, '\0'});
			add(&wanted, (const char[2]){*at, '\0'});
		} else if (*at == '*') {
			if (may_be_name(form, (size_t)(at - form->text)))
				add(&message, "lower(");
			add_value(form);
			add(&wanted, "?");
		} else {
			add_name(*at);
		}
}

static void
add_head(enum redact_dialect dialect)
{
	static const char *const heads[][4] = {
	    [REDACT_SQLITE] = {"", "", "", ""},
	    [REDACT_POSTGRES] = {"", "ERROR:  ", "ERROR:  23505: ", "FATAL:  "},
	    [REDACT_MYSQL] = {"", "",
		"ERROR 1062 (23000): ", "ERROR 1064 (42000) at line 7: "},
	};
	const char *head = heads[dialect][pick(&seed, 4)];

	add(&message, head);
	add(&wanted, head);
}

/* What servers write behind a message: pieces of the statement. */
static void
add_tail(void)
{
	static const char *const tails[] = {"\nLINE 1: SELECT 'SECRET'\n    ^",
	    "\nHINT:  SECRET", "\nCONTEXT:  SQL statement \"SECRET\"",
	    "\nQUERY:  SELECT SECRET\n", "\nSTATEMENT:  SECRET",
	    "\nPL/pgSQL function f() line 3 at SECRET"};

	add(&message, tails[pick(&seed, COUNT(tails))]);
}

static void
make_message(uint64_t round)
{
	const struct form *form = &forms[round % COUNT(forms)];

	seed = round * 0x9e3779b97f4a7c15u;
	message.len = wanted.len = 0;
	add_head(form->dialect);
	add_form(form);
	if (form->dialect == REDACT_POSTGRES && !form->is_detail &&
	    pick(&seed, 2)) {
		add(&message, "\nDETAIL:  ");
		add(&wanted, "\nDETAIL:  ");
		add_form(pick_form(REDACT_POSTGRES, true));
	}
	if (form->dialect == REDACT_POSTGRES && pick(&seed, 2))
		add_tail();
}

static void
redact(enum redact_dialect dialect, size_t cut)
{
	out_len = redact_error(dialect, message.bytes, cut, out, sizeof(out));
}

static void
say(size_t cut)
{
	fprintf(stderr, "  %.*s\n  -> %.*s\n", (int)cut, message.bytes,
	    (int)out_len, out);
}

static bool
shows_secret(void)
{
	return memmem(out, out_len, secret, sizeof(secret) - 1);
}

static void
test_no_message_shows_a_value(void)
{
	const uint64_t count = rounds(100000);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		make_message(round);
		redact(forms[round % COUNT(forms)].dialect, message.len);
		if (!CHECK(!shows_secret()))
			say(message.len);
	}
}

static void
test_no_cut_of_a_message_shows_a_value(void)
{
	const uint64_t count = rounds(2000);

	is_whole = false;
	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		make_message(round);
		for (size_t cut = 0; cut < message.len; cut++) {
			redact(forms[round % COUNT(forms)].dialect, cut);
			if (!CHECK(!shows_secret())) {
				say(cut);
				break;
			}
		}
	}
	is_whole = true;
}

static void
test_a_redacted_message_stays(void)
{
	const uint64_t count = rounds(100000);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		const enum redact_dialect dialect =
		    forms[round % COUNT(forms)].dialect;
		size_t len;

		make_message(round);
		redact(dialect, message.len);
		len = redact_error(dialect, out, out_len, again, sizeof(again));
		if (!CHECK(len == out_len && memcmp(out, again, len) == 0))
			say(message.len);
	}
}

/* Where values have nothing odd in them.  Some have another form as well. */
static void
test_the_words_of_most_messages_and_their_names_stay(void)
{
	const uint64_t count = rounds(100000);
	uint64_t stay = 0;

	is_odd = false;
	for (uint64_t round = 0; round < count; round++) {
		make_message(round);
		redact(forms[round % COUNT(forms)].dialect, message.len);
		stay += out_len == wanted.len &&
			memcmp(out, wanted.bytes, out_len) == 0;
	}
	is_odd = true;
	CHECK(stay > count / 100 * 98);
}

RUN_TESTS(TEST(test_no_message_shows_a_value),
    TEST(test_no_cut_of_a_message_shows_a_value),
    TEST(test_a_redacted_message_stays),
    TEST(test_the_words_of_most_messages_and_their_names_stay))
