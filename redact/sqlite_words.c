/*
 * sqlite_words.c - SQLite's keywords and harmless pragmas.
 *
 * All keywords stand here, also those without a say about a quoted name: a
 * word that is none of them is a name, and a name after a value is doubtful.
 */
#include "redact/words.h"

#include <string.h>
#include <strings.h>

/* clang-format off */
#define WORD(text, id, place, flags) \
	{ text, sizeof(text) - 1, (id), (place), (flags) }
#define LAST_WORD { "", 0, WORD_IS_OTHER, PLACE_SAME, 0 }

/*
 * By first letter, the common ones first.  Columns: the word; what the redactor
 * knows it by; what "x" is behind it (see enum place); its flags (see enum
 * word_flags).
 */
static const struct word words_a[] = {
	WORD("AND", WORD_IS_OTHER, PLACE_TEST, 0),
	WORD("AS", WORD_IS_AS, PLACE_SAME, WORD_NAME),
	WORD("ABORT", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("ACTION", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("ADD", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("AFTER", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("ALL", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("ALTER", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("ALWAYS", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("ANALYZE", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("ASC", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("ATTACH", WORD_IS_ATTACH, PLACE_SAME, 0),
	WORD("AUTOINCREMENT", WORD_IS_OTHER, PLACE_VALUE, 0),
	LAST_WORD
};
static const struct word words_b[] = {
	WORD("BY", WORD_IS_OTHER, PLACE_FROM, WORD_BASE),
	WORD("BEGIN", WORD_IS_OTHER, PLACE_VALUE, WORD_BASE),
	WORD("BETWEEN", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	WORD("BEFORE", WORD_IS_OTHER, PLACE_VALUE, 0),
	LAST_WORD
};
static const struct word words_c[] = {
	WORD("CASE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CREATE", WORD_IS_CREATE, PLACE_SAME, 0),
	WORD("COMMIT", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CASCADE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CAST", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CHECK", WORD_IS_OTHER, PLACE_TEST, 0),
	WORD("COLLATE", WORD_IS_OTHER, PLACE_SAME, WORD_NAME | WORD_COMPARES),
	WORD("COLUMN", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("CONFLICT", WORD_IS_OTHER, PLACE_SAME, WORD_COLUMNS),
	WORD("CONSTRAINT", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("CROSS", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CURRENT", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CURRENT_DATE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CURRENT_TIME", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("CURRENT_TIMESTAMP", WORD_IS_OTHER, PLACE_VALUE, 0),
	LAST_WORD
};
static const struct word words_d[] = {
	WORD("DELETE", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("DESC", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("DATABASE", WORD_IS_DATABASE, PLACE_SAME, 0),
	WORD("DEFAULT", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("DEFERRABLE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("DEFERRED", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("DETACH", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("DISTINCT", WORD_IS_DISTINCT, PLACE_SAME, 0),
	WORD("DO", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("DROP", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	LAST_WORD
};
static const struct word words_e[] = {
	WORD("END", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("ELSE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("EACH", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("ESCAPE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("EXCEPT", WORD_IS_EXCEPT, PLACE_VALUE, WORD_BASE),
	WORD("EXCLUDE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("EXCLUSIVE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("EXISTS", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("EXPLAIN", WORD_IS_EXPLAIN, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_f[] = {
	WORD("FROM", WORD_IS_FROM, PLACE_FROM, WORD_BASE),
	WORD("FAIL", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("FILTER", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("FIRST", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("FOLLOWING", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("FOR", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("FOREIGN", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("FULL", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("FALSE", WORD_IS_TRUTH, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_g[] = {
	WORD("GROUP", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("GENERATED", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("GLOB", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	WORD("GROUPS", WORD_IS_OTHER, PLACE_VALUE, 0),
	LAST_WORD
};
static const struct word words_h[] = {
	WORD("HAVING", WORD_IS_OTHER, PLACE_TEST, WORD_BASE),
	LAST_WORD
};
static const struct word words_i[] = {
	WORD("IN", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	WORD("INTO", WORD_IS_INTO, PLACE_NAMES, WORD_BASE),
	WORD("INSERT", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("IS", WORD_IS_IS, PLACE_VALUE, WORD_COMPARES),
	WORD("IF", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("IGNORE", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("IMMEDIATE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("INDEX", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("INDEXED", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("INITIALLY", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("INNER", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("INSTEAD", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("INTERSECT", WORD_IS_INTERSECT, PLACE_VALUE, WORD_BASE),
	WORD("ISNULL", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	LAST_WORD
};
static const struct word words_j[] = {
	WORD("JOIN", WORD_IS_OTHER, PLACE_FROM, 0),
	LAST_WORD
};
static const struct word words_k[] = {
	WORD("KEY", WORD_IS_KEY, PLACE_SAME, WORD_COLUMNS),
	LAST_WORD
};
static const struct word words_l[] = {
	WORD("LIMIT", WORD_IS_OTHER, PLACE_VALUE, WORD_BASE),
	WORD("LIKE", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	WORD("LEFT", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("LAST", WORD_IS_OTHER, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_m[] = {
	WORD("MATCH", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	WORD("MATERIALIZED", WORD_IS_OTHER, PLACE_VALUE, 0),
	LAST_WORD
};
static const struct word words_n[] = {
	WORD("NOT", WORD_IS_NOT, PLACE_SAME, WORD_COMPARES),
	WORD("NULL", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("NATURAL", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("NO", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("NOTHING", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("NOTNULL", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	WORD("NULLS", WORD_IS_OTHER, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_o[] = {
	WORD("ON", WORD_IS_ON, PLACE_TEST, 0),
	WORD("OR", WORD_IS_OTHER, PLACE_TEST, 0),
	WORD("ORDER", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("OF", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("OFFSET", WORD_IS_OTHER, PLACE_VALUE, WORD_BASE),
	WORD("OTHERS", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("OUTER", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("OVER", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	LAST_WORD
};
static const struct word words_p[] = {
	WORD("PARTITION", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("PLAN", WORD_IS_PLAN, PLACE_SAME, 0),
	WORD("PRAGMA", WORD_IS_PRAGMA, PLACE_SAME, 0),
	WORD("PRECEDING", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("PRIMARY", WORD_IS_OTHER, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_q[] = {
	WORD("QUERY", WORD_IS_QUERY, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_r[] = {
	WORD("RAISE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("RANGE", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("RECURSIVE", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("REFERENCES", WORD_IS_OTHER, PLACE_NAMES, 0),
	WORD("REGEXP", WORD_IS_OTHER, PLACE_VALUE, WORD_COMPARES),
	WORD("REINDEX", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("RELEASE", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("RENAME", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("REPLACE", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("RESTRICT", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("RETURNING", WORD_IS_OTHER, PLACE_FROM, WORD_BASE),
	WORD("RIGHT", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("ROLLBACK", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("ROW", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("ROWS", WORD_IS_OTHER, PLACE_VALUE, 0),
	LAST_WORD
};
static const struct word words_s[] = {
	WORD("SELECT", WORD_IS_SELECT, PLACE_LIST, WORD_BASE),
	WORD("SET", WORD_IS_OTHER, PLACE_TEST, WORD_BASE | WORD_COLUMNS),
	WORD("SAVEPOINT", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	LAST_WORD
};
static const struct word words_t[] = {
	WORD("THEN", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("TABLE", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("TEMP", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("TEMPORARY", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("TIES", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("TO", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("TRANSACTION", WORD_IS_OTHER, PLACE_SAME, 0),
	WORD("TRIGGER", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("TRUE", WORD_IS_TRUTH, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_u[] = {
	WORD("UPDATE", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("UNBOUNDED", WORD_IS_OTHER, PLACE_VALUE, 0),
	WORD("UNION", WORD_IS_UNION, PLACE_VALUE, WORD_BASE),
	WORD("UNIQUE", WORD_IS_OTHER, PLACE_SAME, WORD_COLUMNS),
	WORD("USING", WORD_IS_OTHER, PLACE_SAME, WORD_COLUMNS),
	LAST_WORD
};
static const struct word words_v[] = {
	WORD("VALUES", WORD_IS_OTHER, PLACE_VALUE, WORD_BASE),
	WORD("VACUUM", WORD_IS_VACUUM, PLACE_SAME, 0),
	WORD("VIEW", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("VIRTUAL", WORD_IS_VIRTUAL, PLACE_SAME, 0),
	LAST_WORD
};
static const struct word words_w[] = {
	WORD("WHERE", WORD_IS_OTHER, PLACE_TEST, WORD_BASE),
	WORD("WHEN", WORD_IS_OTHER, PLACE_TEST, 0),
	WORD("WINDOW", WORD_IS_OTHER, PLACE_SAME, WORD_NAME),
	WORD("WITH", WORD_IS_OTHER, PLACE_NAMES, WORD_BASE),
	WORD("WITHOUT", WORD_IS_OTHER, PLACE_VALUE, 0),
	LAST_WORD
};

/* Columns: the words of a letter; which lengths they have. */
#define LENGTH(n) (1u << (n))
static const struct {
	const struct word *words;
	uint32_t lengths;
} words_by_letter[32] = {
	['A' & 31] = { words_a,
	    LENGTH(2) | LENGTH(3) | LENGTH(5) | LENGTH(6) | LENGTH(7) |
	    LENGTH(13) },
	['B' & 31] = { words_b, LENGTH(2) | LENGTH(5) | LENGTH(6) | LENGTH(7) },
	['C' & 31] = { words_c,
	    LENGTH(4) | LENGTH(5) | LENGTH(6) | LENGTH(7) | LENGTH(8) |
	    LENGTH(10) | LENGTH(12) | LENGTH(17) },
	['D' & 31] = { words_d,
	    LENGTH(2) | LENGTH(4) | LENGTH(6) | LENGTH(7) | LENGTH(8) |
	    LENGTH(10) },
	['E' & 31] = { words_e,
	    LENGTH(3) | LENGTH(4) | LENGTH(6) | LENGTH(7) | LENGTH(9) },
	['F' & 31] = { words_f,
	    LENGTH(3) | LENGTH(4) | LENGTH(5) | LENGTH(6) | LENGTH(7) |
	    LENGTH(9) },
	['G' & 31] = { words_g, LENGTH(4) | LENGTH(5) | LENGTH(6) | LENGTH(9) },
	['H' & 31] = { words_h, LENGTH(6) },
	['I' & 31] = { words_i,
	    LENGTH(2) | LENGTH(4) | LENGTH(5) | LENGTH(6) | LENGTH(7) |
	    LENGTH(9) },
	['J' & 31] = { words_j, LENGTH(4) },
	['K' & 31] = { words_k, LENGTH(3) },
	['L' & 31] = { words_l, LENGTH(4) | LENGTH(5) },
	['M' & 31] = { words_m, LENGTH(5) | LENGTH(12) },
	['N' & 31] = { words_n,
	    LENGTH(2) | LENGTH(3) | LENGTH(4) | LENGTH(5) | LENGTH(7) },
	['O' & 31] = { words_o, LENGTH(2) | LENGTH(4) | LENGTH(5) | LENGTH(6) },
	['P' & 31] = { words_p, LENGTH(4) | LENGTH(6) | LENGTH(7) | LENGTH(9) },
	['Q' & 31] = { words_q, LENGTH(5) },
	['R' & 31] = { words_r,
	    LENGTH(3) | LENGTH(4) | LENGTH(5) | LENGTH(6) | LENGTH(7) |
	    LENGTH(8) | LENGTH(9) | LENGTH(10) },
	['S' & 31] = { words_s, LENGTH(3) | LENGTH(6) | LENGTH(9) },
	['T' & 31] = { words_t,
	    LENGTH(2) | LENGTH(4) | LENGTH(5) | LENGTH(7) | LENGTH(9) |
	    LENGTH(11) },
	['U' & 31] = { words_u, LENGTH(5) | LENGTH(6) | LENGTH(9) },
	['V' & 31] = { words_v, LENGTH(4) | LENGTH(6) | LENGTH(7) },
	['W' & 31] = { words_w, LENGTH(4) | LENGTH(5) | LENGTH(6) | LENGTH(7) },
};

/* Pragmas whose value is a mode or a table's name, never a secret. */
static const char *const harmless_pragmas[] = {
	"auto_vacuum",
	"automatic_index",
	"cache_spill",
	"case_sensitive_like",
	"cell_size_check",
	"checkpoint_fullfsync",
	"count_changes",
	"defer_foreign_keys",
	"empty_result_callbacks",
	"encoding",
	"foreign_key_check",
	"foreign_key_list",
	"foreign_keys",
	"full_column_names",
	"fullfsync",
	"ignore_check_constraints",
	"incremental_vacuum",
	"index_info",
	"index_list",
	"index_xinfo",
	"integrity_check",
	"journal_mode",
	"legacy_alter_table",
	"legacy_file_format",
	"locking_mode",
	"optimize",
	"query_only",
	"quick_check",
	"read_uncommitted",
	"recursive_triggers",
	"reverse_unordered_selects",
	"secure_delete",
	"short_column_names",
	"synchronous",
	"table_info",
	"table_list",
	"table_xinfo",
	"temp_store",
	"trusted_schema",
	"wal_checkpoint",
	"writable_schema",
};
/* clang-format on */

/* The first letter is known to agree.  Bit 20 is the case of a letter, and no
 * other byte of a word turns into one without it. */
static bool
word_is(const struct word *word, const char *at)
{
	for (size_t i = 1; i < word->len; i++)
		if ((at[i] & ~0x20) != word->text[i])
			return false;
	return true;
}

const struct word *
word_find(const char *at, size_t len)
{
	const unsigned letter = *at & 31;
	const struct word *word = words_by_letter[letter].words;

	if (len > 31 || !(words_by_letter[letter].lengths >> len & 1))
		return NULL;
	if (!(*at & 0x40) || (*at & 0x80))
		return NULL;
	for (; word->len; word++)
		if (word->len == len && word_is(word, at))
			return word;
	return NULL;
}

bool
pragma_is_harmless(const char *at, size_t len)
{
	const size_t count = sizeof(harmless_pragmas) /
			     sizeof(*harmless_pragmas);

	for (size_t i = 0; i < count; i++)
		if (strlen(harmless_pragmas[i]) == len &&
		    strncasecmp(harmless_pragmas[i], at, len) == 0)
			return true;
	return false;
}
