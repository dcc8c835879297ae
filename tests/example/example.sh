#!/usr/bin/env bash
# example.sh BUILD DATABASE: the example's trace has its statements, values,
# rows, errors and callers; with --hide it has none of its values.
set -euo pipefail
run=$(cd "$(dirname "$0")/../.." && pwd)/examples/run
build=$1 database=$2
unset OSPROF_CONFIG OSPROFILER_CONNECTION_STRING

shown() { # options of examples/run: the trace alone, to $trace
	local all status=0
	all=$("$run" "$database" --built "$build" "$@" 2>&1) || status=$?
	[ $status = 0 ] || {
		echo "$all" >&2
		exit $status
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

check_sqlite() {
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
}

check_pq() {
	shown
	has ', database postgres, postgresql 1'
	has '-> 4 changed, 48 bytes'
	has 'cheaper: SELECT name, price FROM item WHERE price < $1'
	has '[600, "%a"] -> 2 rows'
	has '["sugar"] -> 1 row'
	has '["Ada"] -> 1 changed, batch 1: 1/3'
	has '-> 5 statements, COMMIT'
	has '["cocoa"] -> batch 2: 2/3'
	has 'error: 23514: new row for relation "item"'
	has '["cocoa"] -> not run, batch 2: 3/3'
	has '-> 5 statements, ROLLBACK'
	has '-> 4 rows, 33 bytes'
	has 'send_one '

	shown --hide
	has 'SELECT name, stock FROM item, pg_sleep(?) WHERE name = $1'
	has 'error: 23514: new row for relation "item"'
	has '-> not run, batch 2: 3/3'
	has_not cocoa
	has_not 600
	has_not 0.002
}

"check_$database"
