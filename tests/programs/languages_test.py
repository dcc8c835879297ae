#!/usr/bin/python3
"""Programs of other languages under osprof run: what they print and leave is
what it is without, and their statements are in the trace with parameters.

Each brings SQLite in its own way: linked, by a module of an interpreter that
is opened RTLD_LOCAL or RTLD_DEEPBIND, by a plugin.
"""
import os
import re
import subprocess

import programs

CREATE = "create table item (id integer primary key, name text unique, data)"
BLOB = {"blob": "000102", "length": 3}


def source(name):
    return os.path.join(programs.HERE, name)


class Shell(programs.Case):
    """sqlite3(1)."""

    SETUP = """\
create table item (id integer primary key, name text unique, price real);
create table log (what text);
create trigger item_insert after insert on item begin
  insert into log values ('new ' || new.name);
end;
"""

    def setUp(self):
        super().setUp()
        self.shell = programs.find("sqlite3", "sqlite3")

    def script(self, text, **options):
        return self.compared(self.shell, "-batch", "shell.db",
                             input=text.encode(), **options)

    def test_errors_and_triggers(self):
        plain = self.script(self.SETUP + """\
insert into item values (1, 'rice', 2.5), (2, 'tea', 4);
insert into item values (3, 'tea', 1);
selec 1;
select * from nowhere;
select name from item where price > 3; select what from log;
update item set price = price * 2;
delete from item where id = 9;
""")
        self.assertIn("UNIQUE constraint failed: item.name", plain.stderr)
        self.assertIn("new tea", plain.stdout)
        self.assertRuns([
            "insert into item values (1, 'rice', 2.5), (2, 'tea', 4);",
            "insert into item values (3, 'tea', 1);",
            "select name from item where price > 3;",
            "select what from log;",
            "update item set price = price * 2;",
            "delete from item where id = 9;"])
        by_text = {s.text: s for s in self.statements()}
        self.assertEqual([
            by_text["insert into item values (3, 'tea', 1);"].error,
            by_text["update item set price = price * 2;"].changes,
            by_text["delete from item where id = 9;"].changes,
            by_text["select what from log;"].rows],
            ["UNIQUE constraint failed: item.name", 2, 0, 2])
        errors = [s.error for s in self.statements() if s.error]
        self.assertEqual(errors, ["UNIQUE constraint failed: item.name",
                                  'near "selec": syntax error',
                                  "no such table: nowhere"])

    def test_what_a_trigger_runs_is_no_statement(self):
        self.script(self.SETUP + "insert into item values (1, 'x', 1);\n")
        self.assertNotIn("log values ('new '", "".join(
            text for text in self.texts() if not text.startswith("create")))

    def test_full_text_tables(self):
        plain = self.script("""\
create virtual table book using fts5(title, body);
insert into book values ('tea', 'how to make tea'), ('rice', 'rice cooks');
select title from book where book match 'make';
insert into book(book) values ('optimize');
select rank from book where book match '"';
drop table book;
""")
        self.assertIn("tea\n", plain.stdout)
        self.assertRunsOften({
            "create virtual table book using fts5(title, body);": 1,
            "insert into book values ('tea', 'how to make tea'), "
            "('rice', 'rice cooks');": 1,
            "select title from book where book match 'make';": 1,
            "drop table book;": 1})
        inner = [text for text in self.texts() if "book_data" in text]
        self.assertEqual(inner, [], "the library's own statements")

    def test_import(self):
        rows = "".join("%d,name %d\n" % (i, i) for i in range(1, 101))
        self.script(".mode csv\ncreate table t (id integer, name text);\n"
                    ".import rows.csv t\nselect count(*) from t;\n",
                    files={"rows.csv": rows})
        inserts = [s for s in self.statements()
                   if s.text and s.text.lower().startswith("insert into")]
        self.assertEqual([s.params for s in inserts],
                         [[str(i), "name %d" % i] for i in range(1, 101)])

    def test_dump_and_read(self):
        plain = self.script(
            ".read setup.sql\ninsert into item values (1, 'rice', 2.5);\n"
            ".output dump.sql\n.dump\n.output\n.read nowhere.sql\n"
            "select count(*) from item;\n", files={"setup.sql": self.SETUP})
        self.assertIn(b"CREATE TRIGGER", plain.files["dump.sql"])
        self.assertRuns(["create table log (what text);",
                         "insert into item values (1, 'rice', 2.5);",
                         "select count(*) from item;"])
        self.assertTrue(any("sqlite_schema" in text or
                            "sqlite_master" in text
                            for text in self.texts()), "the dump's own")

    def test_parameters_and_statistics(self):
        self.script(".parameter set :x 17\n.stats on\n.stats off\n"
                    "select :x + 1;\n")
        self.assertRuns([("select :x + 1;", {":x": 17})])


class Python(programs.Case):
    def test_the_sqlite3_module(self):
        plain = self.compared(programs.find("python3", "python3"), "-B",
                              source("program.py"))
        self.assertEqual(plain.stdout.splitlines()[-1], "True")
        self.assertRuns(
            ["create table item (id integer primary key, name text unique, "
             "price real, data blob)"] +
            [("insert into item values (?, ?, ?, ?)",
              [i, "caf\u00e9 %d" % i, i / 4, BLOB]) for i in range(1, 6)] +
            [("insert into item (name) values (:name)",
              {":name": "caf\u00e9 1"}),
             ("select id, name, twice(id) from item where id > ?", [3]),
             "select id from item order by id",
             "select count(*) from item"])
        # The callback's own, on another connection.
        self.assertRuns([("select 2 * ?", [4]), ("select 2 * ?", [5])])
        texts = [text.strip().rstrip(";") for text in self.texts()]
        for wanted in ("create table log (t)", "insert into log values (1)",
                       "insert into log values (2)"):
            self.assertEqual(texts.count(wanted), 1, wanted)
        self.assertRunsOften({"insert into item values (?, ?, ?, ?)": 5,
                              "select ? from item where id <= ?": 80})
        asked = sorted(s.params[0] for s in self.statements()
                       if s.text == "select ? from item where id <= ?")
        self.assertEqual(asked, [1000 * n + i for n in range(4)
                                 for i in range(20)])


class Perl(programs.Case):
    def test_dbd_sqlite(self):
        perl = programs.find("perl", "perl")
        if subprocess.run([perl, "-MDBD::SQLite", "-e1"],
                          stderr=subprocess.DEVNULL).returncode:
            programs.whole.cannot("install libdbd-sqlite3-perl")
        self.compared(perl, source("program.pl"))
        insert = "insert into item values (?, ?, ?)"
        self.assertRuns(
            [CREATE] +
            [(insert, [i, "name %d" % i, BLOB]) for i in range(1, 6)] +
            ["select id, name, twice(id) from item where id > ?",
             ("update item set name = name || ? where id < ?", ["!", "3"]),
             "select * from item"])
        self.assertRunsOften({insert: 6})


class Php(programs.Case):
    def test_pdo_sqlite(self):
        php = programs.find("php", "php-cli")
        modules = subprocess.run([php, "-m"], capture_output=True, text=True)
        if "pdo_sqlite" not in modules.stdout:
            programs.whole.cannot("install php-sqlite3")
        self.compared(php, source("program.php"))
        insert = "insert into item values (:id, :name, :data)"
        self.assertRuns(
            [CREATE] +
            [(insert, {":id": i, ":name": "name %d" % i, ":data": BLOB})
             for i in range(1, 6)] +
            [(insert, {":id": "6", ":name": "name 1", ":data": None}),
             ("select id, name, twice(id) from item where id > ?", ["2"]),
             "update item set name = name || '!' where id < 3"])
        self.assertRunsOften({insert: 6})


class Qt(programs.Case):
    def build(self):
        compiler = programs.find("g++", "g++")
        config = programs.find("pkg-config", "pkg-config")
        flags = subprocess.run([config, "--cflags", "--libs", "Qt5Sql",
                                "Qt5Core"], capture_output=True, text=True)
        if flags.returncode:
            programs.whole.cannot("install qtbase5-dev")
        subprocess.run([compiler, "-fPIC", source("qt.cpp"), "-o",
                        self.path("qt"), *flags.stdout.split()], check=True)

    def test_the_plugin_of_qt(self):
        self.build()
        plain = self.compared(self.path("qt"))
        if "Driver not loaded" in plain.stdout:
            programs.whole.cannot("install libqt5sql5-sqlite")
        # Qt numbers its positional parameters by names of its own.
        rows = [s for s in self.statements()
                if s.text and re.match(r"insert into item values", s.text)]
        self.assertEqual([list(s.params.values()) for s in rows], [
            [i, "caf\u00e9 %d" % i, i / 4, BLOB] for i in range(1, 4)])
        self.assertRuns([("insert into item (name) values (:name)",
                          {":name": "caf\u00e9 1"})])
        selected = [s for s in self.statements()
                    if s.text and s.text.startswith("select id")]
        self.assertEqual([(list(s.params.values()), s.rows)
                          for s in selected], [([3], 2)])


if __name__ == "__main__":
    programs.main()
