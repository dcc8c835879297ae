/*
 * moment.h - a MYSQL_TIME as text.
 */
#ifndef MYSQL_MOMENT_H
#define MYSQL_MOMENT_H

#include <stddef.h>

#include "mysql/client_types.h"

#define MOMENT_MAX 40 /* bytes of the longest text */

/*
 * Write what the library sends of it: "2026-11-21", "2026-11-21 18:50:00.5"
 * with all six digits, "-99:59:59".  A member that is out of range is cut as
 * in the packet.  Returns the length; the text is not terminated.
 */
size_t moment_date(char out[MOMENT_MAX], const MYSQL_TIME *time);
size_t moment_datetime(char out[MOMENT_MAX], const MYSQL_TIME *time);
size_t moment_time(char out[MOMENT_MAX], const MYSQL_TIME *time);

#endif
