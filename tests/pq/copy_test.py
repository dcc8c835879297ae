#!/usr/bin/python3
"""A COPY is one point, from its statement to its last result: with the bytes
and rows that moved, however they did, and nothing of what was in them.
"""
import os

import pq

# What the points of copy_subject.c say, beside times and who is connected.
OK, FATAL = "PGRES_COMMAND_OK", "PGRES_FATAL_ERROR"
ROWS, IN, OUT = "PGRES_TUPLES_OK", "PGRES_COPY_IN", "PGRES_COPY_OUT"
COPY = [
    ("create temp table t (a int, b text)", OK, {"tag": "CREATE TABLE"}),
    ("create temp table f (a int)", OK, {"tag": "CREATE TABLE"}),
    ("copy t from stdin", OK, {"tag": "COPY 3", "changes": 3, "bytes": 20}),
    ("copy t from stdin (format csv)", OK,
     {"tag": "COPY 1", "changes": 1, "bytes": 7}),
    ("select count(*) from t", ROWS, {"tag": "SELECT 1", "rows": 1}),
    ("copy t to stdout", OK, {"tag": "COPY 4", "rows": 4, "bytes": 27}),
    ("copy t to stdout (format csv, header)", OK,
     {"tag": "COPY 4", "rows": 4, "bytes": 31}),
    ("copy (select a from t) to stdout (format binary)", OK,
     {"tag": "COPY 4", "rows": 4, "bytes": 61}),
    ("copy (select 1) to stdout", OK,
     {"tag": "COPY 1", "rows": 1, "bytes": 2}),
    ("copy (select 1 / (2 - n) from generate_series(1, 9) n) to stdout",
     FATAL, {"etype": "22012", "message": "division by zero", "rows": 1,
             "bytes": 2}),
    ("copy f from stdin", FATAL,
     {"etype": "22P02", "bytes": 12,
      "message": 'invalid input syntax for type integer: "private"'}),
    ("copy f (a) from stdin", FATAL,
     {"etype": "57014", "bytes": 2,
      "message": "COPY from stdin failed: the program's own reason"}),
    ("copy nowhere from stdin", FATAL,
     {"etype": "42P01", "message": 'relation "nowhere" does not exist'}),
    ("copy f from stdin (format text)", IN,
     {"outcome": "discarded", "bytes": 2}),
    ("select 'in front of which a copy is thrown away'", ROWS,
     {"tag": "SELECT 1", "rows": 1}),
    ("copy (select generate_series(1, 5)) to stdout", OUT,
     {"outcome": "discarded", "rows": 0, "bytes": 0}),
    ("select 'and one more'", ROWS, {"tag": "SELECT 1", "rows": 1}),
    ("insert into t values (5, 'five');copy t (a, b) to stdout; "
     "copy f from stdin;select 'last'", ROWS,
     {"tag": "SELECT 1", "results": 4, "rows": 6, "changes": 2, "bytes": 38}),
    ("copy f from stdin (freeze off)", OK,
     {"tag": "COPY 2", "changes": 2, "bytes": 6}),
    ("select 'before'", ROWS,
     {"tag": "SELECT 1", "rows": 1, "batch": 1, "batch_position": 1,
      "batch_size": 2, "batch_sync": "sync"}),
    ("copy f from stdin (delimiter ',')", OK,
     {"tag": "COPY 1", "changes": 1, "bytes": 3, "batch": 1,
      "batch_position": 2, "batch_size": 2, "batch_sync": "sync"}),
    ("select 1", None,
     {"etype": FATAL, "message": "cannot queue commands during COPY"}),
    ("START_REPLICATION 0/1000000", "PGRES_COPY_BOTH",
     {"outcome": "streaming"}),
    ("copy f from stdin (null '')", IN,
     {"outcome": "connection closed", "bytes": 22}),
]


class Copy(pq.Case):
    def check(self, points):
        self.assertEqual(pq.said(points), COPY)

    def test_an_unmodified_program_copies(self):
        self.check(self.preloaded([self.subject("copy", "plain"), "trace"]))

    def test_a_program_with_the_header_copies(self):
        self.check(self.headed("copy", "trace"))

    def test_an_unmodified_program_copies_with_the_newest_libpq(self):
        self.check(self.preloaded([self.subject("copy", "newest"), "trace"]))

    def test_psql_copies(self):
        """It also puts the mark of the end that it reads."""
        script = """create temp table t (a int, b text);
\\copy t from stdin
1\tone
2\ttwo
\\.
\\copy t to 'file' csv
\\copy t from 'file' csv
copy t to stdout;
\\copy t (a) from stdin
private
\\.
"""
        points = self.preloaded(["psql", "-X"], stdin=script.encode())

        self.assertEqual(
            [point for point in pq.said(points) if "bytes" in point[2]],
            [("COPY  t FROM STDIN ", OK,
              {"tag": "COPY 2", "changes": 2, "bytes": 15}),
             ("COPY  t TO STDOUT csv", OK,
              {"tag": "COPY 2", "rows": 2, "bytes": 12}),
             ("COPY  t FROM STDIN csv", OK,
              {"tag": "COPY 2", "changes": 2, "bytes": 12}),
             ("copy t to stdout;", OK,
              {"tag": "COPY 4", "rows": 4, "bytes": 24}),
             ("COPY  t ( a ) FROM STDIN ", FATAL,
              {"etype": "22P02", "bytes": 11, "message": "invalid input syntax "
               'for type integer: "private"'})])

    def test_the_data_are_nowhere(self):
        self.configure(hide_args="true")
        self.preloaded([self.subject("copy", "plain"), "trace"])

        for folder in ("state", "run"):
            for where, _, names in os.walk(self.path(folder)):
                for name in names:
                    with open(os.path.join(where, name), "rb") as file:
                        self.assertNotIn(b"private", file.read())


if __name__ == "__main__":
    pq.main()
