/*
 * shadow.h - the values that a program bound to a statement's parameters.
 *
 * SQLite cannot give a binding back, so the bind wrappers keep a copy: of
 * numbers the value, of texts and blobs the beginning.  It survives resets as
 * the binding does.  The first parameters have their place inside the shadow,
 * more of them and longer values in memory that is taken once and kept, so
 * that a statement which runs again and again allocates nothing.
 *
 * A value is staged before the real bind, while the program's memory is sure
 * to be there, and takes its place when the bind has succeeded.
 */
#ifndef SQLITE_SHADOW_H
#define SQLITE_SHADOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "shim/span.h"
#include "sqlite/real.h"

#define SHADOW_FIXED 8 /* parameters without an allocation */
#define NUMBER_SIZE 8  /* bytes of an integer or a double */
#define BIND_INLINE 32 /* bytes of a value without an allocation */

/* Memory for a value of more than BIND_INLINE bytes. */
struct spill {
	size_t size;
	char at[];
};

struct bind {
	struct param param; /* as it stands in a record, but for its name */
	char value[BIND_INLINE];
	struct spill *spill; /* owned; holds the value if `spilled` */
	bool spilled;
	bool bound; /* false: nothing was bound in our sight */
};

struct shadow {
	struct bind fixed[SHADOW_FIXED];
	struct bind *more; /* parameters from SHADOW_FIXED + 1 on; owned */
	uint32_t more_count;
	uint32_t highest;    /* index that was bound; may exceed the limit */
	size_t kept;         /* bytes of all values that are here */
	struct spill *spare; /* where a long value is staged; owned */
};

/*
 * Stage a value.  `shadow` is for memory only; the bindings stay.  Texts are
 * `type` PARAM_TEXT or PARAM_TEXT16LE or BE; NULL data are a NULL.
 */
void bind_stage_null(struct bind *bind);

/* Numbers are what is bound most, and are staged in place. */
static inline void
bind_stage_number(struct bind *bind, enum param_type type, const void *value)
{
	bind->param = (struct param){
	    .type = (uint8_t)type, .kept = NUMBER_SIZE, .len = NUMBER_SIZE};
	bind->spilled = false;
	memcpy(bind->value, value, NUMBER_SIZE);
}

static inline void
bind_stage_int(struct bind *bind, int64_t value)
{
	bind_stage_number(bind, PARAM_INT, &value);
}

static inline void
bind_stage_double(struct bind *bind, double value)
{
	bind_stage_number(bind, PARAM_DOUBLE, &value);
}

void bind_stage_zeroblob(struct bind *bind, uint64_t len);
void bind_stage_bytes(struct bind *bind, struct shadow *shadow,
    enum param_type type, const void *data, uint64_t len);

/* The staged value is now the binding of `index`. */
void shadow_set(struct shadow *shadow, int index, const struct bind *bind);

/* All bindings are NULL again. */
void shadow_clear(struct shadow *shadow);

/* The bindings of `from` are now those of `to`; `from` has none. */
void shadow_move(struct shadow *from, struct shadow *to);

/* Free what the shadow owns; it is empty then. */
void shadow_free(struct shadow *shadow);

/*
 * The names of a statement's parameters: for each index from 1 a byte of
 * length and the name (":id"); a bare `?` and `?5` have length 0.
 */
struct names {
	unsigned count;
	unsigned bytes; /* of all names */
	unsigned char at[];
};

/* Return the names, to be freed; NULL if there are none, or no memory. */
struct names *names_of(sqlite3_stmt *stmt);

/* Room that shadow_put() needs; 0: there is nothing to put. */
size_t shadow_room(const struct shadow *shadow, const struct names *names);

/* Put FIELD_PARAMS, and FIELD_PARAMS_OMITTED where it cannot be all. */
void shadow_put(struct fields *fields, const struct shadow *shadow,
    const struct names *names);

#endif
