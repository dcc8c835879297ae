/*
 * statement.c - the one way for the program's texts into a record.
 *
 * Redaction happens here, on the caller's thread, before a byte is copied: a
 * statement goes into the ring as it may be shown, or not at all.
 */
#include <sys/mman.h>

#include "redact/mode.h"
#include "shim/gate.h"
#include "shim/process.h"
#include "shim/span.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define OUT_OF_LINE __attribute__((noinline))

/*
 * A thread's redacted texts, by the texts they came from, compared whole.
 * The memory is left out of core files: it holds what redaction hides.
 */
#define CACHE_ENTRIES 128
#define CACHE_TEXT 1024

struct cache_entry {
	uint32_t len; /* 0: empty */
	uint32_t out_len;
	struct redact_mode mode;
	char text[CACHE_TEXT];
	char out[CACHE_TEXT];
};

/*
 * Long texts are redacted here first: the redactor may take back what it wrote
 * when it finds a quote that was none, and a ring's file must not see that.
 */
#define SCRATCH_SIZE (64 * 1024)

struct statement_cache {
	struct cache_entry entry[CACHE_ENTRIES];
	char scratch[SCRATCH_SIZE];
};

static struct statement_cache *
cache_get(struct thread *thread)
{
	if (!thread->cache) {
		void *memory = mmap(NULL, sizeof(*thread->cache),
		    PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (memory == MAP_FAILED)
			return NULL;
		madvise(memory, sizeof(*thread->cache), MADV_DONTDUMP);
		thread->cache = memory;
	}
	return thread->cache;
}

static inline bool
is_same_mode(struct redact_mode a, struct redact_mode b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

/* The redacted text of a short statement. */
static const struct cache_entry *
cache_redacted(struct statement_cache *cache, struct redact_mode mode,
    const char *sql, size_t len)
{
	struct cache_entry *entry =
	    &cache->entry[XXH3_64bits(sql, len) % CACHE_ENTRIES];

	if (entry->len != len || !is_same_mode(entry->mode, mode) ||
	    memcmp(entry->text, sql, len) != 0) {
		entry->len = 0;
		entry->out_len = (uint32_t)redact_sql_mode(
		    mode, sql, len, entry->out, sizeof(entry->out));
		memcpy(entry->text, sql, len);
		entry->mode = mode;
		entry->len = (uint32_t)len;
	}
	return entry;
}

/* Beside a text: its field's head, and the field of its length. */
#define TEXT_HEADS (3 * sizeof(struct field))

/* Bytes of a text that a field of this record can take. */
static size_t
text_room(const struct fields *fields, size_t limit)
{
	size_t room = (size_t)(fields->end - fields->at);

	if (room < TEXT_HEADS)
		return 0;
	room -= TEXT_HEADS;
	return room < limit ? room : limit;
}

/* Where `len` bytes of UTF-8 may be cut at `at` or just before. */
static size_t
cut_at_character(const char *text, size_t at)
{
	size_t cut = at;

	while (cut && at - cut < 4 && ((unsigned char)text[cut] & 0xc0) == 0x80)
		cut--;
	return cut;
}

/* Close a text field whose bytes stand in the record already. */
static void
end_text(struct fields *fields, enum field_key key, size_t len, size_t whole)
{
	struct field head = {.key = (uint16_t)key, .len = (uint32_t)len};

	if (whole > len)
		head.flags = FIELD_CUT;
	memcpy(fields->at, &head, sizeof(head));
	fields->at += sizeof(head) + RECORD_PADDED(len);
	if (whole > len) {
		fields->cut = true;
		if (key == FIELD_STATEMENT)
			put_u64(fields, FIELD_STATEMENT_LENGTH, whole);
	}
}

/*
 * Redact, into memory of the thread's, what has room in *room bytes of it: the
 * text's length then.  Without memory to redact in, the statement is one `?`.
 */
static const char *
redacted(struct redact_mode mode, const char *sql, size_t len, size_t *room,
    size_t *ret_whole)
{
	struct statement_cache *cache = cache_get(thread_self);
	const char *text = "?";

	*ret_whole = 1;
	if (cache && len && len <= CACHE_TEXT) {
		const struct cache_entry *entry = cache_redacted(
		    cache, mode, sql, len);

		text = entry->out;
		*ret_whole = entry->out_len;
	} else if (cache) {
		if (*room > SCRATCH_SIZE)
			*room = SCRATCH_SIZE;
		*ret_whole = redact_sql_mode(
		    mode, sql, len, cache->scratch, *room);
		text = cache->scratch;
	}
	if (*room > *ret_whole)
		*room = *ret_whole;
	return text;
}

/* Put a text that may be shown, cut to the limit or the room. */
OUT_OF_LINE static void
put_cut_statement(struct fields *fields, const char *sql, size_t len)
{
	size_t room = text_room(fields, process_config()->max_statement);
	size_t kept = len > room ? cut_at_character(sql, room) : len;

	if (!room) {
		fields->cut = true;
		return;
	}
	memcpy(fields->at + sizeof(struct field), sql, kept);
	end_text(fields, FIELD_STATEMENT, kept, len);
}

/* Put a text that must not be shown as it is. */
OUT_OF_LINE static void
put_redacted(
    struct fields *fields, struct redact_mode mode, const char *sql, size_t len)
{
	size_t whole, room = text_room(fields, process_config()->max_statement);
	const char *text;

	if (!room) {
		fields->cut = true;
		return;
	}
	text = redacted(mode, sql, len, &room, &whole);
	memcpy(fields->at + sizeof(struct field), text, room);
	end_text(fields, FIELD_STATEMENT, room, whole);
}

void
put_known_statement(
    struct fields *fields, struct redact_mode mode, const char *sql, size_t len)
{
	size_t shown = atomic_load_explicit(
	    &process.shown, memory_order_relaxed);
	size_t room = (size_t)(fields->end - fields->at);

	if (__builtin_expect(len <= shown && TEXT_HEADS + len <= room, 1))
		put_whole_text(fields, FIELD_STATEMENT, sql, len);
	else if (!shown)
		put_redacted(fields, mode, sql, len);
	else
		put_cut_statement(fields, sql, len);
}

bool
statement_is_simple(const char *sql, size_t len)
{
	return redact_is_simple(sql, len);
}

bool
statement_known(struct redact_mode mode, const char *sql, size_t len)
{
	return !redact_has_secret(mode, sql, len);
}

bool
put_statement(
    struct fields *fields, struct redact_mode mode, const char *sql, size_t len)
{
	bool secret = redact_has_secret(mode, sql, len);

	if (secret)
		put_redacted(fields, mode, sql, len);
	else
		put_known_statement(fields, mode, sql, len);
	return secret;
}

size_t
statement_shown(
    struct redact_mode mode, const char *sql, size_t len, char *out, size_t cap)
{
	if (!gate_shows_args() || redact_has_secret(mode, sql, len)) {
		len = redact_sql_mode(mode, sql, len, out, cap);
		return len < cap ? len : cap;
	}
	if (len > cap)
		len = cut_at_character(sql, cap);
	memcpy(out, sql, len);
	return len;
}

void
put_shown_text(struct fields *fields, enum field_key key, const char *text,
    size_t len, size_t whole)
{
	size_t room = text_room(fields, len);

	if (!room) {
		fields->cut |= len > 0;
		return;
	}
	memcpy(fields->at + sizeof(struct field), text, room);
	end_text(fields, key, room, whole);
}

enum redact_charset
charset_named(const char *name)
{
	return redact_charset_find(name, strlen(name));
}

size_t
error_hidden(enum redact_dialect dialect, const char *message, size_t len,
    char *out, size_t cap, size_t *ret_whole)
{
	*ret_whole = redact_error(dialect, message, len, out, cap);
	return *ret_whole < cap ? *ret_whole : cap;
}

size_t
error_shown(enum redact_dialect dialect, const char *message, char *out,
    size_t cap, size_t *ret_whole)
{
	size_t len = strlen(message);

	if (!gate_shows_args()) {
		*ret_whole = redact_error(dialect, message, len, out, cap);
		return *ret_whole < cap ? *ret_whole : cap;
	}
	*ret_whole = len;
	if (len > cap)
		len = cut_at_character(message, cap);
	memcpy(out, message, len);
	return len;
}

/* Error messages are short; what is longer is cut. */
#define MESSAGE_MAX 1024

void
put_error(struct fields *fields, enum redact_dialect dialect, const char *etype,
    const char *message, bool secret)
{
	/* Not in the record, for the redactor may take back what it wrote. */
	char shown[MESSAGE_MAX];
	size_t room, kept, whole;

	put_text(fields, FIELD_ETYPE, etype, strlen(etype));
	room = text_room(fields, MESSAGE_MAX);
	if (!message || !room)
		return;
	kept = secret ? error_hidden(dialect, message, strlen(message), shown,
			    room, &whole)
		      : error_shown(dialect, message, shown, room, &whole);
	memcpy(fields->at + sizeof(struct field), shown, kept);
	end_text(fields, FIELD_MESSAGE, kept, whole);
}
