/*
 * bound.h - binds that are shown at once, for their tests.
 */
#ifndef TESTS_MYSQL_BOUND_H
#define TESTS_MYSQL_BOUND_H

#include "tests/check.h"
#include "fake_shim.h"
#include "mysql/bind.h"
#include "shim/gate.h"

/* To read here ends the test. */
#define NOWHERE ((void *)16)

static const struct hidden nothing_hidden;
static const struct batch of_mysql;
static const struct batch of_mariadb = {.mariadb = true};
static struct binds binds;
static bool was_cut;

/* Begin without binds, with tracing on and the usual limits. */
static inline void
given_nothing(void)
{
	shim_hide_args(false);
	shim_set_limits(1024, 64);
	shim_on();
	binds_free(&binds);
}

/* The parameters of an execution, as fake_shim prints them. */
static inline const char *
shown(const struct batch *batch, const struct hidden *hidden)
{
	struct span span;
	struct fields fields;

	shim_on();
	if (!span_open(
		&span, &fields, NULL, NULL, binds_room(&binds, batch, hidden)))
		return "no span";
	binds_put(&fields, &binds, batch, hidden);
	was_cut = fields.cut;
	span_publish(&span, &fields, 1);
	return point_params(0);
}

static inline void
bind_one(unsigned type, const void *at, unsigned long size)
{
	MYSQL_BIND bind = {
	    .buffer_type = type, .buffer = (void *)at, .buffer_length = size};

	bind.indicator = NOWHERE;
	binds_take(&binds, &bind, 1, NULL);
}

#endif
