#!/usr/bin/env bash
# installed.sh FACT BUILD WORK: show that an installation, or the build tree,
# is all that a traced program and its reader need.
#
# WORK/prefix is the installation; CC and CMAKE are the tools to use.
set -euo pipefail
fact=$1 build=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
prefix=$work/prefix
mine=$work/$fact
rm -rf "$mine"
mkdir -p "$mine/run" "$mine/state"
chmod 700 "$mine/run"
cd "$mine"

# The environment of a user who knows nothing of osprof.
unset LD_LIBRARY_PATH LD_PRELOAD OSPROF_CONFIG OSPROFILER_CONNECTION_STRING
export XDG_RUNTIME_DIR=$mine/run XDG_STATE_HOME=$mine/state

# All that the README asks for.
cat >osprof.ini <<'INI'
[profiler]
enabled = true
trace_sql = true
INI

fail() {
	echo "$fact: $*" >&2
	exit 1
}

# program, osprof(1): run the one, traced, and find its statement by the other.
traces() {
	rm -rf "$XDG_STATE_HOME/osprof"
	"$1" "value of $1" || fail "$1 failed"
	local id
	id=$("$2" trace list --json | sed -n 's/.*"base_id": "\([^"]*\)".*/\1/p')
	[ -n "$id" ] || fail "no trace of $1"
	"$2" trace show "$id" >shown || fail "cannot show the trace of $1"
	grep -q 'SELECT length(:who)' shown && grep -q "value of $1" shown ||
		fail "the trace of $1 is not all there: $(cat shown)"
}

# Distributions link like this; it must not drop what the wrappers need.
link=-Wl,--as-needed

can_be_moved() {
	rm -rf "$prefix"
	"$CMAKE" --install "$build" --prefix "$mine/first" >install.log
	mv first "$prefix"
	"$prefix/bin/osprof" doctor >doctor || fail "$(cat doctor)"
	for driver in "$build"/lib/osprof/collector-*.so; do
		driver=$(basename "$driver" .so)
		grep -q "^ok .*(${driver#collector-})" doctor ||
			fail "no $driver: $(cat doctor)"
	done
}

is_found_by_pkg_config() {
	export PKG_CONFIG_PATH
	PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name osprof.pc)")
	local flags
	flags=$(pkg-config --cflags --libs osprof_sqlite sqlite3)
	# shellcheck disable=SC2086 # the flags are words
	{
		"$CC" -std=c11 -o c "$here/app.c" $link $flags
		"$CC" -x c++ -std=c++11 -o cxx "$here/app.c" -x none $link $flags
	}
	traces ./c "$prefix/bin/osprof"
	traces ./cxx "$prefix/bin/osprof"
}

consumer() { # targets
	"$CMAKE" -S "$here/consumer" -B "$work/consumer-$1" \
		-DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$CC" \
		-DCMAKE_EXE_LINKER_FLAGS="$link" >cmake.log 2>&1 ||
		fail "$(cat cmake.log)"
	"$CMAKE" --build "$work/consumer-$1" --target "$1-C" "$1-CXX" \
		>>cmake.log 2>&1 || fail "$(cat cmake.log)"
	cp "$work/consumer-$1/$1-C" "$work/consumer-$1/$1-CXX" "$2"
}

is_found_by_cmake() {
	consumer sqlite .
	traces ./sqlite-C "$prefix/bin/osprof"
	traces ./sqlite-CXX "$prefix/bin/osprof"
}

# A program that has the library in itself finds the drivers from its own
# place, as osprof(1) does.
links_statically() {
	consumer sqlite_static "$prefix/bin"
	traces "$prefix/bin/sqlite_static-C" "$prefix/bin/osprof"
	traces "$prefix/bin/sqlite_static-CXX" "$prefix/bin/osprof"
}

has_a_valid_example() {
	OSPROF_CONFIG=$(find "$prefix" -name osprof.ini)
	export OSPROF_CONFIG
	"$prefix/bin/osprof" doctor >doctor || fail "$(cat doctor)"
}

names_no_prefix() {
	! grep -r --include='*.pc' --include='*.cmake' -e "$build" \
		-e "$work" "$prefix" || fail "not relocatable"
	for page in "$prefix"/share/man/man*/*; do
		[ -s "$page" ] || fail "$page is empty"
	done
}

not_needed_in_the_build_tree() {
	"$CC" -std=c11 -I"$here/../../sqlite" -I"$here/../../shim" -o c \
		"$here/app.c" -L"$build/lib" -Wl,-rpath,"$build/lib" $link \
		-losprof_sqlite -losprof -lsqlite3
	traces ./c "$build/bin/osprof"
}

"$fact"
