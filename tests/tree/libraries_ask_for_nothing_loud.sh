#!/usr/bin/env bash
# The libraries inside a traced program cannot print, end it, take its signals,
# open a port, start a program or change what is the process's: they import
# none of the functions for it.
set -euo pipefail
lib=$1
loud=(
	printf fprintf vprintf vfprintf puts fputs putchar fputc perror syslog
	exit _exit _Exit quick_exit abort raise kill atexit
	signal sigaction sigprocmask alarm setitimer timer_create
	socket bind listen accept connect
	system popen fork vfork posix_spawn execve execvp
	setenv putenv unsetenv clearenv setlocale srand srandom
	chdir umask setrlimit setuid dup2
)
failed=0
for object in "$lib"/libosprof*.so "$lib"/osprof/libosprof-preload-*.so; do
	imports=$(nm -D --undefined-only "$object" | awk '{ print $NF }' |
		sed 's/@.*//')
	for name in "${loud[@]}"; do
		if grep -qx -e "$name" -e "__${name}_chk" <<<"$imports"; then
			echo "$object imports $name" >&2
			failed=1
		fi
	done
done
exit $failed
