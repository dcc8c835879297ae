/*
 * canceller.c - a module whose only call of libpq is in a signal's handler.
 */
#include <libpq-fe.h>

int cancel_from_here(PGcancel *cancel);

int
cancel_from_here(PGcancel *cancel)
{
	char message[256];

	return PQcancel(cancel, message, sizeof(message));
}
