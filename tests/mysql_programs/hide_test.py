#!/usr/bin/python3
"""With hide_args nothing that a program sends as a value, reads from a file or
hears from the server of one is in the storage or in the spool; with
hide_params no parameter of the columns that it names; passwords never.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "mysql"))
import mysql  # noqa: E402
from mysql import whole  # noqa: E402

WORD = "Xyzzy%02dPlughPlover"
SECRET = re.compile(rb"(?i)Xyzzy\d\dPlugh|58797a7a79|73051182\d\d")
NUMBER = "7305118264"
PASSWORD = "Sesame%02dOpen"


class Counted:
    """A word that is another each time, so that a leak tells its place."""

    def __init__(self, word):
        self.word = word
        self.count = 0

    def __call__(self):
        self.count += 1
        return self.word % self.count


def secrets(file):
    """Commands of hide_subject.c with values in every place."""
    s = Counted(WORD)
    insert = "insert into t (a) values (?)"
    return [
        ("q", "create temporary table t (a varchar(60) unique, token "
              "varchar(40), n int)"),
        ("q", "insert into t (a, token) values ('%s', \"%s\")" % (s(), s())),
        ("q", "insert into t (a) values ('%s'), (md5('%s'))" % (s(), s())),
        ("q", "insert into t (n) values ('%s')" % s()),
        ("q", "select N'%s', _utf8'%s', 'a' '%s', x'%s', 0x%s, b'1', %s" % (
            s(), s(), s(), s().encode().hex(), s().encode().hex(), NUMBER)),
        ("q", "select 'it''s \\' %s'" % s()),
        ("q", "select '%s" % s()),  # a string without an end
        ("q", "select 1 as `%s" % s()),
        ("q", "select /* %s */ 1 # %s" % (s(), s())),
        ("q", "select 1 -- %s" % s()),
        ("q", "select 1 /*! , '%s' */ /*!99999 , '%s' */" % (s(), s())),
        ("q", "select date'%s', timestamp '%s'" % (s(), s())),
        ("q", "select nope('%s')" % s()),
        ("q", "select cast('%s' as signed)" % s()),
        ("q", "signal sqlstate '45000' set message_text = '%s'" % s()),
        ("q", "set @v = '%s'; select @v" % s()),
        ("q", "prepare p from 'select \"%s\"'; execute p; "
              "prepare p from 'select ?'" % s()),
        ("q", "select '%s'; selec '%s'; select '%s'" % (s(), s(), s())),
        ("q", "set sql_mode = 'no_backslash_escapes'"),
        ("q", "select 'a\\', '%s', 'b'" % s()),
        ("q", "set sql_mode = ''"),
        ("q", "select 'a\\', %s, \\'b'" % s()),
        ("q", "set names gbk; set names utf8mb4"),
        ("q", "insert into t (a) values ('%s') on duplicate key update "
              "token = '%s'" % (s(), s())),
        ("q", "load data local infile '%s' into table t (a)" % file),
        ("q", "load data local infile '%s' into table t (n)" % file),
        ("u", "select '%s', \"%s\"" % (s(), s())),
        ("u", "select * from t where a = '%s'" % s()),
        ("a", "select '%s'; select nope('%s')" % (s(), s())),
        ("n", "select '%s'; select 1" % s()),
        ("n", "select nope('%s')" % s()),
        ("s", "select ?, '%s'" % s(), s()),
        ("s", insert, s()),
        ("s", insert, s()),
        ("s", "insert into t (n) values (?)", s()),
        ("s", "selec ?, '%s'" % s(), s()),
        ("s", "select nope('%s', ?)" % s(), s()),
        ("l", insert, s()),
        ("b", insert, s()),
        ("i", "select ?, %s" % NUMBER, NUMBER),
        ("q", "select '" + s() + "x" * 40000 + "'"),
    ]


def credentials():
    """What is hidden whatever the configuration says."""
    p = Counted(PASSWORD)
    return [
        ("q", "create user u1@localhost identified by '%s'" % p()),
        ("q", "alter user u1@localhost identified by \"%s\"" % p()),
        ("q", "set password for u1@localhost = password('%s')" % p()),
        ("q", "set password for u1@localhost = '%s'" % p()),
        ("q", "grant all on *.* to u1@localhost identified by '%s'" % p()),
        ("q", "drop user u1@localhost"),
        ("q", "change master to master_host = 'here', master_password = "
              "'%s'" % p()),
        ("q", "change replication source to source_password = '%s'" % p()),
        ("q", "create server srv foreign data wrapper mysql options (user "
              "'u', password '%s')" % p()),
        ("n", "create user u2@localhost identified by '%s'" % p()),
        ("a", "create user u2@localhost identified by '%s'" % p()),
        ("s", "alter user u2@localhost identified by '%s'" % p()),
        ("q", "drop user u2@localhost"),
        ("c", "", p()),
        ("c", "host=127.0.0.1;user=nobody;password=%s" % p(), p()),
        ("x", p()),
    ]


# Those of Token stay hidden, those of Open are there.
BY_NAME = [
    ("q", "create temporary table t (name varchar(99), token varchar(99))"),
    ("l", "insert into t (token) values (?)", "Token1Here"),
    ("l", "update t set token = ?", "Token2Here"),
    ("s", "select * from t where token = ?", "Token3Here"),
    ("b", "insert into t (token) values (?)", "Token4Here"),
    ("s", "update t set token = ? where name = 'a'", "Token5Here"),
    ("s", "select * from t where name = ?", "Open1Here"),
    ("b", "insert into t (name) values (?)", "Open2Here"),
]


class Hide(mysql.Case):
    def setUp(self):
        super().setUp()
        self.file = self.path("rows")
        with open(self.file, "w", encoding="ascii") as file:
            file.write(WORD % 98 + "\n" + WORD % 99 + "\n")

    def stored(self):
        """All bytes of the storage and of the spool."""
        data = b""
        for folder in ("state", "run"):
            for parent, _, files in os.walk(self.path(folder)):
                for name in files:
                    path = os.path.join(parent, name)
                    with open(path, "rb") as file:
                        data += file.read()
                    os.unlink(path)
        return data

    def run_commands(self, program, env, commands, **options):
        self.configure(**options)
        lines = "".join("\t".join(line) + "\n" for line in commands)
        status, _, err, _ = self.run_one(
            [program], {**self.env, **env}, lines.encode())
        self.assertEqual((status, err), (0, b""))
        return self.stored()

    @staticmethod
    def ways():
        """Programs of both libraries, each way to trace them."""
        found = []
        for library in mysql.LIBRARIES:
            plain = os.path.join(whole.BUILD, "tests",
                                 "mysql_hide_" + library)
            if not os.path.exists(plain):
                continue
            found += [(plain, {"LD_PRELOAD": mysql.OBJECT}),
                      (plain + "_header", {})]
        return found or whole.cannot("no program was built")

    def assertNone(self, pattern, data):
        self.assertEqual(sorted(set(re.findall(pattern, data))), [])

    def test_the_search_finds_what_is_not_hidden(self):
        for program, env in self.ways():
            for drain in ("thread", "agent"):
                data = self.run_commands(program, env, secrets(self.file),
                                         hide_args="false", drain=drain)
                self.assertGreater(len(set(re.findall(SECRET, data))), 40)

    def test_no_value_is_stored(self):
        for program, env in self.ways():
            data = self.run_commands(program, env, secrets(self.file),
                                     hide_args="true")
            self.assertNone(SECRET, data)
            self.assertIn(b"23000", data)

    def test_no_value_is_in_the_spool(self):
        for program, env in self.ways():
            data = self.run_commands(program, env, secrets(self.file),
                                     hide_args="true", drain="agent")
            self.assertNone(SECRET, data)
            self.assertIn(b"23000", data)

    def test_a_password_is_never_stored(self):
        for program, env in self.ways():
            for hide in ("false", "true"):
                for drain in ("thread", "agent"):
                    data = self.run_commands(program, env, credentials(),
                                             hide_args=hide, drain=drain)
                    self.assertNone(rb"Sesame\d\dOpen", data)
                    self.assertIn(b"identified by", data)

    def test_the_content_of_a_file_is_never_stored(self):
        for program, env in self.ways():
            data = self.run_commands(
                program, env, secrets(self.file), hide_args="false")
            self.assertNone(rb"(?<!')Xyzzy9[89]Plugh", data)

    def test_parameters_are_hidden_by_the_column_they_go_with(self):
        for program, env in self.ways():
            data = self.run_commands(program, env, BY_NAME,
                                     hide_params="token")
            self.assertNone(rb"Token\dHere", data)
            self.assertIn(b"Open1Here", data)
            self.assertIn(b"Open2Here", data)


if __name__ == "__main__":
    mysql.main()
