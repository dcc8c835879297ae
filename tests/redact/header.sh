#!/bin/sh
# header.sh SOURCE_DIR - osprof_redact.h compiles alone, twice, and beside
# osprof.h in either order, as C and C++, without a warning.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$1/redact/osprof_redact.h" "$1/shim/osprof.h" "$work"
cat >"$work/text.c" <<T
#include <osprof_redact.h>
#include <osprof.h>
#include <osprof_redact.h>
size_t use(char *out);
size_t use(char *out)
{
	return osprof_redact(OSPROF_DIALECT_SQLITE, 0, "x", 1, out, 2);
}
T
{ echo '#include <osprof.h>'; cat "$work/text.c"; } >"$work/after.c"
for file in text after; do
	for cc in gcc clang; do
		command -v $cc >/dev/null || continue
		for std in c11 c17 c++11 c++20; do
			language=c
			case $std in c++*) language=c++ ;; esac
			$cc -x $language -std=$std -Wall -Wextra -Wpedantic \
				-Werror -I"$work" -c -o "$work/out.o" \
				"$work/$file.c"
		done
	done
done
