/*
 * oracle_pg_scan.h - the tokens that PostgreSQL's scanner finds in a text.
 */
#ifndef TESTS_ORACLE_PG_SCAN_H
#define TESTS_ORACLE_PG_SCAN_H

#include <pg_query.h>
#include <stdbool.h>
#include <stdint.h>

/* Tokens by their numbers in pg_query.proto of PostgreSQL 15. */
enum {
	PG_FCONST = 260,
	PG_ICONST = 266,
	PG_IDENT = 258,
	PG_UIDENT = 259,
	PG_USCONST = 262,
	PG_OP = 265,
	PG_SQL_COMMENT = 275,
	PG_C_COMMENT = 276,
};

struct scanned {
	uint64_t start, end, kind;
};

/* What the scanner found, as protocol buffers write it. */
struct scan_reader {
	const uint8_t *at, *end;
};

struct scan_reader scan_reader_of(PgQueryProtobuf found);

/* The next token; false behind the last one. */
bool scan_reader_next(struct scan_reader *reader, struct scanned *ret_token);

#endif
