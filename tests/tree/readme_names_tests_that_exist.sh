#!/usr/bin/env bash
# readme_names_tests_that_exist.sh BUILD CTEST: what stands behind a promise in
# the README is there.
set -euo pipefail
readme=$(cd "$(dirname "$0")/../.." && pwd)/README.md
cd "$1"

there=$("$2" -N | sed -n 's/^ *Test *#[0-9]*: //p')
named=$(sed -n '/^| promise/,/^$/p' "$readme" |
	grep -oE '`[a-z]+_[a-z_]+`' | tr -d '`' | grep -vxE 'hide_(args|params)')
failed=0
for test in $named; do
	grep -qx -e "$test" <<<"$there" || {
		echo "the README names $test, which is no test" >&2
		failed=1
	}
done
exit $failed
