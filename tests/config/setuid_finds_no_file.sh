#!/bin/sh
# A setuid program reads no configuration that its user could have chosen:
# neither OSPROF_CONFIG's nor the working folder's.
set -eu

program=$1
if [ "$(id -u)" != 0 ]; then
	echo "SKIPPED: only root can make a program setuid to somebody else"
	exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cp "$program" "$folder/dump_ini"
: >"$folder/osprof.ini"
cd "$folder"

found=$(OSPROF_CONFIG=/chosen.ini ./dump_ini --find || :)
[ "$found" = /chosen.ini ] || { echo "plain, named: $found"; exit 1; }
found=$(./dump_ini --find || :)
[ "$found" = "$folder/osprof.ini" ] || { echo "plain: $found"; exit 1; }

chown 65534 dump_ini
chmod 4755 dump_ini
if findmnt -n -o OPTIONS -T "$folder" 2>/dev/null | grep -qw nosuid; then
	echo "SKIPPED: $folder is mounted nosuid"
	exit 77
fi
found=$(OSPROF_CONFIG=/chosen.ini ./dump_ini --find || :)
case $found in
none | /etc/osprof/osprof.ini) ;;
*) echo "setuid: $found"; exit 1 ;;
esac
