#!/usr/bin/env bash
# pq, mysql, sqlite -> shim -> redact and cli -> collectors -> shim, redact:
# no include points any other way.
set -euo pipefail
cd "$(dirname "$0")/../.."

# folder: the folders that it may include from
allowed() {
	case $1 in
	redact) echo redact ;;
	shim) echo shim redact ;;
	sqlite | pq | mysql) echo "$1" shim redact ;;
	collectors) echo collectors shim redact ;;
	cli) echo cli collectors shim redact ;;
	esac
}

failed=0
for folder in redact shim sqlite pq mysql collectors cli; do
	[ -d "$folder" ] || continue
	while IFS=: read -r file line include; do
		to=$(sed 's/.*"\([a-z]*\)\/.*/\1/' <<<"$include")
		case " $(allowed "$folder") " in
		*" $to "*) ;;
		*)
			echo "$file:$line: $folder may not include from $to" >&2
			failed=1
			;;
		esac
	done < <(grep -nE '^# *include "[a-z]+/' "$folder"/*.[ch])
done
exit $failed
