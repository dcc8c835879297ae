#!/usr/bin/python3
"""Programs of other languages under osprof run: what they print is what it is
without, and each statement that they have the server run is in the trace,
once, with its parameters.

Each brings libpq in its own way: by a module of an interpreter that is opened
RTLD_LOCAL or RTLD_DEEPBIND, linked from C++.
"""
import os
import subprocess

import pq_programs
import programs
from pq_programs import whole

ITEM = "insert into item values "


def source(name):
    return os.path.join(pq_programs.HERE, name)


class Python(pq_programs.Case):
    def test_psycopg2(self):
        python = programs.find("python3", "python3")
        if subprocess.run([python, "-c", "import psycopg2"],
                          stderr=subprocess.DEVNULL).returncode:
            whole.cannot("install python3-psycopg2")
        plain = self.compared(python, "-B", source("program.py"))
        self.assertEqual(plain.status, 0, plain.stderr)
        self.assertToldWhatRan(30)
        self.assertRuns(["BEGIN", "COMMIT", "FETCH FORWARD 2 FROM \"held\"",
                         "select 'later', 7", "select pg_sleep(60)"])
        self.assertEqual([(s.rows, s.changes, s.db["bytes"])
                          for s in self.statements()
                          if "bytes" in s.db and s.call == "PQexec"],
                         [(None, 2, 14), (7, None, 74), (None, None, 2)])


class Php(pq_programs.Case):
    def test_pgsql_and_pdo(self):
        php = programs.find("php", "php-cli")
        modules = subprocess.run([php, "-m"], capture_output=True, text=True)
        if "pdo_pgsql" not in modules.stdout:
            whole.cannot("install php-pgsql")
        plain = self.compared(php, source("program.php"))
        self.assertEqual(plain.status, 0, plain.stderr)
        self.assertToldWhatRan(20)
        self.assertRuns(
            [(ITEM + "($1, $2)", [str(i), "it's %d" % i])
             for i in range(1, 4)] +
            [("select * from item where id > $1", ["1"]),
             ("select $1::int + 1", ["41"])] +
            [("update item set name = $1 where id = $2",
              ["name %d" % i, str(i)]) for i in range(1, 4)])


class Perl(pq_programs.Case):
    def test_dbd_pg(self):
        perl = programs.find("perl", "perl")
        if subprocess.run([perl, "-MDBD::Pg", "-e1"],
                          stderr=subprocess.DEVNULL).returncode:
            whole.cannot("install libdbd-pg-perl")
        plain = self.compared(perl, source("program.pl"))
        self.assertEqual(plain.status, 0, plain.stderr)
        self.assertToldWhatRan(20)
        self.assertEqual(
            [s.stop.get("etype") for s in self.statements() if s.text in (
                "selec 1", "select pg_sleep(60)")], ["42601", "57014"])


class Cxx(pq_programs.Case):
    def build(self, *flags):
        compiler = programs.find("g++", "g++")
        config = programs.find("pkg-config", "pkg-config")
        found = subprocess.run([config, "--cflags", "--libs", "libpqxx",
                                "libpq"], capture_output=True, text=True)
        if found.returncode:
            whole.cannot("install libpqxx-dev")
        subprocess.run([compiler, source("pqxx.cpp"), "-o", self.path("pqxx"),
                        *flags, *found.stdout.split()], check=True)

    def test_libpqxx(self):
        self.build()
        self.told_by(self.compared(self.path("pqxx")))

    def test_a_program_of_libpqxx_with_the_header(self):
        """The header finds nothing in it to trace, and nothing to break."""
        library = os.path.join(whole.BUILD, "lib")
        top = os.path.join(pq_programs.HERE, os.pardir, os.pardir)
        self.build("-I" + os.path.join(top, "pq"),
                   "-I" + os.path.join(top, "shim"), "-include",
                   "osprof_pq.h", "-L" + library, "-Wl,-rpath," + library,
                   "-losprof_pq", "-losprof")
        self.told_by(self.compared(self.path("pqxx")))

    def told_by(self, plain):
        self.assertEqual(plain.status, 0, plain.stderr)
        self.assertToldWhatRan(15)
        self.assertRuns([("select name from item where id = $1", [str(i)])
                         for i in range(1, 4)])


if __name__ == "__main__":
    pq_programs.main()
