#!/bin/sh
# link.sh LIB_DIR SOURCE_DIR - a program is traced with whichever SQLite it is
# linked with, and never gets a second one.
#
# LIB_DIR holds the built libraries.  $OSPROF_SQLITE_C names a sqlite3.c to
# compile in as well, if there is one.
set -u
lib=$1
top=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

cat > "$work/main.c" <<'T'
#include <osprof.h>
#include <osprof_sqlite.h>
#include <stdio.h>

int
main(void)
{
	struct osprof_counters counters;
	sqlite3 *db;
	sqlite3_stmt *stmt;

	if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
	    sqlite3_exec(db, "create table t(a)", 0, 0, 0) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "insert into t values(?)", -1, &stmt, 0) !=
		SQLITE_OK ||
	    sqlite3_bind_int(stmt, 1, 5) != SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_DONE ||
	    sqlite3_finalize(stmt) != SQLITE_OK ||
	    sqlite3_exec(db, "bad", 0, 0, 0) != SQLITE_ERROR ||
	    sqlite3_close(db) != SQLITE_OK)
		return 1;
	osprof_get_counters(&counters, sizeof(counters));
	printf("%d\n", (int)counters.called);
	return 0;
}
T
printf '[profiler]\nenabled = true\ntrace_sql = true\nspool_dir = %s\nconnection_string = file://%s/out\n' \
    "$work" "$work" > "$work/osprof.ini"

cc=${CC:-cc}
flags="-I$top/sqlite -I$top/shim ${CFLAGS-}"
shared="-L$lib -Wl,-rpath,$lib -losprof_sqlite -losprof"
rest="-lpthread -ldl -lm"

# links NAME ARGUMENTS: the program, which has to make $records records.
records=6
links() {
	name=$1
	shift
	if ! $cc $flags "$work/main.c" -o "$work/main" "$@" 2> "$work/log"; then
		echo "FAIL $name: does not link"
		head -5 "$work/log"
		failed=1
		return
	fi
	calls=$(OSPROF_CONFIG=$work/osprof.ini "$work/main")
	if [ "$calls" != $records ]; then
		echo "FAIL $name: recorded '$calls', wanted $records"
		failed=1
		return
	fi
	echo "ok   $name"
}
# has_one NAME: the last program loads no libsqlite3 beside its own.
has_one() {
	ldd "$work/main" | grep libsqlite3 && { echo "FAIL $1"; failed=1; }
}

links "the shared SQLite" $shared -lsqlite3
links "the shared SQLite, only as needed" -Wl,--as-needed $shared -lsqlite3
links "our static library, the shared SQLite" \
    "$lib/libosprof_sqlite.a" "$lib/libosprof.a" -lsqlite3 $rest

archive=$($cc -print-file-name=libsqlite3.a)
if [ -f "$archive" ]; then
	links "a static SQLite" $shared "$archive" $rest
	has_one "a static SQLite"
	links "everything static" "$lib/libosprof_sqlite.a" \
	    "$lib/libosprof.a" "$archive" $rest
	has_one "everything static"

	# A build without some features: their symbols are not there.
	objcopy --redefine-sym sqlite3_blob_open=gone1 \
	    --redefine-sym sqlite3_get_table=gone2 \
	    --redefine-sym sqlite3_load_extension=gone3 \
	    --redefine-sym sqlite3_error_offset=gone4 \
	    --redefine-sym sqlite3_total_changes64=gone5 \
	    --redefine-sym sqlite3_prepare16_v2=gone6 \
	    --redefine-sym sqlite3_serialize=gone7 \
	    "$archive" "$work/libless.a"
	links "a SQLite that lacks calls" $shared "$work/libless.a" $rest
	links "a SQLite that lacks calls, all static" \
	    "$lib/libosprof_sqlite.a" "$lib/libosprof.a" "$work/libless.a" $rest
fi

# A loadable extension that includes the header: it loads, works, and calls
# the host's SQLite past the wrappers.
cat > "$work/twice.c" <<'T'
#include <sqlite3ext.h>
#include <osprof_sqlite.h>
SQLITE_EXTENSION_INIT1

static void
twice(sqlite3_context *context, int count, sqlite3_value **value)
{
	sqlite3_stmt *stmt;

	(void)count;
	sqlite3_prepare_v2(sqlite3_context_db_handle(context), "select 2 * ?",
	    -1, &stmt, 0);
	sqlite3_bind_int(stmt, 1, sqlite3_value_int(value[0]));
	sqlite3_step(stmt);
	sqlite3_result_int(context, sqlite3_column_int(stmt, 0));
	sqlite3_finalize(stmt);
}

int sqlite3_twice_init(sqlite3 *, char **, const sqlite3_api_routines *);

int
sqlite3_twice_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
	(void)error;
	SQLITE_EXTENSION_INIT2(api);
	return sqlite3_create_function(
	    db, "twice", 1, SQLITE_UTF8, 0, twice, 0, 0);
}
T
cp "$work/main.c" "$work/three.c"
cat > "$work/main.c" <<'T'
#include <osprof.h>
#include <osprof_sqlite.h>
#include <stdio.h>

int
main(void)
{
	struct osprof_counters counters;
	sqlite3 *db;
	sqlite3_stmt *stmt;

	if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
	    sqlite3_enable_load_extension(db, 1) != SQLITE_OK ||
	    sqlite3_load_extension(db, "./twice.so", 0, 0) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "select twice(21)", -1, &stmt, 0) !=
		SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_ROW ||
	    sqlite3_column_int(stmt, 0) != 42 ||
	    sqlite3_finalize(stmt) != SQLITE_OK ||
	    sqlite3_close(db) != SQLITE_OK)
		return 1;
	osprof_get_counters(&counters, sizeof(counters));
	printf("%d\n", (int)counters.called);
	return 0;
}
T
if $cc $flags -Wall -Werror -shared -fPIC "$work/twice.c" \
    -o "$work/twice.so"; then
	records=4
	cd "$work" && links "a loadable extension" $shared -lsqlite3
	records=6
else
	failed=1
fi
cp "$work/three.c" "$work/main.c"

if [ -f "${OSPROF_SQLITE_C-}" ]; then
	$cc -O1 -c "$OSPROF_SQLITE_C" -o "$work/sqlite3.o"
	links "a sqlite3.c compiled in" \
	    "-I$(dirname "$OSPROF_SQLITE_C")" "$work/sqlite3.o" $shared $rest
	has_one "a sqlite3.c compiled in"
fi

if readelf -d "$lib/libosprof_sqlite.so" | grep 'NEEDED.*libsqlite3'; then
	echo "FAIL libosprof_sqlite.so brings its own SQLite"
	failed=1
fi
exit $failed
