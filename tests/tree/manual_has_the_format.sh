#!/usr/bin/env bash
# osprof-format(7) has every field of shim/fields.h under its number.
set -euo pipefail
cd "$(dirname "$0")/../.."

wanted=$(sed -n 's/^FIELD([A-Z_]*, *"\([a-z_]*\)".*/\1/p' shim/fields.h |
	awk '{ print NR, $1 }')
described=$(sed -n '/^|\[ \*key\*/,/^$/p' docs/osprof-format.7.scd |
	awk '/^\| / { key = $2 } /^:  _[a-z_]*_$/ {
		print key, substr($2, 2, length($2) - 2) }')
[ -n "$wanted" ] && diff <(echo "$wanted") <(echo "$described")
