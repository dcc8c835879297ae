#!/bin/sh
# headers.sh SOURCE_DIR - the public header compiles without a warning: alone,
# twice, before and after the real ones, in every language version, with either
# compiler; and redirects what it should, no more and no less.
#
# CPPFLAGS="-isystem FOLDER" makes it another sqlite3.h than the system's.
set -u
top=$1
. "$top/tests/headers.sh"
public "$top/sqlite/osprof_sqlite.h"
flags=${CPPFLAGS-}

c="c11 c17 gnu11"
cxx="c++11 c++14 c++17 c++20"
use='int use(sqlite3_stmt *s); int use(sqlite3_stmt *s) { return sqlite3_step(s); }'

wants=osprof_sqlite3_step
compiles "alone" "$c $cxx" <<T
#include <osprof_sqlite.h>
$use
T

wants=osprof_sqlite3_step
compiles "twice" "$c $cxx" <<T
#include <osprof_sqlite.h>
#include <osprof_sqlite.h>
$use
T

wants=osprof_sqlite3_step
compiles "before the real one" "$c $cxx" <<T
#include <osprof_sqlite.h>
#include <sqlite3.h>
$use
T

wants=osprof_sqlite3_step
lacks=sqlite3_step
compiles "after the real one" "$c $cxx" <<T
#include <sqlite3.h>
#include <osprof_sqlite.h>
$use
T

compiles "beside osprof.h" "$c $cxx" <<T
#include <osprof.h>
#include <osprof_sqlite.h>
#include <osprof.h>
$use
T

wants=osprof_sqlite3_step
compiles "by -include" "$c $cxx" -include osprof_sqlite.h <<T
#include <sqlite3.h>
$use
T

lacks=osprof_sqlite3_step
compiles "by -include, in an extension" "$c" -include sqlite3ext.h \
    -include osprof_sqlite.h <<T
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1
$use
T

compiles "osprof.h alone and twice" "$c $cxx" <<T
#include <osprof.h>
#include <osprof.h>
int use(void);
int use(void) { return osprof_start("x", 0) + osprof_stop(0); }
T

wants="sqlite3_step osprof_sqlite3_reset"
compiles "OSPROF_NO_REDIRECT leaves the names alone" "$c $cxx" <<T
#define OSPROF_NO_REDIRECT
#include <osprof_sqlite.h>
$use
int both(sqlite3_stmt *s);
int both(sqlite3_stmt *s) { return osprof_sqlite3_reset(s); }
T

wants=osprof_sqlite3_reset
compiles "addresses, tables and members" "$c $cxx" <<T
#include <osprof_sqlite.h>
struct api { int (*step)(sqlite3_stmt *); int (*sqlite3_reset)(sqlite3_stmt *); };
extern const struct api api;
const struct api api = { sqlite3_step, &sqlite3_reset };
int use(sqlite3_stmt *s);
int use(sqlite3_stmt *s) { return api.step(s) + api.sqlite3_reset(s) + (sqlite3_step)(s); }
T

wants=osprof_sqlite3_finalize
compiles "namespaces, decltype and templates" "$cxx" <<T
#include <memory>
#include <osprof_sqlite.h>
namespace program {
using ::sqlite3_finalize;
int step(sqlite3_stmt *s) { return ::sqlite3_step(s); }
struct handle {
	std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> stmt;
	explicit handle(sqlite3_stmt *s) : stmt(s, sqlite3_finalize) {}
};
handle hold(sqlite3_stmt *s) { return handle(s); }
}
T

lacks="osprof_sqlite3_step sqlite3_step"
compiles "after sqlite3ext.h it stands down" "$c $cxx" <<T
#include <sqlite3ext.h>
#include <osprof_sqlite.h>
SQLITE_EXTENSION_INIT1
$use
T

lacks=osprof_sqlite3_step
compiles "before sqlite3ext.h the host's table wins" "$c" <<T
#include <osprof_sqlite.h>
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1
$use
T

for order in "osprof_sqlite.h sqlite3ext.h" "sqlite3ext.h osprof_sqlite.h"; do
	set -- $order
	wants=osprof_sqlite3_step
	compiles "an extension that is compiled in is traced ($1 first)" "$c" <<T
#define SQLITE_CORE 1
#include <$1>
#include <$2>
$use
T
done

wants=sqlite3_step
compiles "below a sqlite3.c it stands down" "$c" <<T
#define SQLITE_CORE 1
#define SQLITE_AMALGAMATION 1
#include <sqlite3.h>
#include <osprof_sqlite.h>
$use
T

wants=osprof_sqlite3_rekey_v2
compiles "with SQLCipher's calls" "$c $cxx" <<T
#define SQLITE_HAS_CODEC
#include <osprof_sqlite.h>
int use(sqlite3 *db);
int use(sqlite3 *db) { return sqlite3_key(db, "", 0) + sqlite3_rekey_v2(db, "", "", 0); }
T

# Every call of the table that this sqlite3.h has, by its exact type.
compiles "each row of calls.h is redirected" "$c" <<T
#define OSPROF_NO_REDIRECT
#include <osprof_sqlite.h>
#define CALL(name, class, since) ROW_##since(name)
#define ROW_0(name) CHECK_ROW(name)
#define CHECK_ROW(name) _Static_assert(__builtin_types_compatible_p( \\
    __typeof__(name), __typeof__(osprof_##name)), #name);
#if SQLITE_VERSION_NUMBER >= 3052000
#define ROW_3052000(name) CHECK_ROW(name)
#else
#define ROW_3052000(name)
#endif
$(grep -v 'sqlite3_\(re\)*key' "$top/sqlite/calls.h")
extern int none;
T

# The oldest header: this one without what came after 3.31.
mkdir "$work/old"
new='changes64|total_changes64|error_offset|value_encoding|carray_bind|carray_bind_v2'
echo '#include <sqlite3.h>' | ${CC:-cc} ${CPPFLAGS-} -M -x c - |
    tr ' ' '\n' | grep '/sqlite3\.h$' > "$work/path"
grep -vE "^SQLITE_API .*sqlite3_($new)\(sqlite3(_value)?\*\);" \
    "$(cat "$work/path")" |
    sed 's/^\(#define SQLITE_VERSION_NUMBER\).*/\1 3031000/' \
    > "$work/old/sqlite3.h"
compiles "with the oldest header" "$c $cxx" -isystem "$work/old" <<T
#include <osprof_sqlite.h>
#if SQLITE_VERSION_NUMBER != 3031000
#  error "the other header was found"
#endif
$use
T
for file in "$top"/sqlite/*.c; do
	for build in LINKED PRELOAD; do
		${CC:-cc} -std=c11 -D_GNU_SOURCE -DOSPROF_$build -Wall -Wextra \
		    -Werror -fsyntax-only -isystem "$work/old" -I"$top" \
		    -I"$top/shim" -I"$top/redact" "$file" ||
		    fail "with the oldest header, $build: $file"
	done
done

sed -n 's/^# *define \(sqlite3_[a-z0-9_]*\).*/\1/p' \
    "$top/sqlite/osprof_sqlite.h" > "$work/redirected"
sed -n 's/^CALL(\(sqlite3_[a-z0-9_]*\),.*/\1/p' "$top/sqlite/calls.h" \
    > "$work/listed"
same_names

exit $failed
