#!/usr/bin/python3
"""A COPY by the older calls is one point too, with the result that PQendcopy()
keeps to itself; each call counts once, though libpq makes several of it.
"""
import pq

OK, FATAL = "PGRES_COMMAND_OK", "PGRES_FATAL_ERROR"
LINES = [
    ("create temp table t (a int, b text)", OK, {"tag": "CREATE TABLE"}),
    ("copy t from stdin", OK,
     {"tag": "COPY 1001", "changes": 1001, "bytes": 5900}),
    ("delete from t where a > 2", OK, {"tag": "DELETE 998", "changes": 998}),
    ("copy t (b, a) to stdout", OK, {"tag": "COPY 3", "rows": 3, "bytes": 12}),
    ("copy t to stdout", OK, {"tag": "COPY 3", "rows": 3, "bytes": 12}),
    ("copy t (a) from stdin", FATAL,
     {"etype": "22P02", "bytes": 8,
      "message": 'invalid input syntax for type integer: "private"'}),
    ("copy t (a) from stdin (format csv)", OK,
     {"tag": "COPY 1", "changes": 1, "bytes": 2}),
    ("select 'the next one'", "PGRES_TUPLES_OK",
     {"tag": "SELECT 1", "rows": 1}),
    ("copy t (a) from stdin (delimiter ',')", OK,
     {"tag": "COPY 1", "changes": 1, "bytes": 2}),
    ("select 'too early'", None,
     {"etype": FATAL, "message": "another command is already in progress"}),
    ("select 'and on'", "PGRES_TUPLES_OK", {"tag": "SELECT 1", "rows": 1}),
    ("copy t from stdin (format text)", "PGRES_COPY_IN",
     {"outcome": "connection closed", "bytes": 4}),
]


class Lines(pq.Case):
    def test_an_unmodified_program_copies_lines(self):
        self.assertEqual(pq.said(self.preloaded(
            [self.subject("line", "plain"), "trace"])), LINES)

    def test_a_program_with_the_header_copies_lines(self):
        self.assertEqual(pq.said(self.headed("line", "trace")), LINES)

    def test_an_unmodified_program_copies_lines_with_the_newest_libpq(self):
        self.assertEqual(pq.said(self.preloaded(
            [self.subject("line", "newest"), "trace"])), LINES)

    def test_pgbench_fills_its_tables(self):
        """A hundred thousand rows, "1<tab>1<tab>0<tab><newline>" and on, then
        the mark of the end."""
        self.env["PGOPTIONS"] = "-c client_min_messages=warning"
        points = self.preloaded(["pgbench", "-i", "-q"],
                                same=self.without_times)

        size = sum(len(str(n)) + 6 for n in range(1, 100001)) + 3
        self.assertEqual(
            [(status, what) for _, status, what in pq.said(points)
             if "bytes" in what],
            [(OK, {"tag": "COPY 100000", "changes": 100000, "bytes": size})])


if __name__ == "__main__":
    pq.main()
