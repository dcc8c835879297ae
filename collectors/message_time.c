/*
 * message_time.c - the time of a message: YYYY-MM-DDTHH:MM:SS.ffffff, in UTC.
 *
 * Records come in bursts: the text of the second stays in the context.
 */
#include "collectors/message_inside.h"

#include <string.h>

#define TIMESTAMP_LEN 26

static void
put_digits(char *at, unsigned count, uint64_t value)
{
	while (count-- > 0) {
		at[count] = (char)('0' + value % 10);
		value /= 10;
	}
}

/*
 * The date of a day since 1970, by counting from March, so that the leap day
 * is a year's last.  gmtime_r() takes a lock, which a fork may leave locked.
 */
static void
put_date(char at[10], int64_t day)
{
	int64_t z = day + 719468; /* days since 1 March of year 0 */
	int64_t era = z / 146097;
	int64_t of_era = z % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 -
			   of_era / 146096) /
		       365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153; /* 0 is March */

	memcpy(at, "0000-00-00", 10);
	put_digits(at, 4, (uint64_t)(year + era * 400 + (month >= 10)));
	put_digits(at + 5, 2, (uint64_t)(month < 10 ? month + 3 : month - 9));
	put_digits(at + 8, 2, (uint64_t)(of_year - (153 * month + 2) / 5 + 1));
}

static void
second_update(struct message_context *context, int64_t second)
{
	char *at = context->second_text;
	uint64_t of_day = (uint64_t)(second % 86400);

	memcpy(at, "YYYY-MM-DDT00:00:00.", sizeof(context->second_text));
	put_date(at, second / 86400);
	put_digits(at + 11, 2, of_day / 3600);
	put_digits(at + 14, 2, of_day / 60 % 60);
	put_digits(at + 17, 2, of_day % 60);
	context->second = second;
}

struct text
message_put_time(
    struct json_out *out, struct message_context *context, uint64_t time_ns)
{
	const char *from = out->at;
	int64_t wall = spool_wall_ns(
	    context->clocks, context->clock_count, time_ns);

	if (wall < 0)
		wall = 0;
	if (wall / 1000000000 != context->second)
		second_update(context, wall / 1000000000);
	if (json_reserve(out, TIMESTAMP_LEN)) {
		memcpy(out->at, context->second_text, 20);
		put_digits(
		    out->at + 20, 6, (uint64_t)(wall % 1000000000 / 1000));
		out->at += TIMESTAMP_LEN;
	}
	return message_since(out, from);
}
