/*
 * timestamp.h - the time of a message.
 */
#ifndef CLI_TIMESTAMP_H
#define CLI_TIMESTAMP_H

#include <stdint.h>

#include "collectors/collector.h"

#define TIME_NONE INT64_MIN

/*
 * Microseconds since 1970 of `YYYY-MM-DDTHH:MM:SS.f`, f being one to six
 * digits or absent; TIME_NONE for anything else.
 */
int64_t timestamp_us(struct text timestamp);

#endif
