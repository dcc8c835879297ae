/*
 * bind_inside.h - the places of what is bound, for those who keep them and
 * those who record them.
 */
#ifndef MYSQL_BIND_INSIDE_H
#define MYSQL_BIND_INSIDE_H

#include "mysql/bind.h"

static inline uint32_t
smaller(uint64_t a, uint64_t b)
{
	return (uint32_t)(a < b ? a : b);
}

/* Bytes that are kept of a value: struct param can say no more. */
static inline uint32_t
kept_max(struct shim_limits limits)
{
	return smaller(limits.max_param, UINT16_MAX);
}

/* Parameters that have a place. */
static inline uint32_t
place_count(const struct binds *binds)
{
	return smaller(binds->count, BINDS_FIXED + binds->more_count);
}

static inline struct place *
place_at(const struct binds *binds, uint32_t i)
{
	if (i < BINDS_FIXED)
		return (struct place *)&binds->fixed[i];
	return &binds->more[i - BINDS_FIXED];
}

#endif
