/*
 * columns.h - which column each parameter belongs to.
 *
 * The name left of a comparison is the column of all parameters to its right,
 * up to the next AND, OR, comma or clause, also within parentheses; the name
 * behind a comparison is that of a parameter to its left.  In a row the place
 * tells: `INSERT INTO t (a, b) VALUES ($1, $2)`, `(a, b) = ($1, $2)`.
 */
#ifndef REDACT_COLUMNS_H
#define REDACT_COLUMNS_H

#include "redact/item.h"

#define COLUMNS_INSERTED 256 /* of an INSERT that are known */
#define COLUMNS_TUPLE 16     /* of (a, b) before a comparison */

struct outline;

struct slice {
	const char *at;
	size_t len;
};

/* Lists of columns: there is one of each, that of the statement read last. */
enum columns_list {
	LIST_INSERTED, /* of the INSERT */
	LIST_TUPLE,    /* of what is compared or assigned */
	LIST_READ,     /* of names in parentheses, which may turn out to be */
	LISTS,
};

struct columns {
	struct slice *name; /* of no length where it is not one name */
	unsigned room;
	unsigned count;
	unsigned depth; /* where the list belongs */
};

enum row_kind {
	ROW_NONE,
	ROW_LIST, /* the next parenthesis holds rows */
	ROW_NEXT, /* the next parenthesis, or SELECT, is a row */
	ROW_HERE,
	ROW_OVER, /* it was here, and comes with the next SELECT */
};

/* A row of values, and the list that tells its columns. */
struct row {
	uint8_t kind;
	uint8_t list;
	uint8_t depth; /* of the list: another one may have taken its place */
};

/* The expression that is read, one a parenthesis. */
struct expression {
	bool compares; /* `column` is compared with what comes */
	bool sure;     /* and no operator behind changes that */
	bool between;  /* one AND belongs to the comparison */
	bool values;   /* a comma does not end the comparison */
	bool cast;     /* the next name is that of a type */
	bool meets;    /* a comparison stands behind the waiting parameter */
	bool many;     /* names there are more than one */
	bool doubt;    /* the column may be any of several */
	bool call;     /* the parenthesis is that of a call */
	bool parted;   /* it holds more than one expression, and no list */
	bool grouped;  /* it stands around one value of a row, or the row */
	bool tuple;    /* LIST_READ was read just now */
	struct row opens;
	struct row in;
	unsigned position;    /* commas so far */
	unsigned beside;      /* names there are besides the column */
	unsigned named;       /* values before the last comma that had names */
	struct slice name;    /* the last one */
	struct slice earlier; /* the last one before the last comma */
	struct slice column;
	size_t waits; /* the parameter that a column may follow, counted */
};

/* A copy of it is made faster than an expression is cleared. */
extern const struct expression expression_none;

void columns_begin(struct outline *outline);
void columns_take(struct outline *outline, const struct item *item);

/* What comes is hidden, or is none of the names here, but may be a column. */
void columns_doubt(struct outline *outline);

/* An INSERT has its table: a list of columns may come, and rows. */
void columns_insert(struct outline *outline);

/* Tell the parameter that waits its column; none if that may be any. */
void columns_tell(
    struct outline *outline, struct expression *e, struct slice name);

/* nested.c: a parenthesis opened; it is about to close. */
void columns_open(struct outline *outline);
void columns_close(struct outline *outline);

/*
 * Whether the last item names what comes: a call, or the type of a value.
 * That is no column, and is forgotten.
 */
bool nested_is_named(const struct outline *outline);
void nested_forget(const struct outline *outline, struct expression *e);

/* params.c: whether a text may have parameters; which one an item is. */
bool params_may_be(
    enum redact_dialect dialect, const char *sql, const char *end);
unsigned params_number(struct outline *outline, const struct item *item);

/*
 * rows.c: what was read since the last comma is one of a list of columns; a
 * list is at its end; it is compared with rows.
 */
void rows_put(struct outline *outline, struct expression *e);
void rows_close(
    struct outline *outline, struct expression *e, struct expression *up);
void rows_compare(struct outline *outline, struct expression *e, bool list);

/* A row may open behind the last item; SELECT, VALUES, a clause was read. */
void rows_open(const struct outline *outline, struct expression *e,
    const struct expression *up);
void rows_select(struct expression *e);
void rows_values(struct expression *e);
void rows_end(struct expression *e);

/* The column of the value that comes; false if it may be any. */
bool rows_column(const struct outline *outline, const struct expression *e,
    struct slice *ret_column);

#endif
