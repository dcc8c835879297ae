/*
 * Statements of one shape have one normal form and one fingerprint; of others
 * another.  Summaries and columns are those that the text tells.
 */
#include "redact/redact.h"
#include "tests/check.h"

#include <stdlib.h>

#define ROOM 4096

struct result {
	char redacted[ROOM];
	char normal[ROOM];
	char summary[256];
	char tables[ROOM];
	struct redact_param params[64];
	size_t len;
	struct redact_analysis analysis;
};

static struct result *
analyse(enum redact_dialect dialect, const char *sql)
{
	static struct result r[2];
	static unsigned turn;
	struct result *result = &r[turn++ % 2];

	result->analysis = (struct redact_analysis){
	    .normal = result->normal,
	    .normal_cap = ROOM,
	    .outline = {.summary = result->summary,
		.summary_cap = sizeof(result->summary),
		.tables = result->tables,
		.tables_cap = ROOM,
		.params = result->params,
		.params_cap = 64},
	};
	result->len = redact_analyse(redact_default_mode(dialect), sql,
	    strlen(sql), result->redacted, ROOM, &result->analysis);
	return result;
}

static uint64_t
fingerprint(enum redact_dialect dialect, const char *sql)
{
	return analyse(dialect, sql)->analysis.fingerprint;
}

#define S REDACT_SQLITE
#define P REDACT_POSTGRES
#define M REDACT_MYSQL

/* clang-format off */
static const struct {
	enum redact_dialect dialect;
	const char *sql;
	const char *normal;
} normals[] = {
	{ P, " SELECT  a\n\tFROM t -- c\n WHERE b = 1 ;; ", "SELECT a FROM t WHERE b = ?" },
	{ P, "SELECT a FROM t WHERE b IN (1, 'x', $3, NULL, -5)", "SELECT a FROM t WHERE b IN (?)" },
	{ P, "SELECT a FROM t WHERE b IN ($1)", "SELECT a FROM t WHERE b IN (?)" },
	{ P, "SELECT a FROM t WHERE b IN (1, b, f(2, 3))", "SELECT a FROM t WHERE b IN (?, b, f(?, ?))" },
	{ P, "SELECT a FROM t WHERE b IN (SELECT 1)", "SELECT a FROM t WHERE b IN (SELECT ?)" },
	{ P, "SELECT a FROM t WHERE b IN (1, 2", "SELECT a FROM t WHERE b IN (?, ?" },
	{ P, "SELECT a FROM t WHERE b IN ()", "SELECT a FROM t WHERE b IN ()" },
	{ P, "SELECT a FROM t WHERE b IN (')', '),(')", "SELECT a FROM t WHERE b IN (?)" },
	{ P, "SELECT a FROM t WHERE (a, b) IN ((1, 2), (3, 4))", "SELECT a FROM t WHERE (a, b) IN ((?, ?))" },
	{ P, "SELECT a FROM t WHERE b = ANY(ARRAY[1, 2, 3])", "SELECT a FROM t WHERE b = ANY(ARRAY[?])" },
	{ M, "INSERT INTO t (a,b) VALUES (1,'x'),(2,'y') , (NULL,'z') ON DUPLICATE KEY UPDATE b = 2", "INSERT INTO t (a,b) VALUES (?,?) ON DUPLICATE KEY UPDATE b = ?" },
	{ M, "INSERT INTO t VALUES (1, now()), (2, now())", "INSERT INTO t VALUES (?, now()), (?, now())" },
	{ M, "INSERT INTO t VALUES (1, 2), (2, now()), (3, 4)", "INSERT INTO t VALUES (?, ?), (?, now()), (?, ?)" },
	{ P, "INSERT INTO t (a) VALUES (NULL), (1)", "INSERT INTO t (a) VALUES (?)" },
	{ P, "INSERT INTO t VALUES (null, now(), NULL)", "INSERT INTO t VALUES (?, now(), NULL)" },
	{ P, "SELECT a FROM t WHERE b IN (NULL, c, NULL)", "SELECT a FROM t WHERE b IN (?, c, NULL)" },
	{ S, "SELECT -5, a-5, a - -5, +1, (-1)", "SELECT ?, a-?, a - ?, ?, (?)" },
	{ S, "SELECT \"a  b\", 'c  d' FROM [t  u]", "SELECT \"a  b\", ? FROM [t  u]" },
	{ S, "SELECT $a(SECRET), :b", "SELECT ?, :b" },
	{ M, "SELECT /*! 1, */ 2 FROM t", "SELECT ?, ? FROM t" },
	{ P, "SELECT a b; SELECT 'c", "SELECT a b; SELECT ?" },
	{ P, "SELECT 1; SELECT a{", "SELECT ?; SELECT a?" },
	{ P, "", "" },
	{ P, ";", "" },
};

static const struct {
	bool same;
	enum redact_dialect dialect;
	const char *one;
	const char *other;
} pairs[] = {
	{ true, P, "SELECT a FROM t WHERE b = 1", "select A\nfrom T /* c */ where B=$1;" },
	{ true, P, "SELECT a FROM t WHERE b = -1", "SELECT a FROM t WHERE b=1" },
	{ true, P, "SELECT a FROM t WHERE b IN (1)", "SELECT a FROM t WHERE b IN ( 1,2 , $3,-4 )" },
	{ true, P, "INSERT INTO t VALUES (1,2)", "INSERT INTO t VALUES ($1, NULL), (3, 'x')" },
	{ true, M, "SELECT 'a' FROM t", "SELECT 'a' 'b' \"c\" FROM t" },
	{ true, M, "SELECT 'a' FROM t # x", "SELECT /*! 'a' */ FROM t" },
	{ true, P, "SELECT a FROM t; SELECT 2", "select a from t;select 3;" },
	{ false, P, "SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE b < 1" },
	{ false, P, "SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE c = 1" },
	{ false, P, "SELECT a FROM t WHERE b = 1", "SELECT a FROM u WHERE b = 1" },
	{ false, P, "SELECT a FROM t WHERE b = 1", "SELECT a FROM t HAVING b = 1" },
	{ false, P, "SELECT a FROM t", "SELECT \"a\" FROM t" },
	{ false, P, "SELECT \"A\" FROM t", "SELECT \"a\" FROM t" },
	{ false, P, "SELECT a b FROM t", "SELECT ab FROM t" },
	{ false, P, "SELECT a - 1", "SELECT a -1 - 1" },
	{ false, P, "SELECT a FROM t WHERE b IN (1, c)", "SELECT a FROM t WHERE b IN (1)" },
	{ false, P, "SELECT a FROM t WHERE b IN (1, c)", "SELECT a FROM t WHERE b IN (1, 2, c)" },
	{ false, P, "INSERT INTO t VALUES (1,2)", "INSERT INTO t VALUES (1,2,3)" },
	{ false, P, "SELECT a IN (1)", "SELECT a IN (1" },
	{ false, P, "SELECT NULL", "SELECT 1" },
};

/* Made once; whoever must change them raises the version in shape.c. */
static const struct {
	enum redact_dialect dialect;
	const char *sql;
	uint64_t fingerprint;
} golden[] = {
	{ P, "SELECT a FROM t WHERE b = 1", UINT64_C(0x13a445b38a59846f) },
	{ S, "SELECT a FROM t WHERE b = 1", UINT64_C(0x58bf101e074a7162) },
	{ M, "INSERT INTO `t` (a, b) VALUES (?, NULL), (1, -2)", UINT64_C(0x1d802c57a3d29def) },
	{ P, "", UINT64_C(0x1504d55ff378b15f) },
};

static const struct {
	enum redact_dialect dialect;
	const char *sql;
	const char *summary;
	const char *tables; /* with a blank behind each */
} summaries[] = {
	{ P, "SELECT * FROM orders o, public.\"Users\" AS u WHERE a = 'x'", "SELECT orders public.\"Users\"", "orders public.\"Users\" " },
	{ P, "select a from t left join u using (b), v where c = 1 for update", "select t u v", "t u v " },
	{ P, "SELECT a FROM t UNION ALL SELECT b FROM t", "SELECT t SELECT t", "t " },
	{ P, "SELECT (SELECT 1 FROM a), EXTRACT(year FROM d) FROM b WHERE c IS DISTINCT FROM d", "SELECT SELECT a b", "a b " },
	{ P, "SELECT * FROM (SELECT * FROM a) x JOIN (b CROSS JOIN c) ON true, f(1) g", "SELECT SELECT a b c f", "a b c f " },
	{ P, "WITH x AS (SELECT 1 FROM a), y (z) AS (SELECT 2) SELECT * FROM X, y, b", "SELECT a SELECT SELECT b", "a b " },
	{ P, "WITH x AS (DELETE FROM a RETURNING b) INSERT INTO c SELECT * FROM x", "DELETE a INSERT c SELECT", "a c " },
	{ M, "INSERT IGNORE INTO t (a) SELECT b FROM u", "INSERT t SELECT u", "t u " },
	{ S, "INSERT OR REPLACE INTO t VALUES (1)", "INSERT t", "t " },
	{ M, "REPLACE t SET a = replace(b, 'c', 'd')", "REPLACE t", "t " },
	{ P, "UPDATE ONLY t SET a = 1 FROM u WHERE t.b = u.b", "UPDATE t", "t u " },
	{ P, "DELETE FROM a USING b WHERE a.c = b.c", "DELETE a", "a b " },
	{ P, "MERGE INTO t USING s ON a = b WHEN MATCHED THEN DELETE", "MERGE t", "t s " },
	{ P, "CREATE TABLE IF NOT EXISTS s.t (a int REFERENCES u)", "CREATE TABLE s.t", "s.t " },
	{ P, "CREATE OR REPLACE VIEW v AS SELECT 1 FROM t", "CREATE VIEW v SELECT t", "v t " },
	{ P, "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX i", "t " },
	{ S, "DROP INDEX IF EXISTS i", "DROP INDEX i", "" },
	{ P, "DROP TABLE a, b", "DROP TABLE a b", "a b " },
	{ M, "CREATE USER bob IDENTIFIED BY 'x'", "CREATE USER", "" },
	{ P, "ALTER ROLE bob PASSWORD secret", "ALTER ROLE", "" },
	{ P, "GRANT SELECT ON t TO u", "GRANT", "" },
	{ M, "CALL p(1); USE d", "CALL p; USE d", "" },
	{ P, "BEGIN; COMMIT; SET a = b; SHOW c", "BEGIN; COMMIT; SET; SHOW", "" },
	{ P, "EXPLAIN ANALYZE UPDATE t SET a = 1", "EXPLAIN UPDATE t", "t " },
	{ S, "PRAGMA key = 'x'", "PRAGMA", "" },
	{ S, "INSERT INTO 'SECRET' VALUES (1)", "INSERT", "" },
	{ P, "SELECT * FROM data, user, events WHERE events.x = 1", "SELECT data user events", "data user events " },
	{ P, "what is this", "", "" },
};

static const struct {
	enum redact_dialect dialect;
	const char *sql;
	const char *params;
} columns[] = {
	{ P, "SELECT 1 FROM t WHERE email = $1 AND t.\"Name\" LIKE $2", "1=email 2=Name " },
	{ P, "SELECT 1 WHERE $1 = u.a AND b BETWEEN $2 AND $3 AND c IN ($4, $5)", "1=a 2=b 3=b 4=c 5=c " },
	{ P, "SELECT 1 WHERE lower(email) = lower($1) AND p = crypt($2, p) AND q = ANY($3)", "1=email 2=p 3=q " },
	{ P, "SELECT 1 WHERE id::text = $1 AND $2::uuid = uid AND j->>'k' = $3", "1=id 2=uid 3=j " },
	{ P, "SELECT $1 FROM t WHERE a = 1 LIMIT $2 OFFSET $3", "1= 2= 3= " },
	{ P, "INSERT INTO t (a, password) VALUES ($1, $2), ($3, f($4))", "1=a 2=password 3=a 4=password " },
	{ P, "INSERT INTO t VALUES ($1) ON CONFLICT (a) DO UPDATE SET b = $2 WHERE t.c > $3", "1= 2=b 3=c " },
	{ M, "INSERT INTO t SET token = ?, b = ? + 1", "1=token 2=b " },
	{ M, "UPDATE t SET `password` = ?, n = n + ? WHERE id = ?", "1=password 2=n 3=id " },
	{ S, "UPDATE t SET a = ?3, b = ? WHERE c = :n OR d = :n OR [e f] = ?", "3=a 4=b 5=c 5=d 6=e f " },
	{ P, "SELECT 1 WHERE a = (SELECT b FROM u WHERE c = $1) AND d = $2", "1=c 2=d " },
	{ P, "SELECT CASE WHEN a = $1 THEN $2 ELSE $3 END", "1=a 2= 3= " },
	{ P, "UPDATE t SET (a, b) = ($1, $2), c = $3", "1=a 2=b 3=c " },
	{ P, "UPDATE t SET (a, \"B\") = ROW($1, f($2)) WHERE c = $3", "1=a 2=B 3=c " },
	{ P, "UPDATE t SET (a, b) = (SELECT $1, $2 FROM u WHERE c = $3)", "1=a 2=b 3=c " },
	{ S, "UPDATE t SET (a, b) = (?, ?) WHERE (c, d) = (?, ?)", "1=a 2=b 3=c 4=d " },
	{ M, "SELECT 1 FROM t WHERE (t.a, `b`) IN ((?, ?), (?, ?)) AND c = ?", "1=a 2=b 3=a 4=b 5=c " },
	{ M, "SELECT 1 FROM t WHERE ROW(a, b) = ROW(?, ?)", "1=a 2=b " },
	{ P, "SELECT 1 FROM t WHERE (a, b) = ANY (VALUES ($1, $2), ($3, $4))", "1=a 2=b 3=a 4=b " },
	{ S, "SELECT 1 FROM t WHERE (a, b) NOT IN (SELECT ?, ? FROM u)", "1=a 2=b " },
	{ P, "SELECT 1 WHERE (a, lower(b)) > ($1, lower($2))", "1=a 2=b " },
	{ P, "SELECT 1 WHERE (a, b) = (($1, $2))", "1=a 2= " },
	{ P, "SELECT 1 WHERE (a, f(b, c)) = ($1, $2) AND d = $3", "1= 2= 3=d " },
	{ P, "SELECT 1 WHERE ((a, b)) = f($1, $2)", "1= 2= " },
	{ P, "INSERT INTO t (a, b) SELECT $1, $2 FROM u WHERE c = $3 UNION SELECT d, $4", "1=a 2=b 3=c 4=b " },
	{ S, "INSERT INTO t (a, b, c) SELECT u.*, ?, ? FROM u", "1= 2= " },
	{ M, "INSERT INTO t (a, b) (SELECT ?, concat(?, c) FROM u)", "1=a 2=b " },
	{ P, "INSERT INTO t (a, b) WITH x AS (SELECT $1, $2) SELECT $3, $4 FROM x", "1= 2= 3=a 4=b " },
	{ P, "INSERT INTO t (a, b) SELECT CASE WHEN c = $1 THEN $2 END, $3 IS DISTINCT FROM d", "1=c 2=a 3=b " },
	{ P, "WITH x AS (INSERT INTO t (a) VALUES ($1) RETURNING b) SELECT f($2) FROM x", "1=a 2= " },
	{ M, "INSERT INTO t PARTITION (p) (a, b) VALUES (?, ?), ROW(?, ?)", "1=a 2=b 3=a 4=b " },
	{ M, "INSERT INTO t (a, b) VALUE (?, ?) ON DUPLICATE KEY UPDATE a = VALUES(a) + ?, b = ?", "1=a 2=b 3=a 4=b " },
	{ P, "INSERT INTO t (a, b.c) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET (a, d) = ($3, $4)", "1=a 2=c 3=a 4=d " },
	{ P, "MERGE INTO t USING s ON a = b WHEN NOT MATCHED THEN INSERT (c, d) VALUES ($1, $2)", "1=c 2=d " },
	{ P, "UPDATE t SET a = b || $1, c = coalesce($2, d) || $3", "1=a 2=c 3=c " },
	{ P, "SELECT 1 WHERE a || b = $1 AND coalesce(c, d) = $2 AND $3 = lower(e)", "1= 2= 3=e " },
	{ M, "SELECT 1 WHERE a = ? || b = ? && c = ?", "1=a 2=b 3=c " },
	{ P, "SELECT 1 WHERE a IS NOT DISTINCT FROM $1 AND value = $2", "1=a 2=value " },
};
/* clang-format on */

static void
test_normal_forms_are_single(void)
{
	for (size_t i = 0; i < sizeof(normals) / sizeof(*normals); i++) {
		struct result *r = analyse(normals[i].dialect, normals[i].sql);

		CHECK_TEXT(
		    r->normal, r->analysis.normal_len, normals[i].normal);
	}
}

static void
test_fingerprints_tell_shapes_apart_and_nothing_else(void)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		bool same = fingerprint(pairs[i].dialect, pairs[i].one) ==
			    fingerprint(pairs[i].dialect, pairs[i].other);

		if (!CHECK(same == pairs[i].same))
			fprintf(stderr, "  %s\n  %s\n", pairs[i].one,
			    pairs[i].other);
	}
	CHECK(fingerprint(P, "SELECT 1") != fingerprint(M, "SELECT 1"));
}

static void
test_fingerprints_are_those_of_other_releases(void)
{
	for (size_t i = 0; i < sizeof(golden) / sizeof(*golden); i++)
		CHECK_U64(fingerprint(golden[i].dialect, golden[i].sql),
		    golden[i].fingerprint);
}

/* The text is longer than what is hashed at once, the list than any. */
static void
test_long_texts_have_fingerprints_too(void)
{
	const size_t columns_max = 2000;
	char *one = malloc(columns_max * 16), *other = malloc(columns_max * 16);
	size_t n = (size_t)sprintf(one, "SELECT "), m = n;

	strcpy(other, "select ");
	for (size_t i = 0; i < columns_max; i++) {
		n += (size_t)sprintf(one + n, "column_%zu,", i);
		m += (size_t)sprintf(other + m, "COLUMN_%zu ,", i);
	}
	strcpy(one + n, "a IN (1)");
	m += (size_t)sprintf(other + m, "a IN (1");
	for (size_t i = 0; i < 100; i++)
		m += (size_t)sprintf(other + m, ",%zu", i);
	strcpy(other + m, ")");

	CHECK(fingerprint(P, one) == fingerprint(P, other));
	one[n - 3] ^= 1;
	CHECK(fingerprint(P, one) != fingerprint(P, other));
	free(one);
	free(other);
}

static void
test_summaries_name_operations_and_targets(void)
{
	for (size_t i = 0; i < sizeof(summaries) / sizeof(*summaries); i++) {
		struct result *r = analyse(
		    summaries[i].dialect, summaries[i].sql);
		const struct redact_outline *outline = &r->analysis.outline;

		for (size_t k = 0; k < outline->tables_len; k++)
			if (!r->tables[k])
				r->tables[k] = ' ';
		CHECK_TEXT(
		    r->summary, outline->summary_len, summaries[i].summary);
		CHECK_TEXT(r->tables, outline->tables_len, summaries[i].tables);
	}
}

static void
test_a_summary_is_cut_at_a_word_and_redaction_goes_on(void)
{
	char sql[2000] = "SELECT a FROM t0";
	size_t len = strlen(sql);
	struct result *r;
	const char *last;

	for (int i = 0; i < 100; i++)
		len += (size_t)sprintf(sql + len, ", table_%d", i);
	strcpy(sql + len, " WHERE a = 'SECRET'");
	r = analyse(P, sql);

	CHECK(r->analysis.outline.summary_len <= 255);
	CHECK(r->analysis.outline.summary_len > 240);
	CHECK(memcmp(r->summary, "SELECT t0 table_0 ", 18) == 0);
	r->summary[r->analysis.outline.summary_len] = ',';
	last = memrchr(r->summary, ' ', r->analysis.outline.summary_len);
	CHECK(memmem(sql, strlen(sql), last,
	    (size_t)(r->summary + r->analysis.outline.summary_len + 1 - last)));
	CHECK(!memmem(r->redacted, r->len, "SECRET", 6));
	CHECK(memcmp(r->redacted + r->len - 3, "= ?", 3) == 0);
}

static void
test_parameters_have_the_columns_that_the_text_tells(void)
{
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
		struct result *r = analyse(columns[i].dialect, columns[i].sql);
		char found[256];
		size_t len = 0;

		for (size_t k = 0; k < r->analysis.outline.param_count; k++)
			len += (size_t)sprintf(found + len, "%u=%.*s ",
			    r->params[k].index, (int)r->params[k].column_len,
			    r->params[k].column ? r->params[k].column : "");
		CHECK_TEXT(found, len, columns[i].params);
	}
}

static void
test_no_room_is_no_harm(void)
{
	struct redact_analysis none = {0};
	const char *sql = "SELECT a FROM t WHERE b IN ('x', $1)";

	redact_analyse(
	    redact_default_mode(P), sql, strlen(sql), NULL, 0, &none);

	CHECK_U64(none.normal_len, 30);
	CHECK_U64(none.outline.param_count, 1);
	CHECK_U64(none.outline.summary_len, 0);
	CHECK_U64(none.fingerprint, fingerprint(P, sql));
}

RUN_TESTS(TEST(test_normal_forms_are_single),
    TEST(test_fingerprints_tell_shapes_apart_and_nothing_else),
    TEST(test_fingerprints_are_those_of_other_releases),
    TEST(test_long_texts_have_fingerprints_too),
    TEST(test_summaries_name_operations_and_targets),
    TEST(test_a_summary_is_cut_at_a_word_and_redaction_goes_on),
    TEST(test_parameters_have_the_columns_that_the_text_tells),
    TEST(test_no_room_is_no_harm))
