/*
 * osprof_mysql.h - mysql.h with tracing; include it in place of that.
 *
 * It includes the real header, of libmysqlclient (8.0 and later) or of MariaDB
 * Connector/C (3.1 and later), and turns the names of the calls that osprof
 * traces into those of its wrappers: calls, addresses and tables of functions
 * follow, members of structs and classes that are named likewise do not.  In C
 * (from C11) and in C++ (from C++11), with gcc and clang.  A program that
 * includes it links -losprof_mysql (archives: -losprof_mysql -losprof) in front
 * of -lmysqlclient or -lmariadb: the wrappers call whichever library the program
 * is linked with.  Of libmysqlclient.a nobody asks for one part by itself: who
 * calls mysql_real_connect_dns_srv() adds -Wl,-u,mysql_real_connect_dns_srv.
 *
 * Traced or not, each call does what the real one does and returns what it
 * returns; errno and the connection's error stay as the real call left them.
 *
 * The real header is what this finds first: <mysql.h>, <mysql/mysql.h>,
 * <mariadb/mysql.h>.  Where a machine has several, have the client library's
 * own flags (mysql_config, mariadb_config) lead to the right <mysql.h>, include
 * it first, or name it: -DOSPROF_MYSQL_HEADER='<mariadb/mysql.h>'.
 *
 * Define OSPROF_NO_REDIRECT before it to get the declarations without the new
 * names.
 *
 * The compiler itself gives the names, for the whole file, also for inline
 * functions above.  Where mysql.h came first, clang leaves a function that was
 * already called above under its old name: untraced in that file.
 */
#ifndef OSPROF_MYSQL_H
#define OSPROF_MYSQL_H

#include "osprof.h"

#define OSPROF_MYSQL_TEXT(text) #text

/*
 * g++ heeds the pragma of a function that a system header has declared above
 * only in a declaration of its own, which clang refuses of one that was called.
 */
#if defined(_mysql_h) && defined(__cplusplus) && !defined(__clang__)
# define OSPROF_MYSQL_DECLARES_AGAIN
#endif

#if !defined(OSPROF_NO_REDIRECT) && !defined(OSPROF_MYSQL_DECLARES_AGAIN)
# define OSPROF_MYSQL_SINCE 1000000
# define OSPROF_MYSQL_PAIRS
# define OSPROF_MYSQL_CALL(name) \
  _Pragma(OSPROF_MYSQL_TEXT(redefine_extname name osprof_##name))
# include "osprof_mysql_calls.h"
# undef OSPROF_MYSQL_CALL
# undef OSPROF_MYSQL_PAIRS
# undef OSPROF_MYSQL_SINCE
#endif

#ifndef _mysql_h
# ifdef OSPROF_MYSQL_HEADER
#  include OSPROF_MYSQL_HEADER
# elif __has_include(<mysql.h>)
#  include <mysql.h>
# elif __has_include(<mysql/mysql.h>)
#  include <mysql/mysql.h>
# elif __has_include(<mariadb/mysql.h>)
#  include <mariadb/mysql.h>
# else
#  error \
      "no mysql.h: install libmysqlclient-dev or libmariadb-dev, or say where it is by -I"
# endif
#endif

/* Connector/C first: it has a MYSQL_VERSION_ID too, that of a server. */
#if defined(MARIADB_BASE_VERSION) || defined(MARIADB_PACKAGE_VERSION_ID)
# define OSPROF_MYSQL_SINCE 0
# define OSPROF_MYSQL_PAIRS
#else
# define OSPROF_MYSQL_SINCE MYSQL_VERSION_ID
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* clang-format off */
#define OSPROF_MYSQL_CALL(name) \
	OSPROF_API extern __typeof__(name) osprof_##name;
#include "osprof_mysql_calls.h"
#undef OSPROF_MYSQL_CALL

#if !defined(OSPROF_NO_REDIRECT) && defined(OSPROF_MYSQL_DECLARES_AGAIN)
#  pragma GCC diagnostic push
#  pragma GCC diagnostic ignored "-Wredundant-decls"
#  define OSPROF_MYSQL_CALL(name) \
	extern __typeof__(name) name __asm__(OSPROF_MYSQL_TEXT(osprof_##name));
#  include "osprof_mysql_calls.h"
#  undef OSPROF_MYSQL_CALL
#  pragma GCC diagnostic pop
#endif
/* clang-format on */

#ifdef __cplusplus
}
#endif

#undef OSPROF_MYSQL_DECLARES_AGAIN
#undef OSPROF_MYSQL_PAIRS
#undef OSPROF_MYSQL_SINCE
#undef OSPROF_MYSQL_TEXT

#endif
