/*
 * admin.c - calls without SQL on a whole database.
 *
 * The span is the call.  Its target says on what: a schema, a file.  Keys are
 * never looked at.
 */
#include <string.h>

#include "shim/gate.h"
#include "sqlite/point.h"

static void
admin_begin(struct point *point, enum call_key call, const void *caller,
    sqlite3 *db, const char *target)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = target,
	    .target_len = target ? strlen(target) : 0,
	};

	point_begin(point, &subject, db);
}

static void
admin_end(struct point *point, struct ending *ending, int rc)
{
	if (rc != SQLITE_OK)
		point_fail(point, ending, rc);
	point_end(point, ending);
}

static void
admin_end_plain(struct point *point, int rc)
{
	struct ending ending = ending_ok;

	admin_end(point, &ending, rc);
}

OUT_OF_LINE int
wal_checkpoint_traced(sqlite3 *db, const char *schema, const void *caller)
{
	struct point point;
	int rc;

	admin_begin(&point, CALL_sqlite3_wal_checkpoint, caller, db, schema);

	rc = sqlite3_wal_checkpoint(db, schema);

	admin_end_plain(&point, rc);
	return rc;
}

int
osprof_sqlite3_wal_checkpoint(sqlite3 *db, const char *schema)
{
	if (PASSES)
		return PASS(sqlite3_wal_checkpoint)(db, schema);
	return wal_checkpoint_traced(db, schema, CALLER);
}

/* "main truncate"; what does not fit or is not known is left out. */
static const char *
checkpoint_target(char *out, size_t cap, const char *schema, int mode)
{
	static const char *const word[] = {
	    "passive", "full", "restart", "truncate"};
	size_t len = strnlen(schema ? schema : "", cap - sizeof(" truncate"));

	memcpy(out, schema ? schema : "", len);
	if (len)
		out[len++] = ' ';
	strcpy(out + len, mode >= 0 && mode < 4 ? word[mode] : "");
	return out;
}

/* Frames copied, and frames left; -1 where there is no WAL. */
static void
checkpoint_end(struct point *point, int in_log, int copied, int rc)
{
	struct ending ending = ending_ok;

	if (in_log >= 0 && copied >= 0) {
		ending.pages = (uint64_t)copied;
		ending.remaining = (uint64_t)(in_log - copied);
	}
	admin_end(point, &ending, rc);
}

OUT_OF_LINE int
wal_checkpoint_v2_traced(sqlite3 *db, const char *schema, int mode, int *in_log,
    int *copied, const void *caller)
{
	struct point point;
	int rc, own_log = -1, own_copied = -1;
	char target[128];

	in_log = in_log ? in_log : &own_log;
	copied = copied ? copied : &own_copied;
	admin_begin(&point, CALL_sqlite3_wal_checkpoint_v2, caller, db,
	    checkpoint_target(target, sizeof(target), schema, mode));

	rc = sqlite3_wal_checkpoint_v2(db, schema, mode, in_log, copied);

	checkpoint_end(&point, *in_log, *copied, rc);
	return rc;
}

int
osprof_sqlite3_wal_checkpoint_v2(
    sqlite3 *db, const char *schema, int mode, int *in_log, int *copied)
{
	if (PASSES)
		return PASS(sqlite3_wal_checkpoint_v2)(
		    db, schema, mode, in_log, copied);
	return wal_checkpoint_v2_traced(
	    db, schema, mode, in_log, copied, CALLER);
}

OUT_OF_LINE unsigned char *
serialize_traced(sqlite3 *db, const char *schema, sqlite3_int64 *size,
    unsigned flags, const void *caller)
{
	struct ending ending = ending_ok;
	struct point point;
	sqlite3_int64 own_size = -1;
	unsigned char *image;

	size = size ? size : &own_size;
	admin_begin(&point, CALL_sqlite3_serialize, caller, db, schema);

	image = sqlite3_serialize(db, schema, size, flags);

	if (*size >= 0)
		ending.bytes = (uint64_t)*size;
	point_end(&point, &ending);
	return image;
}

unsigned char *
osprof_sqlite3_serialize(
    sqlite3 *db, const char *schema, sqlite3_int64 *size, unsigned flags)
{
	if (PASSES)
		return PASS(sqlite3_serialize)(db, schema, size, flags);
	return serialize_traced(db, schema, size, flags, CALLER);
}

OUT_OF_LINE int
deserialize_traced(sqlite3 *db, const char *schema, unsigned char *image,
    sqlite3_int64 size, sqlite3_int64 room, unsigned flags, const void *caller)
{
	struct ending ending = ending_ok;
	struct point point;
	int rc;

	admin_begin(&point, CALL_sqlite3_deserialize, caller, db, schema);

	rc = sqlite3_deserialize(db, schema, image, size, room, flags);

	ending.bytes = size < 0 ? UNKNOWN : (uint64_t)size;
	admin_end(&point, &ending, rc);
	return rc;
}

int
osprof_sqlite3_deserialize(sqlite3 *db, const char *schema,
    unsigned char *image, sqlite3_int64 size, sqlite3_int64 room,
    unsigned flags)
{
	if (PASSES)
		return PASS(sqlite3_deserialize)(
		    db, schema, image, size, room, flags);
	return deserialize_traced(db, schema, image, size, room, flags, CALLER);
}

OUT_OF_LINE int
load_extension_traced(sqlite3 *db, const char *file, const char *entry,
    char **message, const void *caller)
{
	struct point point;
	int rc;

	admin_begin(&point, CALL_sqlite3_load_extension, caller, db, file);

	rc = sqlite3_load_extension(db, file, entry, message);

	admin_end_plain(&point, rc);
	return rc;
}

int
osprof_sqlite3_load_extension(
    sqlite3 *db, const char *file, const char *entry, char **message)
{
	if (PASSES)
		return PASS(sqlite3_load_extension)(db, file, entry, message);
	return load_extension_traced(db, file, entry, message, CALLER);
}

OUT_OF_LINE int
key_traced(sqlite3 *db, const void *key, int len, const void *caller)
{
	struct point point;
	int rc;

	admin_begin(&point, CALL_sqlite3_key, caller, db, NULL);

	rc = sqlite3_key(db, key, len);

	admin_end_plain(&point, rc);
	return rc;
}

int
osprof_sqlite3_key(sqlite3 *db, const void *key, int len)
{
	if (PASSES)
		return PASS(sqlite3_key)(db, key, len);
	return key_traced(db, key, len, CALLER);
}

OUT_OF_LINE int
key_v2_traced(sqlite3 *db, const char *schema, const void *key, int len,
    const void *caller)
{
	struct point point;
	int rc;

	admin_begin(&point, CALL_sqlite3_key_v2, caller, db, schema);

	rc = sqlite3_key_v2(db, schema, key, len);

	admin_end_plain(&point, rc);
	return rc;
}

int
osprof_sqlite3_key_v2(sqlite3 *db, const char *schema, const void *key, int len)
{
	if (PASSES)
		return PASS(sqlite3_key_v2)(db, schema, key, len);
	return key_v2_traced(db, schema, key, len, CALLER);
}

OUT_OF_LINE int
rekey_traced(sqlite3 *db, const void *key, int len, const void *caller)
{
	struct point point;
	int rc;

	admin_begin(&point, CALL_sqlite3_rekey, caller, db, NULL);

	rc = sqlite3_rekey(db, key, len);

	admin_end_plain(&point, rc);
	return rc;
}

int
osprof_sqlite3_rekey(sqlite3 *db, const void *key, int len)
{
	if (PASSES)
		return PASS(sqlite3_rekey)(db, key, len);
	return rekey_traced(db, key, len, CALLER);
}

OUT_OF_LINE int
rekey_v2_traced(sqlite3 *db, const char *schema, const void *key, int len,
    const void *caller)
{
	struct point point;
	int rc;

	admin_begin(&point, CALL_sqlite3_rekey_v2, caller, db, schema);

	rc = sqlite3_rekey_v2(db, schema, key, len);

	admin_end_plain(&point, rc);
	return rc;
}

int
osprof_sqlite3_rekey_v2(
    sqlite3 *db, const char *schema, const void *key, int len)
{
	if (PASSES)
		return PASS(sqlite3_rekey_v2)(db, schema, key, len);
	return rekey_v2_traced(db, schema, key, len, CALLER);
}
