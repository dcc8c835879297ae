/*
 * params.h - the parameters of a call, as the program gave them.
 */
#ifndef PQ_PARAMS_H
#define PQ_PARAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "pq/real.h"
#include "shim/hide.h"
#include "shim/span.h"

/*
 * The arguments of PQexecParams() and its kin; each array may be NULL.  They
 * are the program's and are read before the real call, as that reads them.
 */
struct params {
	int count;
	const Oid *types; /* as many as `type_count` */
	int type_count;
	const char *const *values;
	const int *lengths;
	const int *formats;
	const struct hidden *hidden; /* NULL: none */
	struct shim_limits limits;   /* in force when params_room() was asked */
};

/* Room for params_put(); 0: there is nothing to put, or nothing to be shown. */
size_t params_room(struct params *params);

/* Put FIELD_PARAMS, and FIELD_PARAMS_OMITTED where it cannot be all. */
void params_put(struct fields *fields, const struct params *params);

#endif
