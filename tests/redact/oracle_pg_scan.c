/*
 * oracle_pg_scan.c - the tokens that PostgreSQL's scanner finds in a text.
 */
#include "tests/redact/oracle_pg_scan.h"

#include <stddef.h>

static uint64_t
read_number(struct scan_reader *reader)
{
	uint64_t number = 0;

	for (unsigned shift = 0; reader->at < reader->end; shift += 7) {
		const uint8_t byte = *reader->at++;

		number |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			break;
	}
	return number;
}

/* The next field: a number, or with its bytes in `inside`. */
static unsigned
read_field(
    struct scan_reader *reader, uint64_t *number, struct scan_reader *inside)
{
	const uint64_t tag = read_number(reader);

	*number = read_number(reader);
	if ((tag & 7) == 2) {
		*inside = (struct scan_reader){
		    reader->at, reader->at + *number};
		reader->at += *number;
	}
	return (unsigned)(tag >> 3);
}

static struct scanned
read_token(struct scan_reader reader)
{
	struct scanned token = {0};

	while (reader.at < reader.end) {
		struct scan_reader inside;
		uint64_t number;

		switch (read_field(&reader, &number, &inside)) {
		case 1:
			token.start = number;
			break;
		case 2:
			token.end = number;
			break;
		case 4:
			token.kind = number;
			break;
		default:
			break;
		}
	}
	return token;
}

struct scan_reader
scan_reader_of(PgQueryProtobuf found)
{
	const uint8_t *at = (const uint8_t *)found.data;

	return (struct scan_reader){at, at + found.len};
}

bool
scan_reader_next(struct scan_reader *reader, struct scanned *ret_token)
{
	while (reader->at < reader->end) {
		struct scan_reader inside = {NULL, NULL};
		uint64_t number;

		if (read_field(reader, &number, &inside) != 2)
			continue;
		*ret_token = read_token(inside);
		return true;
	}
	return false;
}
