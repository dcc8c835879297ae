# headers.sh - what the tests of the public headers share, to be sourced.
#
# The texts are compiled in several versions of C and C++, by gcc and by clang,
# and have to do so without a warning.  Who sources it has in $top the source
# tree, in $flags what finds the client library's header, and may have in
# $library what to call the header in force.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
library=
flags=

fail() {
	echo "FAIL ${library:+$library: }$*"
	failed=1
}

# public HEADER...: the public headers alone, as an installation has them.
public() {
	mkdir "$work/include"
	cp "$@" "$top/shim/osprof.h" "$work/include"
}

# compiles NAME LANGUAGES [FLAG...]: the text on stdin, in C and/or C++.  Each
# object has to refer to all of $wants, and to nothing that $lacks matches.
strict="-Wall -Wextra -Wpedantic -Wredundant-decls -Wundef -Wshadow -Werror"
wants=
lacks=
compiles() {
	name=$1
	languages=$2
	shift 2
	before=$failed
	failed=0
	cat > "$work/text.c"
	cp "$work/text.c" "$work/text.cc"
	for cc in gcc clang; do
		command -v $cc > /dev/null || continue
		for std in $languages; do
			case $std in
			c++* | gnu++*) file=$work/text.cc ;;
			*) file=$work/text.c ;;
			esac
			compiles_as "$@"
		done
	done
	[ $failed = 1 ] || echo "ok   ${library:+$library: }$name"
	[ $before = 0 ] || failed=1
	wants=
	lacks=
}

compiles_as() {
	$cc -std=$std $strict "$@" -I"$work/include" $flags -c \
	    -o "$work/out.o" "$file" 2> "$work/log" || {
		fail "$name ($cc -std=$std)"
		head -5 "$work/log"
		return
	}
	nm "$work/out.o" > "$work/names"
	for symbol in $wants; do
		grep -q " U $symbol\$" "$work/names" ||
		    fail "$name ($cc -std=$std): no $symbol"
	done
	for symbol in $lacks; do
		grep -q " U $symbol\$" "$work/names" &&
		    fail "$name ($cc -std=$std): $symbol"
	done
}

# same_names: the names redirected are those of calls.h.
same_names() {
	sort -o "$work/redirected" "$work/redirected"
	sort -o "$work/listed" "$work/listed"
	cmp -s "$work/redirected" "$work/listed" || {
		fail "header and calls.h differ"
		diff "$work/redirected" "$work/listed"
	}
}
