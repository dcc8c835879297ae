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

check_mysql() {
	shown
	has ', database test, mariadb 1'
	has "LOAD DATA LOCAL INFILE '"
	has '-> 3 changed, 1 warning'
	has '[1, "stalls", 2, "stalls", 3, "box"] -> array of 3, 3 changed'
	has 'mysql_stmt_prepare: SELECT name, price FROM play'
	has '[30] -> 1 row'
	has 'SELECT name, sleep(0.002) FROM play WHERE price > 40'
	has '["Ada", "Faust"] -> 1 changed, id 1'
	has '-> 3 statements, COMMIT'
	has '["Faust", 0] -> 1 row, result 1'
	has 'error: 23000 (code 1452): Cannot add or update a child row'
	has '-> 3 statements, ROLLBACK'
	has "SET price = price + 2 WHERE name = 'Faust'; SELECT play"
	has '-> 1 row, result 3'
	has 'count_sales '

	shown --hide
	has 'LOAD DATA LOCAL INFILE ? INTO TABLE play'
	has 'SET price = price + ? WHERE name = ?; SELECT play'
	has 'error: 23000 (code 1452): Cannot add or update a child row'
	has_not Faust
	has_not Godot
	has_not 0.002
	has_not stalls
	has_not plays.csv
}

"check_$database"
