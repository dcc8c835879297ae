#!/bin/sh
# headers.sh SOURCE_DIR [UNSTABLE [MYSQL8]] - the public header compiles
# without a warning: alone, twice, before and after the real ones, in several
# language versions, with either compiler, for Connector/C and for releases of
# libmysqlclient; and redirects what it should, no more and no less.
#
# UNSTABLE holds mysql/mysql.h of the newest libmysqlclient and mariadb/mysql.h of
# the newest Connector/C, MYSQL8 mysql/mysql.h of libmysqlclient 8.0; no folder of
# that name: there is none.
set -u
top=$1
unstable=${2-}
mysql8=${3-}
. "$top/tests/headers.sh"
public "$top"/mysql/osprof_mysql*.h

c="c11 gnu17"
cxx="c++11 c++20"
use='int use(MYSQL *m);
int use(MYSQL *m) { return mysql_query(m, ""); }'
traced() {
	wants=osprof_mysql_query
	lacks=mysql_query
}

# names LIBRARY FLAG...: the calls of one real header.
names() {
	library=$1
	shift
	flags=$*

	traced
	compiles "alone" "$c $cxx" <<-T
		#include <osprof_mysql.h>
		$use
	T
	compiles "each call of the header has a wrapper of its type" "$c" <<-T
		#define OSPROF_NO_REDIRECT
		#include <osprof_mysql.h>
		#define CALL(name, class, has, since) HAS_##has(name, since)
		#define IS(name) _Static_assert(__builtin_types_compatible_p( \\
		    __typeof__(name), __typeof__(osprof_##name)), #name);
		#define HAS_BOTH(name, since) IS(name)
		$(rows)
		extern int none;
	T
}

# orders HEADER: the last library's header, however it is included.
orders() {
	real=$1

	traced
	compiles "twice" "$c $cxx" <<-T
		#include <osprof_mysql.h>
		#include <osprof_mysql.h>
		$use
	T
	traced
	compiles "before the real one" "$c $cxx" <<-T
		#include <osprof_mysql.h>
		#include <$real>
		$use
	T
	traced
	compiles "after the real one" "$c $cxx" <<-T
		#include <$real>
		#include <osprof_mysql.h>
		$use
	T
	traced
	compiles "by -include" "$c $cxx" -include osprof_mysql.h <<-T
		#include <$real>
		$use
	T
	traced
	compiles "named by OSPROF_MYSQL_HEADER" "$c $cxx" \
	    "-DOSPROF_MYSQL_HEADER=<$real>" <<-T
		#include <osprof_mysql.h>
		$use
	T
	traced
	compiles "beside osprof.h" "$c $cxx" <<-T
		#include <osprof.h>
		#include <osprof_mysql.h>
		#include <osprof.h>
		$use
	T
	wants="mysql_query osprof_mysql_ping"
	compiles "OSPROF_NO_REDIRECT leaves the names alone" "$c $cxx" <<-T
		#define OSPROF_NO_REDIRECT
		#include <osprof_mysql.h>
		$use
		int both(MYSQL *m);
		int both(MYSQL *m) { return osprof_mysql_ping(m); }
	T
	for order in "osprof_mysql.h $real" "$real osprof_mysql.h"; do
		wants="osprof_mysql_close osprof_mysql_ping osprof_mysql_query"
		lacks="mysql_close mysql_ping mysql_query"
		compiles "addresses, tables and members (${order%% *} first)" \
		    "$c $cxx" <<-T
			#include <${order% *}>
			#include <${order#* }>
			struct api { void (*mysql_close)(MYSQL *); int (*ping)(MYSQL *); };
			extern const struct api api;
			const struct api api = { mysql_close, &mysql_ping };
			int use(MYSQL *m);
			int use(MYSQL *m) { api.mysql_close(m); return api.ping(m) + (mysql_query)(m, ""); }
		T
		wants="osprof_mysql_close osprof_mysql_query osprof_mysql_commit"
		lacks="mysql_close mysql_query mysql_commit"
		compiles "classes, namespaces and templates (${order%% *} first)" \
		    "$cxx" <<-T
			#include <memory>
			#include <${order% *}>
			#include <${order#* }>
			namespace program {
			using ::mysql_commit;
			struct session {
				std::unique_ptr<MYSQL, decltype(&mysql_close)> db;
				explicit session(MYSQL *m) : db(m, mysql_close) {}
				int mysql_query(const char *q) { return ::mysql_query(db.get(), q); }
			};
			int ask(session &s) { return s.mysql_query("") + mysql_commit(s.db.get()); }
			template <int (*F)(MYSQL *, const char *)> int through(MYSQL *m) { return F(m, ""); }
			int call(MYSQL *m) { return through<::mysql_query>(m); }
			int open(MYSQL *m) { session s(m); return ask(s); }
			}
		T
	done
}

# The rows of calls.h that the header of $version has; of Connector/C: 0.
rows() {
	if [ "$version" = 0 ]; then
		printf '%s\n' '#define HAS_MARIADB(name, since) IS(name)' \
		    '#define HAS_MYSQL(name, since)'
		sed '/^#undef/d' "$top/mysql/calls.h"
		return
	fi
	printf '%s\n' '#define HAS_MARIADB(name, since)' \
	    '#define HAS_MYSQL(name, since) IS(name)'
	sed '/^#undef/d' "$top/mysql/calls.h" |
	    awk -v version="$version" '/^CALL\(.* MYSQL, / {
		since = $4; sub(/\).*/, "", since)
		if (since + 0 > version) next } { print }'
}

# matches FLAG...: our own declarations are those of the header.
matches() {
	flags="-Wno-redundant-decls -I$top -I$top/tests/mysql $*"
	compiles "our declarations are the header's" gnu11 <<-T
		#include <mysql.h>
		#include "match.h"
	T
}

# connector LIBRARY FLAGS [FLAGS]: Connector/C, whose programs are compiled with
# the first flags; by the others <mariadb/mysql.h> is found.
connector() {
	programs=$2
	version=0
	names "$1" ${3-}
	orders mariadb/mysql.h
	traced
	compiles "by the flags of mariadb_config" "$c $cxx" $programs <<-T
		#include <osprof_mysql.h>
		#include <mysql.h>
		$use
	T
	for order in "osprof_mysql.h mariadb/mysql.h" \
	    "mariadb/mysql.h osprof_mysql.h"; do
		traced
		compiles "the table of functions for plugins (${order%% *} first)" \
		    "$c $cxx" <<-T
			#include <${order% *}>
			#include <${order#* }>
			$use
			int inside(MYSQL *m);
			int inside(MYSQL *m) { return m->methods->api->mysql_query(m, "") + m->methods->api->mysql_ping(m); }
		T
	done
	wants="osprof_mysql_query_start osprof_mysql_stmt_fetch_cont"
	compiles "calls that come back in the middle" "$c $cxx" <<-T
		#include <osprof_mysql.h>
		int use(MYSQL *m, MYSQL_STMT *s);
		int use(MYSQL *m, MYSQL_STMT *s) { int rc; return mysql_query_start(&rc, m, "") + mysql_stmt_fetch_cont(&rc, s, 1); }
	T
	matches -DMATCH_MARIADB $programs
}

if echo '#include <mariadb/mysql.h>' | gcc -E -x c - > /dev/null 2>&1; then
	connector "Connector/C" "$(pkg-config --cflags libmariadb)"
else
	echo "libmariadb-dev not found: its header is not tested"
fi
if [ -f "$unstable/mariadb/mysql.h" ]; then
	alone=$work/mariadb # without MySQL's header, which would be found first
	mkdir "$alone"
	ln -s "$unstable"/mariadb* "$alone"
	connector "Connector/C of Debian's unstable release" \
	    "-isystem $alone/mariadb -isystem $alone" "-isystem $alone"
fi

# The releases at whose headers calls came in, by declarations of ours.
for version in 80016 80027 80400; do
	names "libmysqlclient $version (ours)" -DGENUINE_VERSION=$version \
	    -isystem "$top/tests/mysql/genuine" "-idirafter $top"
done
wants="osprof_mysql_bind_param osprof_mysql_real_query_nonblocking
    osprof_mysql_stmt_bind_named_param mysql_select_db_nonblocking"
compiles "what only MySQL has, and what no release exports" "$c $cxx" <<-T
	#include <osprof_mysql.h>
	int use(MYSQL *m, MYSQL_STMT *s, bool *b);
	int use(MYSQL *m, MYSQL_STMT *s, bool *b) { return mysql_bind_param(m, 0, 0, 0) + mysql_stmt_bind_named_param(s, 0, 0, 0) +
	    (int)mysql_real_query_nonblocking(m, "", 0) + (int)mysql_select_db_nonblocking(m, "", b); }
T
# genuine FOLDER: the release of libmysqlclient whose header lies there.
genuine() {
	version=$(sed -n 's/^#define MYSQL_VERSION_ID *//p' \
	    "$1/mysql/mysql_version.h")
	names "libmysqlclient $version" -isystem "$1"
	matches "-isystem $1 -isystem $1/mysql"
}
real=mysql.h
for folder in "$mysql8" "$unstable"; do
	if [ -f "$folder/mysql/mysql.h" ]; then
		genuine "$folder"
		real=mysql/mysql.h
	fi
done
[ $real != mysql.h ] ||
    echo "no genuine mysql.h: declarations of ours stand for it"
orders $real

# The public list is that of calls.h.
library=all
sed -n 's/^OSPROF_MYSQL_CALL(\(.*\))$/\1/p' "$top/mysql/osprof_mysql_calls.h" \
    > "$work/redirected"
sed -n -e 's/^CALL(\([a-z_]*\),.*/\1/p' \
    -e 's/^PAIR(\(mysql_[a-z_]*\)).*/\1_start\n\1_cont/p' \
    "$top/mysql/calls.h" > "$work/listed"
same_names

exit $failed
