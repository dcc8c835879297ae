#!/usr/bin/env bash
# example.sh BUILD: the example's trace has its statements, values, rows,
# errors and callers; with --hide it has none of its values.
set -euo pipefail
run=$(cd "$(dirname "$0")/../.." && pwd)/examples/run
build=$1
unset OSPROF_CONFIG OSPROFILER_CONNECTION_STRING

shown() { # options of examples/run: the trace alone, to $trace
	local all
	all=$("$run" --built "$build" "$@" 2>&1) || {
		echo "$all" >&2
		exit 1
	}
	trace=$(sed -n '/^== osprof trace show/,/^== The trace lies/p' <<<"$all")
}
has() {
	grep -qF -e "$1" <<<"$trace" || {
		printf 'not there: %s\n%s\n' "$1" "$trace" >&2
		exit 1
	}
}
has_not() {
	! grep -F -e "$1" <<<"$trace" >&2 || exit 1
}

shown
has 'SELECT name FROM zone WHERE country = :code ORDER BY name'
has '{":code": "NZ"} -> 2 rows'
has "('XX', 'Asia/Dubai')"
has 'error: SQLITE_CONSTRAINT_UNIQUE (code 2067)'
has 'UNIQUE constraint failed: zone.name'
has 'ask '

shown --hide
has 'INSERT INTO zone (country, name) VALUES (?, ?)'
has 'error: SQLITE_CONSTRAINT_UNIQUE (code 2067)'
has_not NZ
has_not Dubai
has_not checked
