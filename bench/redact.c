/*
 * redact.c - the redactor: a short statement, a long INSERT, one long string;
 * beside it what a copy costs, a byte loop over a table that copies, and where
 * it is to be had a regular expression.
 * `redact full N` analyses the statement N times for callgrind, `redact short
 * N` redacts it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#ifdef BENCH_PATTERN
# include "bench/pattern.h"
#endif
#include "redact/redact.h"

#define LONG ((size_t)1 << 20)

/* Real ones, of 83 bytes in the mean. */
static const char *const mix[] = {
    "SELECT id, name, email FROM users WHERE email = 'bob@example.org' AND "
    "active = true",
    "SELECT v FROM t WHERE id = ?",
    "INSERT INTO orders (user_id, total, note) VALUES (4711, 99.95, 'call "
    "before you come')",
    "UPDATE accounts SET balance = balance - 100, touched = '2024-05-17' "
    "WHERE id = 42",
    "DELETE FROM sessions WHERE token = 'a8f5f167f44f4964e6c998dee827110c' "
    "AND age > 3600",
    "SELECT o.id, o.total FROM orders o JOIN users u ON u.id = o.user_id "
    "WHERE u.country IN ('DE','FR','IT') ORDER BY o.id LIMIT 50",
    "SELECT count(*) FROM events WHERE kind = 'login' AND at > '2024-01-01' "
    "GROUP BY day",
};

#define MIX (sizeof(mix) / sizeof(*mix))

static enum redact_dialect dialect;
static char text[LONG + 4096], out[LONG + 4096], normal[4096];
static size_t len, mix_len[MIX];

static void
keep_out(void)
{
	__asm__ volatile("" ::"r"(out) : "memory");
}

static void
run_mix(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		redact_sql(
		    dialect, mix[i % MIX], mix_len[i % MIX], out, sizeof(out));
		keep_out();
	}
}

static void
run_mix_fully(size_t times)
{
	char summary[256], tables[1024];
	struct redact_param params[16];
	struct redact_analysis analysis = {
	    .normal = normal,
	    .normal_cap = sizeof(normal),
	    .outline = {.summary = summary,
		.summary_cap = sizeof(summary),
		.tables = tables,
		.tables_cap = sizeof(tables),
		.params = params,
		.params_cap = 16},
	};

	for (size_t i = 0; i < times; i++) {
		redact_analyse(redact_default_mode(dialect), mix[i % MIX],
		    mix_len[i % MIX], out, sizeof(out), &analysis);
		keep_out();
	}
}

static void
run_mix_copy(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		memcpy(out, mix[i % MIX], mix_len[i % MIX]);
		keep_out();
	}
}

static void
run_text(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		redact_sql(dialect, text, len, out, sizeof(out));
		keep_out();
	}
}

static void
run_copy(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		memcpy(out, text, len);
		keep_out();
	}
}

/* The least that a lexer which looks at each byte can cost. */
static void
run_table(size_t times)
{
	static unsigned char class[256];

	for (int i = 0; i < 256; i++)
		class[i] = i >= '0' && i <= '9';
	for (size_t i = 0; i < times; i++) {
		for (size_t k = 0; k < len; k++)
			out[k] = class[(unsigned char)text[k]] ? '?' : text[k];
		keep_out();
	}
}

#ifdef BENCH_PATTERN
static void
run_mix_pattern(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		pattern_redact(mix[i % MIX], mix_len[i % MIX], out);
		keep_out();
	}
}

static void
run_pattern(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		pattern_redact(text, len, out);
		keep_out();
	}
}
#endif

static size_t
make_insert(size_t size)
{
	size_t n = (size_t)sprintf(text, "INSERT INTO t (a,b,c,d,e,f) VALUES ");

	for (int i = 0; n < size; i++)
		n += (size_t)sprintf(text + n,
		    "%s(%d,'name of somebody %d','user%d@example.org',"
		    "%d.%02d,'2024-05-%02d 10:11:12',NULL)",
		    i ? "," : "", i + 100000, i, i, i % 1000, i % 100,
		    i % 28 + 1);
	return n;
}

static size_t
make_string(void)
{
	size_t n = (size_t)sprintf(text, "INSERT INTO t VALUES ('");

	memset(text + n, 'x', LONG);
	n += LONG;
	return n + (size_t)sprintf(text + n, "')");
}

/* The key of a result: what was done in which dialect to which text. */
static const char *
key_of(const char *what, const char *of)
{
	static const char *const names[] = {"sqlite", "postgres", "mysql"};
	static char keys[8][64];
	static unsigned turn;
	char *key = keys[turn++ % 8];

	snprintf(key, sizeof(keys[0]), "%s_%s_%s", what, names[dialect], of);
	return key;
}

static void
measure_short(void)
{
	struct subject subjects[] = {
	    {key_of("copy", "83b"), run_mix_copy, NULL, 0},
	    {key_of("redact", "83b"), run_mix, NULL, 0},
	    {key_of("analyse", "83b"), run_mix_fully, NULL, 0},
#ifdef BENCH_PATTERN
	    {key_of("pattern", "83b"), run_mix_pattern, NULL, 0},
#endif
	};

	measure(subjects, sizeof(subjects) / sizeof(*subjects), 51, 70000);
}

/* In GB/s. */
static void
measure_long(const char *of, size_t times)
{
	struct subject subjects[] = {
	    {key_of("copy", of), run_copy, NULL, 0},
	    {key_of("byteloop", of), run_table, NULL, 0},
	    {key_of("redact", of), run_text, NULL, 0},
#ifdef BENCH_PATTERN
	    {key_of("pattern", of), run_pattern, NULL, 0},
#endif
	};
	const size_t count = sizeof(subjects) / sizeof(*subjects);
	char key[80];

	measure(subjects, count, 21, times);
	for (size_t i = 0; i < count; i++) {
		snprintf(key, sizeof(key), "%s_gb_s", subjects[i].key);
		measure_tell(key, (double)len / subjects[i].ns);
	}
}

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < MIX; i++)
		mix_len[i] = strlen(mix[i]);
	if (argc > 2) {
		dialect = REDACT_POSTGRES;
		if (strcmp(argv[1], "full") == 0)
			run_mix_fully((size_t)atol(argv[2]));
		else
			run_mix((size_t)atol(argv[2]));
		return 0;
	}
#ifdef BENCH_PATTERN
	if (!pattern_begin())
		return 1;
#endif
	for (int i = 0; i < 3; i++) {
		dialect = (enum redact_dialect)i;
		measure_short();
		len = make_insert(10000);
		measure_long("insert_10k", 100);
		len = make_insert(1000000);
		measure_long("insert_1m", 2);
		len = make_string();
		measure_long("string_1m", 10);
	}
	return 0;
}
