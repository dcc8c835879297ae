/*
 * prepared.c - the statements that were prepared on a connection, by name.
 */
#include "pq/prepared.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "shim/span.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t
hash_of(const char *name)
{
	return XXH3_64bits(name, strlen(name));
}

/* An id tells its bucket. */
static struct prepared **
bucket_of(struct prepared_map *map, uint64_t hash)
{
	return &map->bucket[hash % PREPARED_BUCKETS];
}

/* Where the chain has the newest of that name. */
static struct prepared **
find_name(struct prepared_map *map, const char *name)
{
	uint64_t hash = hash_of(name);
	struct prepared **at = bucket_of(map, hash);

	while (*at && ((*at)->hash != hash || strcmp((*at)->name, name) != 0))
		at = &(*at)->next;
	return at;
}

static struct prepared **
find_id(struct prepared_map *map, uint32_t id)
{
	struct prepared **at = bucket_of(map, id);

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	return at;
}

static void
take_out(struct prepared_map *map, struct prepared **at)
{
	struct prepared *statement = *at;
	int saved = errno;

	*at = statement->next;
	if (map->last == statement)
		map->last = NULL;
	map->count--;
	map->bytes -= statement->size;
	free(statement->ready);
	free(statement);
	errno = saved;
}

/* Make room in a full map: forget the oldest of the bucket that is settled. */
static bool
has_room(struct prepared_map *map, struct prepared **bucket, size_t size)
{
	struct prepared **at, **oldest;

	while (
	    map->count >= PREPARED_MAX || map->bytes + size > PREPARED_BYTES) {
		oldest = NULL;
		for (at = bucket; *at; at = &(*at)->next)
			if (!(*at)->pending)
				oldest = at;
		if (!oldest)
			return false;
		take_out(map, oldest);
	}
	return true;
}

/* Heads and paddings of the fields that stand ready. */
#define READY_HEADS (6 * sizeof(struct field))

static void
make_ready(const struct prepared_map *map, struct prepared *statement,
    struct redact_mode mode)
{
	size_t name_len = strlen(statement->name);
	size_t len = name_len + statement->sql_len;
	size_t size = map->shown_len + READY_HEADS + len;
	int saved = errno;
	struct fields fields;

	free(statement->ready);
	/* No remnant of the heap in the paddings, which are recorded too. */
	statement->ready = len <= PREPARED_READY ? calloc(1, size) : NULL;
	errno = saved;
	if (!statement->ready)
		return;
	fields = fields_ready(statement->ready, size);
	put_ready(&fields, map->shown, map->shown_len);
	put_text(&fields, FIELD_STATEMENT_NAME, statement->name, name_len);
	put_known_statement(&fields, mode, statement->sql, statement->sql_len);
	statement->ready_len = (size_t)(fields.at - statement->ready);
}

void
prepared_learn(const struct prepared_map *map, struct prepared *statement,
    struct redact_mode mode)
{
	statement->epoch = gate_epoch();
	statement->hidden = hidden_params(
	    mode, statement->sql, statement->sql_len);
	make_ready(map, statement, mode);
}

static struct prepared *
statement_new(const struct prepared_map *map, const struct prepare *prepare,
    struct redact_mode mode)
{
	size_t name_size = strlen(prepare->name) + 1;
	size_t sql_len = strlen(prepare->sql);
	size_t types = prepare->types
			   ? (size_t)prepare->type_count * sizeof(Oid)
			   : 0;
	size_t size = sizeof(struct prepared) + types + name_size + sql_len + 1;
	struct prepared *statement = malloc(size);
	char *at;

	if (!statement)
		return NULL;
	at = (char *)(statement + 1);
	*statement = (struct prepared){
	    .size = size,
	    .pending = true,
	    .hash = hash_of(prepare->name),
	    .type_count = types ? prepare->type_count : 0,
	    .types = (const Oid *)at,
	    .name = at + types,
	    .sql = at + types + name_size,
	};
	if (types)
		memcpy(at, prepare->types, types);
	memcpy(at + types, prepare->name, name_size);
	at += types + name_size;
	statement->sql_len = statement_shown(
	    mode, prepare->sql, sql_len, at, sql_len);
	at[statement->sql_len] = '\0';
	prepared_learn(map, statement, mode);
	return statement;
}

struct prepared *
prepared_find(struct prepared_map *map, const char *name)
{
	if (!name)
		name = "";
	map->last = map->count ? *find_name(map, name) : NULL;
	return map->last;
}

/* Whether a Prepare may be kept: not what libpq refuses, nor what is huge. */
static bool
is_sound(const struct prepare *prepare)
{
	return prepare->name && prepare->sql && prepare->type_count >= 0 &&
	       prepare->type_count <= UINT16_MAX &&
	       strnlen(prepare->sql, PREPARED_TEXT) < PREPARED_TEXT;
}

uint32_t
prepared_begin(struct prepared_map *map, const struct prepare *prepare,
    struct redact_mode mode)
{
	int saved = errno;
	struct prepared **bucket, *statement;

	if (!is_sound(prepare))
		return 0;
	statement = statement_new(map, prepare, mode);
	errno = saved;
	if (!statement)
		return 0;
	bucket = bucket_of(map, statement->hash);
	if (!has_room(map, bucket, statement->size)) {
		free(statement);
		errno = saved;
		return 0;
	}
	/* Its low bits are the bucket's number. */
	statement->id = ++map->made * PREPARED_BUCKETS +
			(uint32_t)(statement->hash % PREPARED_BUCKETS);
	statement->next = *bucket;
	*bucket = statement;
	map->last = statement;
	map->count++;
	map->bytes += statement->size;
	if (!*prepare->name)
		map->unnamed = statement->id;
	return statement->id;
}

/* Forget those of the same name that are older. */
static void
forget_older(struct prepared_map *map, struct prepared *statement)
{
	struct prepared **at = &statement->next;

	while (*at) {
		if ((*at)->hash == statement->hash &&
		    strcmp((*at)->name, statement->name) == 0)
			take_out(map, at);
		else
			at = &(*at)->next;
	}
}

void
prepared_settle(struct prepared_map *map, uint32_t id, bool succeeded)
{
	struct prepared **at = find_id(map, id);

	if (!*at)
		return;
	if (!succeeded) {
		take_out(map, at);
		return;
	}
	(*at)->pending = false;
	forget_older(map, *at);
}

void
prepared_forget(struct prepared_map *map, uint32_t id)
{
	struct prepared **at = find_id(map, id);

	if (*at)
		take_out(map, at);
}

void
prepared_forget_all(struct prepared_map *map)
{
	for (unsigned i = 0; map->count && i < PREPARED_BUCKETS; i++)
		while (map->bucket[i])
			take_out(map, &map->bucket[i]);
}
