#!/usr/bin/env bash
# installed.sh FACT BUILD WORK [CLIENT]: show that an installation, or the build
# tree, is all that a traced program and its reader need.
#
# WORK/prefix is the installation; CC and CMAKE are the tools to use.  CLIENT is
# sqlite, pq or mysql; programs of a server find it by its variables.
set -euo pipefail
fact=$1 build=$2 work=$3 client=${4:-sqlite}
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
app=$here/app_$client.c
prefix=$work/prefix
mine=$work/$client-$fact
declare -A modules=([sqlite]=sqlite3 [pq]=libpq [mysql]=libmariadb)
module=${modules[$client]}
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

# program, osprof(1), command...: run the one, by the command, and find its
# statement by the other.
traces() {
	rm -rf "$XDG_STATE_HOME/osprof"
	"${@:3}" "$1" "value of $1" 2>said || fail "$1 failed: $(cat said)"
	local id
	id=$("$2" trace list --json | sed -n 's/.*"base_id": "\([^"]*\)".*/\1/p')
	[ -n "$id" ] || fail "no trace of $1"
	"$2" trace show "$id" >shown || fail "cannot show the trace of $1"
	grep -q 'SELECT length([:$?]' shown && grep -q "value of $1" shown ||
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

find_by_pkg_config() { # to $flags
	export PKG_CONFIG_PATH
	PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name osprof.pc)")
	read -ra flags <<<"$(pkg-config --cflags --libs "osprof_$client" \
		"$module")"
}

is_found_by_pkg_config() {
	find_by_pkg_config
	"$CC" -std=c11 -o c "$app" $link "${flags[@]}"
	"$CC" -x c++ -std=c++11 -o cxx "$app" -x none $link "${flags[@]}"
	traces ./c "$prefix/bin/osprof"
	traces ./cxx "$prefix/bin/osprof"
}

traces_what_nobody_recompiled() {
	find_by_pkg_config
	"$CC" -std=c11 -DOSPROF_NO_REDIRECT -o plain "$app" $link "${flags[@]}"
	traces ./plain "$prefix/bin/osprof" "$prefix/bin/osprof" run --
}

consumer() { # targets
	"$CMAKE" -S "$here/consumer" -B "$work/consumer-$1" "-DCLIENT=$client" \
		-DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$CC" \
		-DCMAKE_EXE_LINKER_FLAGS="$link" >cmake.log 2>&1 ||
		fail "$(cat cmake.log)"
	"$CMAKE" --build "$work/consumer-$1" --target "$1-C" "$1-CXX" \
		>>cmake.log 2>&1 || fail "$(cat cmake.log)"
	cp "$work/consumer-$1/$1-C" "$work/consumer-$1/$1-CXX" "$2"
}

is_found_by_cmake() {
	consumer "$client" .
	traces "./$client-C" "$prefix/bin/osprof"
	traces "./$client-CXX" "$prefix/bin/osprof"
}

# A program that has the library in itself finds the drivers from its own
# place, as osprof(1) does.
links_statically() {
	consumer "${client}_static" "$prefix/bin"
	traces "$prefix/bin/${client}_static-C" "$prefix/bin/osprof"
	traces "$prefix/bin/${client}_static-CXX" "$prefix/bin/osprof"
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
	read -ra flags <<<"$(pkg-config --cflags --libs "$module")"
	"$CC" -std=c11 "-I$root/$client" "-I$root/shim" -o c "$app" \
		"-L$build/lib" "-Wl,-rpath,$build/lib" $link \
		"-losprof_$client" -losprof "${flags[@]}"
	traces ./c "$build/bin/osprof"
}

# Without a client library osprof is built without its part, and says so.
leaves_out_what_is_not_there() {
	PKG_CONFIG_LIBDIR=$mine "$CMAKE" -S "$root" -B without \
		-DCMAKE_C_COMPILER="$CC" -DOSPROF_TESTS=OFF \
		-DOSPROF_BENCH=OFF >cmake.log 2>&1 || fail "$(cat cmake.log)"
	grep "^-- $module.* not found .*: libosprof_$client .*left out" \
		cmake.log || fail "does not say so: $(cat cmake.log)"
	! "$CMAKE" --build without --target help | grep "osprof_$client" ||
		fail "it is not left out"
}

# Who asks for a part that was left out is told so.
is_not_found_without_a_part() {
	! "$CMAKE" -S "$here/consumer" -B consumer -DCLIENT=nothing \
		-DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$CC" \
		>cmake.log 2>&1 || fail "it was found"
	grep "osprof was built without nothing" cmake.log ||
		fail "$(cat cmake.log)"
}

"$fact"
