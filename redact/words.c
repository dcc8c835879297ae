/*
 * words.c - the table of keywords; pragmas.
 */
#include "redact/words.h"

#include <strings.h>

#include "redact/words_find.h"
#include "words_table.h" /* made by make_words */

/* clang-format off */
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

const struct word *
word_find(unsigned dialect, const char *at, size_t len, const char *end)
{
	if (len - 1 >= WORD_MAX)
		return NULL;
	return word_find_by_head(dialect, at, len, word_head(at, len, end));
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
