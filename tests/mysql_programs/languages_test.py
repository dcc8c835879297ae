#!/usr/bin/python3
"""Programs of other languages under osprof run: what they print and what they
send is what it is without, and each statement that they have the server run is
in the trace, once, with its parameters.

Each opens its client library by a module of its own, RTLD_LOCAL.
"""
import os
import subprocess

import mysql_programs
import programs
from mysql_programs import whole

BLOB = {"blob": "000102", "length": 3}
INSERT = "insert into item values (?, ?, ?, ?)"


def source(name):
    return os.path.join(mysql_programs.HERE, name)


class Perl(mysql_programs.Case):
    def run_driver(self, driver, package, prepare, blob=None):
        perl = programs.find("perl", "perl")
        if subprocess.run([perl, "-MDBD::" + driver, "-e1"],
                          stderr=subprocess.DEVNULL).returncode:
            whole.cannot("install " + package)
        plain = self.compared(perl, source("program.pl"), driver, prepare)
        self.assertEqual((plain.status, plain.stderr), (0, ""), plain.stdout)
        self.assertToldWhatWasSent(15)
        if prepare == "1":
            self.assertRuns([(INSERT, [i, "it's %d" % i, i / 4, blob])
                             for i in range(1, 6)])
        self.assertEqual(self.outcomes(
            "selec 1", "select id from item order by id",
            "select name from item where id = 1"), [
                ("selec 1", None, None, 1064, "42000"),
                ("select id from item order by id", 5, None, None, None),
                ("select name from item where id = 1", 1, None, None, None)])

    def test_dbd_mysql(self):
        self.run_driver("mysql", "libdbd-mysql-perl", "0")

    def test_dbd_mysql_prepares_at_the_server(self):
        self.run_driver("mysql", "libdbd-mysql-perl", "1", "\0\1\2")

    def test_dbd_mariadb(self):
        self.run_driver("MariaDB", "libdbd-mariadb-perl", "0")

    def test_dbd_mariadb_prepares_at_the_server(self):
        self.run_driver("MariaDB", "libdbd-mariadb-perl", "1", BLOB)


class Python(mysql_programs.Case):
    def test_mysqldb(self):
        plain = self.compared("/usr/bin/python3", "-B", source("program.py"))
        self.assertEqual((plain.status, plain.stderr), (0, ""), plain.stdout)
        self.assertToldWhatWasSent(15)
        self.assertRuns(["COMMIT", "ROLLBACK", "CALL two()"])
        self.assertEqual(self.outcomes(
            "selec 1", "select * from nowhere", "select cast('x' as signed)",
            "load data local infile 'rows' into table item (id, name)"), [
                ("selec 1", None, None, 1064, "42000"),
                ("select * from nowhere", None, None, 1146, "42S02"),
                ("select cast('x' as signed)", 1, None, None, None),
                ("load data local infile 'rows' into table item (id, name)",
                 None, 2, None, None)])


class Qt(mysql_programs.Case):
    def build(self):
        compiler = programs.find("g++", "g++")
        config = programs.find("pkg-config", "pkg-config")
        found = subprocess.run([config, "--cflags", "--libs", "Qt5Sql"],
                               capture_output=True, text=True)
        if found.returncode:
            whole.cannot("install qtbase5-dev")
        subprocess.run([compiler, "-fPIC", source("qt.cpp"), "-o",
                        self.path("qt"), *found.stdout.split()], check=True)

    def test_qmysql(self):
        self.build()
        plain = self.compared(self.path("qt"))
        if "Driver not loaded" in plain.stdout:
            whole.cannot("install libqt5sql5-mysql")
        self.assertEqual((plain.status, plain.stderr), (0, ""), plain.stdout)
        self.assertToldWhatWasSent(15)
        insert = "insert into item values (?, ?, ?, ?, ?)"
        self.assertRuns([(insert, [i, "caf\u00e9 %d" % i, i / 4, BLOB,
                                   "2024-02-29 12:30:0%d" % i])
                         for i in range(1, 4)])


if __name__ == "__main__":
    mysql_programs.main()
