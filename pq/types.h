/*
 * types.h - PostgreSQL's types whose binary form is read.
 *
 * Whoever includes this file first defines TYPE(name, oid, array, form, size,
 * reader, inner).
 *   array   oid of the type's array
 *   form    SIGNED, UNSIGNED: an integer    FLOAT: a number
 *           BYTES: as they are              TEXT: what the reader writes
 *   size    bytes of a value; 0: it varies
 *   reader  read_##reader() writes a value as text, in an array for instance
 *   inner   oid of a range's bounds, a multirange's ranges, a vector's numbers
 *
 * The oids are fixed in all versions (pg_type.dat).  What a program creates,
 * enums, domains and composites, has an oid of its own each time.
 */
/* clang-format off */
TYPE(bool,		  16, 1000, TEXT,      1, bool,       0)
TYPE(bytea,		  17, 1001, BYTES,     0, bytea,      0)
TYPE(char,		  18, 1002, TEXT,      1, char,       0)
TYPE(name,		  19, 1003, TEXT,      0, text,       0)
TYPE(int8,		  20, 1016, SIGNED,    8, signed,     0)
TYPE(int2,		  21, 1005, SIGNED,    2, signed,     0)
TYPE(int2vector,	  22, 1006, TEXT,      0, vector,    21)
TYPE(int4,		  23, 1007, SIGNED,    4, signed,     0)
TYPE(regproc,		  24, 1008, UNSIGNED,  4, unsigned,   0)
TYPE(text,		  25, 1009, TEXT,      0, text,       0)
TYPE(oid,		  26, 1028, UNSIGNED,  4, unsigned,   0)
TYPE(tid,		  27, 1010, TEXT,      6, tid,        0)
TYPE(xid,		  28, 1011, UNSIGNED,  4, unsigned,   0)
TYPE(cid,		  29, 1012, UNSIGNED,  4, unsigned,   0)
TYPE(oidvector,		  30, 1013, TEXT,      0, vector,    26)
TYPE(json,		 114,  199, TEXT,      0, text,       0)
TYPE(xml,		 142,  143, TEXT,      0, text,       0)
TYPE(point,		 600, 1017, TEXT,     16, point,      0)
TYPE(lseg,		 601, 1018, TEXT,     32, lseg,       0)
TYPE(path,		 602, 1019, TEXT,      0, path,       0)
TYPE(box,		 603, 1020, TEXT,     32, box,        0)
TYPE(polygon,		 604, 1027, TEXT,      0, polygon,    0)
TYPE(line,		 628,  629, TEXT,     24, line,       0)
TYPE(cidr,		 650,  651, TEXT,      0, cidr,       0)
TYPE(float4,		 700, 1021, FLOAT,     4, float,      0)
TYPE(float8,		 701, 1022, FLOAT,     8, float,      0)
TYPE(circle,		 718,  719, TEXT,     24, circle,     0)
TYPE(macaddr8,		 774,  775, TEXT,      8, macaddr,    0)
TYPE(money,		 790,  791, SIGNED,    8, signed,     0)
TYPE(macaddr,		 829, 1040, TEXT,      6, macaddr,    0)
TYPE(inet,		 869, 1041, TEXT,      0, inet,       0)
TYPE(bpchar,		1042, 1014, TEXT,      0, text,       0)
TYPE(varchar,		1043, 1015, TEXT,      0, text,       0)
TYPE(date,		1082, 1182, TEXT,      4, date,       0)
TYPE(time,		1083, 1183, TEXT,      8, time,       0)
TYPE(timestamp,		1114, 1115, TEXT,      8, timestamp,  0)
TYPE(timestamptz,	1184, 1185, TEXT,      8, timestamptz, 0)
TYPE(interval,		1186, 1187, TEXT,     16, interval,   0)
TYPE(timetz,		1266, 1270, TEXT,     12, timetz,     0)
TYPE(bit,		1560, 1561, TEXT,      0, bits,       0)
TYPE(varbit,		1562, 1563, TEXT,      0, bits,       0)
TYPE(numeric,		1700, 1231, TEXT,      0, numeric,    0)
TYPE(refcursor,		1790, 2201, TEXT,      0, text,       0)
TYPE(regprocedure,	2202, 2207, UNSIGNED,  4, unsigned,   0)
TYPE(regoper,		2203, 2208, UNSIGNED,  4, unsigned,   0)
TYPE(regoperator,	2204, 2209, UNSIGNED,  4, unsigned,   0)
TYPE(regclass,		2205, 2210, UNSIGNED,  4, unsigned,   0)
TYPE(regtype,		2206, 2211, UNSIGNED,  4, unsigned,   0)
TYPE(record,		2249, 2287, TEXT,      0, record,     0)
TYPE(cstring,		2275, 1263, TEXT,      0, text,       0)
TYPE(uuid,		2950, 2951, TEXT,     16, uuid,       0)
TYPE(txid_snapshot,	2970, 2949, TEXT,      0, snapshot,   0)
TYPE(pg_lsn,		3220, 3221, TEXT,      8, lsn,        0)
TYPE(tsvector,		3614, 3643, TEXT,      0, tsvector,   0)
TYPE(tsquery,		3615, 3645, TEXT,      0, tsquery,    0)
TYPE(regconfig,		3734, 3735, UNSIGNED,  4, unsigned,   0)
TYPE(regdictionary,	3769, 3770, UNSIGNED,  4, unsigned,   0)
TYPE(jsonb,		3802, 3807, TEXT,      0, versioned,  0)
TYPE(int4range,		3904, 3905, TEXT,      0, range,     23)
TYPE(numrange,		3906, 3907, TEXT,      0, range,   1700)
TYPE(tsrange,		3908, 3909, TEXT,      0, range,   1114)
TYPE(tstzrange,		3910, 3911, TEXT,      0, range,   1184)
TYPE(daterange,		3912, 3913, TEXT,      0, range,   1082)
TYPE(int8range,		3926, 3927, TEXT,      0, range,     20)
TYPE(jsonpath,		4072, 4073, TEXT,      0, versioned,  0)
TYPE(regnamespace,	4089, 4090, UNSIGNED,  4, unsigned,   0)
TYPE(regrole,		4096, 4097, UNSIGNED,  4, unsigned,   0)
TYPE(regcollation,	4191, 4192, UNSIGNED,  4, unsigned,   0)
TYPE(int4multirange,	4451, 6150, TEXT,      0, multirange, 3904)
TYPE(nummultirange,	4532, 6151, TEXT,      0, multirange, 3906)
TYPE(tsmultirange,	4533, 6152, TEXT,      0, multirange, 3908)
TYPE(tstzmultirange,	4534, 6153, TEXT,      0, multirange, 3910)
TYPE(datemultirange,	4535, 6155, TEXT,      0, multirange, 3912)
TYPE(int8multirange,	4536, 6157, TEXT,      0, multirange, 3926)
TYPE(pg_snapshot,	5038, 5039, TEXT,      0, snapshot,   0)
TYPE(xid8,		5069,  271, UNSIGNED,  8, unsigned,   0)
/* clang-format on */
#undef TYPE
