/*
 * context_tool.c - prints what context_read() reads: `-` for nothing.
 */
#include <stdio.h>

#include "shim/context.h"

static const char *
shown(const char *value)
{
	return value ? value : "-";
}

int
main(void)
{
	struct context context;

	context_read(&context);
	printf("%s %s %s %s %s %s\n", shown(context.run), shown(context.trace),
	    shown(context.traceparent), shown(context.tracestate),
	    shown(context.info), shown(context.hmac));
	context_free(&context);
	return 0;
}
