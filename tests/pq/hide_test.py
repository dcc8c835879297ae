#!/usr/bin/python3
"""With hide_args nothing that a program of libpq sends as a value, or the
server says of one, is in the storage or in the spool; with hide_params no
parameter of the columns that it names.
"""
import os

import pq

WORD = "Xyzzy%02dPlughPlover"


class Secrets:
    """Commands of hide_subject.c with values in every place."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return WORD % self.count

    def commands(self):
        s = self
        return [
            ("q", "create temp table t (a text unique, token text, n int)"),
            ("q", "insert into t values ('%s', '%s')" % (s(), s())),
            ("q", "select $$%s$$, $tag$%s$tag$, E'%s', U&'%s', b'1', x'ff'" %
             (s(), s(), s(), s())),
            ("q", "select '%s" % s()),  # a string without an end
            ("q", "select '%s'::int" % s()),  # an error that quotes it
            ("q", "select /* %s */ 1 -- %s" % (s(), s())),
            ("q", "insert into t (a) values ('%s'), (md5('%s'))" %
             (s(), s())),
            ("q", "do $x$ begin raise notice '%s'; end $x$" % s()),
            ("q", "do $x$ begin raise exception '%s'; end $x$" % s()),
            ("q", "set standard_conforming_strings = off"),
            ("q", "select 'a\\'%s'" % s()),
            ("q", "set standard_conforming_strings = on"),
            ("q", "create role r%d password '%s'" % (os.getpid(), s())),
            ("p", "select $1::text", s()),
            ("p", "select '%s' || $1" % s(), s()),
            ("p", "select $1::int", s()),
            ("b", "select $1::bytea", s()),
            ("s", "select $1::text, '%s'" % s(), s(), "one"),
            ("s", "select $1::text, '%s" % s(), s(), "two"),
            ("a", "select '%s'; select '%s'" % (s(), s())),
            ("a", "select nope('%s')" % s()),
            ("l", "select $1::text, '%s'" % s(), s()),
            ("l", "select $1::date, '%s'" % s(), s()),
            ("c", "copy t (a) from stdin", s()),
            ("c", "copy t (n) from stdin", s()),
            ("c", "copy t (a, n) from stdin (delimiter ',')", s() + ",z"),
            ("q", "select '" + s() + "x" * 40000 + "'"),
        ]


# Those of Token stay hidden, those of Open are there.
BY_NAME = [
    ("q", "create temp table t (name text, token text)"),
    ("p", "insert into t (token) values ($1)", "Token1Here"),
    ("p", "update t set token = $1", "Token2Here"),
    ("p", "select * from t where token = $1", "Token3Here"),
    ("s", "select * from t where token in ($1)", "Token4Here", "one"),
    ("l", "update t set token = $1 where name = 'a'", "Token5Here"),
    ("p", "select * from t where name = $1", "Open1Here"),
    ("s", "update t set name = $1", "Open2Here", "two"),
]


# What servers quote of a statement that they cannot read.
CREDENTIALS = [
    ("q", "create role r%d password Xyzzy01PlughPlover" % os.getpid()),
    ("a", "alter role r%d password Xyzzy02PlughPlover" % os.getpid()),
    ("q", "create user mapping for u server s options (password "
          "Xyzzy03PlughPlover)"),
]


class Hide(pq.Case):
    def stored(self):
        """All bytes of the storage and of the spool."""
        data = b""
        for folder in ("state", "run"):
            for parent, _, files in os.walk(self.path(folder)):
                for name in files:
                    with open(os.path.join(parent, name), "rb") as file:
                        data += file.read()
        return data

    def run_commands(self, kind, commands, **options):
        self.configure(**options)
        lines = "".join("\t".join(line) + "\n" for line in commands)
        env = {**self.env}
        if kind == "plain":
            env["LD_PRELOAD"] = pq.OBJECT
        status, _, err, _ = self.run_one([self.subject("hide", kind)], env,
                                         lines.encode())
        self.assertEqual((status, b"ERROR" in err), (0, False))
        return self.stored()

    def test_the_search_finds_what_is_not_hidden(self):
        for drain in ("thread", "agent"):
            data = self.run_commands("header", Secrets().commands(),
                                     hide_args="false", drain=drain)
            self.assertIn(b"Plugh", data)

    def test_no_value_is_stored(self):
        for kind in ("plain", "header"):
            with self.subTest(kind):
                data = self.run_commands(kind, Secrets().commands(),
                                         hide_args="true")
                self.assertNotIn(b"Plugh", data)
                self.assertIn(b"22P02", data)

    def test_a_credential_is_never_stored(self):
        for kind in ("plain", "header"):
            with self.subTest(kind):
                data = self.run_commands(kind, CREDENTIALS,
                                         hide_args="false")
                self.assertNotIn(b"Plugh", data)
                self.assertIn(b"42601", data)

    def test_no_value_is_in_the_spool(self):
        data = self.run_commands("header", Secrets().commands(),
                                 hide_args="true", drain="agent")
        self.assertNotIn(b"Plugh", data)
        self.assertIn(b"22P02", data)

    def test_parameters_are_hidden_by_the_column_they_go_with(self):
        for kind in ("plain", "header"):
            with self.subTest(kind):
                data = self.run_commands(kind, BY_NAME, hide_params="token")
                for i in range(1, 6):
                    self.assertNotIn(b"Token%dHere" % i, data)
                self.assertIn(b"Open1Here", data)
                self.assertIn(b"Open2Here", data)


if __name__ == "__main__":
    pq.main()
