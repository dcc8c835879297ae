/*
 * field_types.h - the types that a bound parameter can have.
 *
 * Whoever includes this file first defines FIELD_TYPE() of four columns:
 *   name    of MYSQL_TYPE_name; both libraries have the same number for it
 *   read    as what the buffer is read
 *           NONE    not at all: the value is NULL
 *           SIGNED  an integer, unsigned if the bind says so
 *           REAL    a float or a double
 *           DATE, DATETIME, TIME  a MYSQL_TIME
 *           TEXT    bytes in the client's character set
 *           BLOB    bytes
 *   size    bytes of a number; 0: the length is given, or that of MYSQL_TIME
 * Types that are not here cannot be bound: the libraries refuse them with 2036,
 * and nothing is read of one that a later release may take.
 */
/* clang-format off */
FIELD_TYPE(DECIMAL,       0, TEXT,     0)
FIELD_TYPE(TINY,          1, SIGNED,   1)
FIELD_TYPE(SHORT,         2, SIGNED,   2)
FIELD_TYPE(LONG,          3, SIGNED,   4)
FIELD_TYPE(FLOAT,         4, REAL,     4)
FIELD_TYPE(DOUBLE,        5, REAL,     8)
FIELD_TYPE(NULL,          6, NONE,     0)
FIELD_TYPE(TIMESTAMP,     7, DATETIME, 0)
FIELD_TYPE(LONGLONG,      8, SIGNED,   8)
FIELD_TYPE(INT24,         9, SIGNED,   4)	/* MySQL only */
FIELD_TYPE(DATE,         10, DATE,     0)
FIELD_TYPE(TIME,         11, TIME,     0)
FIELD_TYPE(DATETIME,     12, DATETIME, 0)
FIELD_TYPE(YEAR,         13, SIGNED,   2)
FIELD_TYPE(VARCHAR,      15, TEXT,     0)	/* MySQL only */
FIELD_TYPE(JSON,        245, TEXT,     0)
FIELD_TYPE(NEWDECIMAL,  246, TEXT,     0)
FIELD_TYPE(TINY_BLOB,   249, BLOB,     0)
FIELD_TYPE(MEDIUM_BLOB, 250, BLOB,     0)
FIELD_TYPE(LONG_BLOB,   251, BLOB,     0)
FIELD_TYPE(BLOB,        252, BLOB,     0)
FIELD_TYPE(VAR_STRING,  253, TEXT,     0)
FIELD_TYPE(STRING,      254, TEXT,     0)
/* clang-format on */
#undef FIELD_TYPE
