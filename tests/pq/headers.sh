#!/bin/sh
# headers.sh SOURCE_DIR INCLUDE_DIR... - the public header compiles without a
# warning: alone, twice, before and after the real one, by -include, in every
# language version, with either compiler; and redirects what it should, no more
# and no less.  libpq-fe.h is in one of the folders INCLUDE_DIR.
set -u
top=$1
shift
. "$top/tests/headers.sh"
public "$top/pq/osprof_pq.h"
flags=$(printf ' -I%s' "$@")

c="c11 gnu17"
cxx="c++11 gnu++17 c++20"
use='PGresult *use(PGconn *c); PGresult *use(PGconn *c) { return PQexec(c, ""); }'

wants=osprof_PQexec
lacks=PQexec
compiles "alone" "$c $cxx" <<T
#include <osprof_pq.h>
$use
T

wants=osprof_PQexec
lacks=PQexec
compiles "twice" "$c $cxx" <<T
#include <osprof_pq.h>
#include <osprof_pq.h>
$use
T

wants=osprof_PQexec
lacks=PQexec
compiles "before the real one, and what stands beside it" "$c $cxx" <<T
#include <osprof_pq.h>
#include <libpq-fe.h>
#include <libpq-events.h>
#include <libpq/libpq-fs.h>
$use
T

wants=osprof_PQexec
lacks=PQexec
compiles "after the real one, and what stands beside it" "$c $cxx" <<T
#include <libpq-fe.h>
#include <libpq-events.h>
#include <libpq/libpq-fs.h>
#include <osprof_pq.h>
$use
T

wants=osprof_PQexec
lacks=PQexec
compiles "by -include" "$c $cxx" -include osprof_pq.h <<T
#include <libpq-fe.h>
$use
T

compiles "beside osprof.h" "$c $cxx" <<T
#include <osprof.h>
#include <osprof_pq.h>
#include <osprof.h>
$use
T

wants="PQexec osprof_PQgetResult"
lacks="osprof_PQexec PQgetResult"
compiles "OSPROF_NO_REDIRECT leaves the names alone" "$c $cxx" <<T
#define OSPROF_NO_REDIRECT
#include <osprof_pq.h>
$use
PGresult *both(PGconn *c);
PGresult *both(PGconn *c) { return osprof_PQgetResult(c); }
T

# pgbench's ways, and those of a program that loads libpq by itself.
wants="osprof_PQsendQuery osprof_PQexec osprof_PQfinish osprof_PQsetdbLogin"
lacks="PQsendQuery PQexec PQfinish PQsetdbLogin"
compiles "addresses, tables, members, macros of libpq's own" "$c $cxx" <<T
#include <osprof_pq.h>
struct api {
	int (*send)(PGconn *, const char *);
	void (*PQfinish)(PGconn *);
};
extern const struct api api;
const struct api api = { PQsendQuery, &PQfinish };
typedef PGresult *(*runner)(PGconn *, const char *);
extern const runner runners[2];
const runner runners[2] = { PQexec, &PQexec };
PGconn *use(const struct api *a);
PGconn *use(const struct api *a)
{
	PGconn *c = PQsetdb("", "", "", "", "");
	PGnotify *n = PQnotifies(c);
	PQfreeNotify(n);
	(a ? a->PQfinish : PQfinish)(c);
	return (PQexec)(c, "") ? c : PQconnectdb("");
}
T

wants=osprof_PQexec
compiles "a function that is declared again" "$c $cxx" -Wno-redundant-decls <<T
#include <osprof_pq.h>
#ifdef __cplusplus
extern "C"
#else
extern
#endif
PGresult *PQexec(PGconn *conn, const char *query);
$use
T

lacks="osprof_PQexec PQexec"
compiles "names made into texts, with the opt-out" "$c $cxx" <<T
#define OSPROF_NO_REDIRECT
#include <osprof_pq.h>
#define TEXT(name) TEXT_OF(name)
#define TEXT_OF(name) #name
extern const char name[sizeof(TEXT(PQexec)) == sizeof("PQexec") ? 7 : -1];
const char name[] = TEXT(PQexec);
T

wants="osprof_PQfinish osprof_PQexec"
lacks="PQfinish PQexec"
compiles "namespaces, decltype and templates" "$cxx" <<T
#include <memory>
#include <osprof_pq.h>
namespace program {
using ::PQfinish;
struct connection {
	std::unique_ptr<PGconn, decltype(&PQfinish)> conn;
	explicit connection(PGconn *c) : conn(c, PQfinish) {}
	/* Its own name follows, here and wherever it is called. */
	PGresult *PQexec(const char *sql) { return ::PQexec(conn.get(), sql); }
};
connection hold(PGconn *c) { return connection(c); }
PGresult *run(connection &c) { return c.PQexec("select 1"); }
template <PGresult *(*call)(PGconn *, const char *)> PGresult *
apply(PGconn *c) { return call(c, ""); }
PGresult *use(PGconn *c) { return apply<PQexec>(c); }
}
T

wants=osprof_PQexec
compiles "inside extern C, as C programs' headers do it" "$cxx" <<T
extern "C" {
#include <osprof_pq.h>
}
$use
T

# Every call of the table that this libpq-fe.h has, by its exact type.
mkdir "$work/rows"
echo '#include <libpq-fe.h>' | ${CC:-cc} $flags -E -x c - > "$work/rows/fe"
grep '^CALL(' "$top/pq/calls.h" | sed 's/CALL(\([A-Za-z_0-9]*\),.*/\1/' \
    > "$work/listed"
{
	printf '#define OSPROF_NO_REDIRECT\n#include <osprof_pq.h>\n'
	while read -r call; do
		grep -q "[ *]$call(" "$work/rows/fe" || continue
		echo "_Static_assert(__builtin_types_compatible_p(" \
		    "__typeof__($call), __typeof__(osprof_$call)), \"$call\");"
	done < "$work/listed"
	echo 'extern int none;'
} > "$work/rows/text"
compiles "each row of calls.h is redirected" "c11" < "$work/rows/text"

# The oldest header: this one without what came after 13.
mkdir "$work/old"
path=$(echo '#include <libpq-fe.h>' | ${CC:-cc} $flags -M -x c - |
    tr ' ' '\n' | grep '/libpq-fe\.h$')
new='PQenterPipelineMode|PQexitPipelineMode|PQpipelineStatus|PQpipelineSync'
new="$new|PQsend(PipelineSync|FlushRequest|ClosePrepared|ClosePortal)"
new="$new|PQclose(Prepared|Portal)|PQsetTraceFlags|PQsetChunkedRowsMode"
new="$new|PQcancel(Create|Start|Blocking|Poll|Status|Socket|ErrorMessage|Reset|Finish)"
perl -0pe "s{/\*.*?\*/}{}gs;
    s/^#define LIBPQ_HAS_(PIPELINING|TRACE_FLAGS|ASYNC_CANCEL|CHANGE_PASSWORD|CHUNK_MODE|CLOSE_PREPARED|SEND_PIPELINE_SYNC).*//mg;
    s/^extern [^;]*\\b($new|PQchangePassword)\\([^;]*;//mg;
    s/^typedef enum\\s*\\{[^}]*PQ_PIPELINE_OFF[^}]*\\} PGpipelineStatus;//m;
    s/^\\s*PGRES_(PIPELINE_SYNC|PIPELINE_ABORTED|TUPLES_CHUNK),?.*//mg" \
    "$path" > "$work/old/libpq-fe.h"
grep -q 'PQpipeline' "$work/old/libpq-fe.h" && fail "the oldest header is new"
flags="-I$work/old $flags"
wants=osprof_PQexec
lacks=PQexec
compiles "with the oldest header" "$c $cxx" <<T
#include <osprof_pq.h>
#ifdef LIBPQ_HAS_PIPELINING
#  error "the other header was found"
#endif
$use
T
for file in "$top"/pq/*.c; do
	for build in LINKED PRELOAD; do
		${CC:-cc} -std=c11 -D_GNU_SOURCE -DOSPROF_$build -Wall -Wextra \
		    -Werror -fsyntax-only $flags -I"$top" -I"$top/shim" \
		    -I"$top/redact" "$file" ||
		    fail "with the oldest header, $build: $file"
	done
done

sed -n 's/^# *define \(\(PQ\|lo_\)[A-Za-z0-9_]*\).*/\1/p' \
    "$top/pq/osprof_pq.h" > "$work/redirected"
same_names

exit $failed
