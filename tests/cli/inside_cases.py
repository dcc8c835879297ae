#!/usr/bin/python3
"""Whether `osprof doctor` tells of a client library that lies inside a program
and has no name left there, and of no other.
Usage: inside_cases.py osprof
"""
import os
import subprocess
import sys
import tempfile

MYSQL = ("LIBMYSQL_PLUGINS",
         "Commands out of sync; you can't run this command now")
PQ = ("PGREQUIREPEER",
      "message contents do not agree with length in message type")
SQLITE = ("malformed database schema (%s)", "another row available")

# what it shows, texts of the program, libraries that are found
SAYS = [
    ("nobody has nothing", (), set()),
    ("MySQL's texts", MYSQL, {"mysql"}),
    ("libpq's texts", PQ, {"pq"}),
    ("SQLite's texts", SQLITE, {"sqlite"}),
    ("texts of all", MYSQL + PQ + SQLITE, {"mysql", "pq", "sqlite"}),
    ("one of MySQL's is another client's", MYSQL[1:], set()),
    ("one of libpq's is another client's", PQ[:1], set()),
    ("one of SQLite's is a program that compares", SQLITE[1:], set()),
    ("one of each is no library", MYSQL[:1] + PQ[:1] + SQLITE[:1], set()),
]
TEXTS = """
static const char *const text[] = { %s "" };
int main(int argc, char **argv) { return text[argc][0] == argv[0][0]; }
"""

# the library, its package, a program of it
LINKS = [
    ("sqlite3", "libsqlite3-dev", "sqlite", "int sqlite3_open(); "
     "int main(void) { return sqlite3_open(0, 0); }"),
    ("mariadb", "libmariadb-dev", "mysql", "int mysql_ping(); "
     "int mysql_init(); int main(void) { return mysql_ping(mysql_init(0)); }"),
    ("pq", "libpq-dev", "pq", "int PQexec(); int PQconnectdb(); "
     "int main(void) { return PQexec(PQconnectdb(0), 0); }"),
]


def build(program, source, *options):
    """Stripped.  Nobody runs it: what its library is linked with is not
    asked for."""
    return subprocess.run(
        ["cc", "-w", "-s", "-x", "c", "-", "-x", "none", "-o", program,
         *options, "-Wl,--unresolved-symbols=ignore-all"], input=source,
        text=True, capture_output=True)


def found(osprof, program):
    """The libraries that doctor says are inside."""
    done = subprocess.run([osprof, "doctor", "--", program], text=True,
                          capture_output=True,
                          env={**os.environ, "LC_ALL": "C"})
    return {line.split()[1].rstrip(":") for line in done.stdout.splitlines()
            if line.startswith("bad") and "of the library inside" in line}


def main():
    osprof, failed, skipped = sys.argv[1], False, False
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program")
        objects = os.listdir(os.path.join(os.path.dirname(osprof), os.pardir,
                                          "lib", "osprof"))
        built = {library for _, _, library, _ in LINKS
                 if "libosprof-preload-%s.so" % library in objects}
        for name, texts, wanted in SAYS:
            source = TEXTS % "".join('"%s", ' % text for text in texts)
            build(program, source).check_returncode()
            told = found(osprof, program)
            failed |= told != wanted & built
            print("ok  " if told == wanted & built else "FAIL", name, told)
        for archive, package, library, source in LINKS:
            done = build(program, source, "-l:lib%s.a" % archive)
            if done.returncode:
                print("SKIPPED lib%s.a: install %s" % (archive, package))
                skipped = True
                continue
            told = found(osprof, program)
            failed |= told != {library} & built
            print("ok  " if told == {library} & built else "FAIL",
                  "the real lib%s.a" % archive, told)
    failed |= skipped and "CI" in os.environ
    sys.exit(1 if failed else 77 if skipped else 0)


main()
