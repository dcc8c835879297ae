#!/usr/bin/python3
"""More drivers under osprof run, as languages_test.py, and a program of many
threads that copies databases.
"""
import glob
import os
import subprocess

import mysql_programs
import programs
from mysql_programs import whole

INSERT = "insert into item (name, price, data, seen) values (?, ?, ?, ?)"
SYNTAX = (None, None, 1064, "42000")


def source(name):
    return os.path.join(mysql_programs.HERE, name)


class Case(mysql_programs.Case):
    def run_whole(self, *command, **options):
        plain = self.compared(*command, **options)
        self.assertEqual((plain.status, plain.stderr), (0, ""), plain.stdout)
        return plain


class Lua(Case):
    def run_lua(self, package, module, file):
        lua = programs.find("lua5.3", "lua5.3")
        if subprocess.run([lua, "-l", module, "-e", ""],
                          stderr=subprocess.DEVNULL).returncode:
            whole.cannot("install " + package)
        self.run_whole(lua, source(file))
        self.assertToldWhatWasSent(8)
        self.assertRuns(["COMMIT", "ROLLBACK"])

    def test_luadbi(self):
        """Its NULLs have flags that lie nowhere."""
        self.run_lua("lua-dbi-mysql", "dbd.mysql", "dbi.lua")
        insert = ("insert into item (name, price, sold, data) "
                  "values (?, ?, ?, ?)")
        self.assertRuns([(insert, ["it's 3", 0.75, 1, "\0\1\2"]),
                         (insert, [None] * 4),
                         (insert, ["it's 1", 1.0, None, None])])
        self.assertEqual(self.outcomes("selec 1"), [("selec 1", *SYNTAX)])

    def test_luasql(self):
        self.run_lua("lua-sql-mysql", "luasql.mysql", "sql.lua")
        several = "select 1; select 2; select 3 where 1 = 0"
        self.assertEqual(self.outcomes("selec 1", several), [
            ("selec 1", *SYNTAX)] + [
                (several, rows, None, None, None) for rows in (1, 1, 0)])


class Ruby(Case):
    def test_mysql2(self):
        ruby = programs.find("ruby", "ruby")
        if subprocess.run([ruby, "-rmysql2", "-e", ""],
                          stderr=subprocess.DEVNULL).returncode:
            whole.cannot("install ruby-mysql2")
        self.run_whole(ruby, source("program.rb"))
        self.assertToldWhatWasSent(20)
        self.assertRuns([(INSERT, ["it's caf\u00e9 %d" % i, i / 4, "\0\1\2",
                                   "2024-02-29 12:30:0%d" % i])
                         for i in range(1, 4)])
        select = "select * from item order by id"
        self.assertEqual(self.outcomes(select, "selec ?", "call two(5)"), [
            ("selec ?", *SYNTAX), (select, 3, None, None, None),
            ("call two(5)", 1, None, None, None),
            ("call two(5)", 1, None, None, None),
            ("call two(5)", None, 0, None, None)])


class Tcl(Case):
    def test_mysqltcl(self):
        tclsh = programs.find("tclsh", "tcl")
        if b"1" not in subprocess.run(
                [tclsh], input=b"puts [expr ![catch {package require "
                b"mysqltcl}]]", capture_output=True).stdout:
            whole.cannot("install mysqltcl")
        self.run_whole(tclsh, source("program.tcl"))
        self.assertToldWhatWasSent(13)
        several = "select 1; select 2; select 3"
        self.assertEqual(self.outcomes("selec 1", several), [
            ("selec 1", *SYNTAX)] + [(several, 1, None, None, None)] * 3)


class Odbc(Case):
    def test_pyodbc(self):
        found = glob.glob("/usr/lib/*/odbc/libmaodbc.so")
        if not found or subprocess.run(
                ["/usr/bin/python3", "-c", "import pyodbc"],
                stderr=subprocess.DEVNULL).returncode:
            whole.cannot("install odbc-mariadb and python3-pyodbc")
        self.env["OSPROF_TEST_ODBC"] = found[0]
        self.run_whole("/usr/bin/python3", "-B", source("odbc.py"))
        self.assertAllEnded()
        self.assertRuns([(INSERT, [
            "it's caf\u00e9 %d" % i, i / 4, "\0\1\2",
            "2024-02-29 12:30:0%d" % i]) for i in range(3)])
        large, = (s for s in self.statements()
                  if s.params and s.params[0] == "large" and s.changes)
        self.assertEqual((large.params[2]["length"], large.params[3]),
                         (100000, None))
        self.assertEqual(self.outcomes("selec 1"), [("selec 1", *SYNTAX)])


class Dumps(Case):
    """mydumper and myloader, with threads."""

    tables = [
        "create table %s (id int primary key, name varchar(40), data blob)",
        "insert into %s values (1, 'it''s', x'000102'), (2, null, null)"]

    def commands(self, socket):
        account = ["-u", os.environ["OSPROF_TEST_USER"], "-p",
                   os.environ["OSPROF_TEST_PASSWORD"], "-S", socket,
                   "-t", "3", "-v", "1"]
        return ([programs.find("mydumper", "mydumper"), *account, "-B",
                 mysql_programs.DATABASE, "-o", "dump"],
                [programs.find("myloader", "mydumper"), *account, "-B",
                 mysql_programs.DATABASE, "-d", "dump", "-o"])

    def assertSamePackets(self, plain):
        """Whose turn it is differs from run to run."""
        self.assertEqual(len(self.connections), len(plain.sent))

    def test_a_database_is_dumped_and_loaded(self):
        dump, load = self.commands(self.socket)
        make = [statement % name for name in ("one", "two", "three")
                for statement in self.tables]
        script = "".join("%s;" % statement for statement in make)
        self.volatile = (os.path.join("dump", "metadata"),)
        self.run_whole(
            "sh", "-c", '"$@" && exec %s' % " ".join(load), "sh", *dump,
            setup=["mariadb", "--no-defaults",
                   "--socket=" + os.environ["OSPROF_TEST_SOCKET"],
                   "--user=" + os.environ["OSPROF_TEST_USER"],
                   "--password=" + os.environ["OSPROF_TEST_PASSWORD"],
                   mysql_programs.DATABASE, "-e", script])
        self.assertAllEnded()
        told, sent = self.told(), self.sent()
        for thread, statements in told.items():
            self.assertEqual(len(statements), len(sent[thread]))


if __name__ == "__main__":
    mysql_programs.main()
