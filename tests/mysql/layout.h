/*
 * layout.h - where MYSQL_BIND and MYSQL_TIME have their members, in every
 * header and in client_types.h, on machines with 64-bit addresses.
 *
 * Whoever includes this file first defines AT(type, member, place).
 */
#if UINTPTR_MAX > UINT32_MAX
/* clang-format off */
AT(MYSQL_BIND, length,         0);
AT(MYSQL_BIND, is_null,        8);
AT(MYSQL_BIND, buffer,        16);
AT(MYSQL_BIND, error,         24);
#ifdef MATCH_MARIADB
AT(MYSQL_BIND, u.indicator,   32);
#endif
AT(MYSQL_BIND, buffer_length, 64);
AT(MYSQL_BIND, buffer_type,   96);
AT(MYSQL_BIND, is_unsigned,  101);
AT(MYSQL_BIND, extension,    104);
AT(MYSQL_TIME, year,           0);
AT(MYSQL_TIME, month,          4);
AT(MYSQL_TIME, day,            8);
AT(MYSQL_TIME, hour,          12);
AT(MYSQL_TIME, minute,        16);
AT(MYSQL_TIME, second,        20);
AT(MYSQL_TIME, second_part,   24);
AT(MYSQL_TIME, neg,           32);
AT(MYSQL_TIME, time_type,     36);
/* clang-format on */
#endif
#undef AT
