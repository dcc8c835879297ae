#!/bin/sh
# A setuid program does nothing that its environment says of traces: its user
# could have chosen the folder that it writes to, and the trace.
set -eu

program=$1
if [ "$(id -u)" != 0 ]; then
	echo "SKIPPED: only root can make a program setuid to somebody else"
	exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cp "$program" "$folder/context_tool"
cd "$folder"
export OSPROF_RUN=/chosen OSPROF_TRACE=a/b TRACEPARENT=c TRACESTATE=d
export X_TRACE_INFO=e X_TRACE_HMAC=f

read_of=$(./context_tool)
[ "$read_of" = "/chosen a/b c d e f" ] || { echo "plain: $read_of"; exit 1; }

chown 65534 context_tool
chmod 4755 context_tool
if findmnt -n -o OPTIONS -T "$folder" 2>/dev/null | grep -qw nosuid; then
	echo "SKIPPED: $folder is mounted nosuid"
	exit 77
fi
read_of=$(./context_tool)
[ "$read_of" = "- - - - - -" ] || { echo "setuid: $read_of"; exit 1; }
