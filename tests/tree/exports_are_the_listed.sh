#!/usr/bin/env bash
# The libraries show what their lists name, and a driver its one object.
set -euo pipefail
lib=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
failed=0

shown() { # of a library, without its version nodes
	nm -D --defined-only "$1" | awk '$2 != "A" { print $3 }' |
		sed 's/@.*//' | LC_ALL=C sort
}
complain() {
	echo "$1" >&2
	failed=1
}

listed=$(sed -n 's/^\t\t\(osprof_[a-z_]*\);/\1/p' "$root/shim/exports.map" |
	LC_ALL=C sort)
public=$(shown "$lib/libosprof.so" | grep -v '^osprof_private_')
[ "$public" = "$listed" ] ||
	complain "libosprof.so: $(diff <(echo "$listed") <(echo "$public"))"
private=$(sed -n 's/^#define [a-z_]*[[:space:]]*\(osprof_private_[a-z_]*\)$/\1/p' \
	"$root/shim/private_names.h" | LC_ALL=C sort)
seen=$(shown "$lib/libosprof.so" | grep '^osprof_private_')
[ "$private" = "$seen" ] ||
	complain "libosprof.so: $(diff <(echo "$private") <(echo "$seen"))"
# What is hidden in a library is not to be met in an archive either.
for archive in "$lib"/*.a; do
	strangers=$(nm -g --defined-only "$archive" |
		awk 'NF == 3 && $3 !~ /^osprof_/ { print $3 }')
	[ -z "$strangers" ] || complain "$archive: $strangers"
done
calls() { # of a client library; of Connector/C's pairs both halves
	sed -n -e 's/^PAIR(\([A-Za-z0-9_]*\)).*/\1_start\n\1_cont/p' \
		-e 's/^CALL(\([A-Za-z0-9_]*\),.*/\1/p' "$root/$1/calls.h"
}
for client in sqlite pq mysql; do
	shared=$lib/libosprof_$client.so
	[ -e "$shared" ] || continue
	listed=$(calls $client | sed 's/^/osprof_/' | LC_ALL=C sort)
	names=$(shown "$shared")
	[ "$names" = "$listed" ] ||
		complain "$shared: $(diff <(echo "$listed") <(echo "$names"))"
	preload=$lib/osprof/libosprof-preload-$client.so
	[ -e "$preload" ] || continue
	listed=$({
		calls $client
		printf '%s\n' dlopen dlclose osprof_preload_object
	} | LC_ALL=C sort)
	names=$(shown "$preload")
	[ "$names" = "$listed" ] ||
		complain "$preload: $(diff <(echo "$listed") <(echo "$names"))"
done
for driver in "$lib"/osprof/collector-*.so; do
	names=$(shown "$driver")
	[ "$names" = osprof_collector ] || complain "$driver: $names"
done
signing=$lib/osprof/libosprof-sign.so
if [ -e "$signing" ]; then
	names=$(shown "$signing")
	[ "$names" = osprof_sign_engine ] || complain "$signing: $names"
fi
# Nothing that is loaded into a program knows a JSON library.
for object in "$lib"/*.so "$lib"/osprof/*.so; do
	if nm -D "$object" | grep -q ' json_object_'; then
		complain "$object: uses a JSON library"
	fi
done
exit $failed
