#!/usr/bin/python3
"""Calls of libmysqlclient that are repeated until they are ready: each
statement is one point, from the first of its calls to the last, whichever
thread has that, and also if nobody has.
"""
import mysql

LOCK = "select get_lock('osprof', 100)"
RELEASE = "select release_lock('osprof')"
THREE = "select 1; do 2; select 3"
MANY = ("with recursive s (n) as (select 1 union all select n + 1 from s "
        "where n < 900) select n, repeat('x', 999) from s")


def polled(*rows):
    """Rows of call, statement and the rest, of calls that are repeated."""
    return [("mysql_%s_nonblocking" % call, *row) for call, *row in rows]


CONNECT = ("real_connect", None, {})
RESET = "mysql_reset_connection_nonblocking"  # since 8.1
TEXTS = polled(
    CONNECT,
    ("real_query",
     "create temporary table t (a int auto_increment primary key)",
     {"changes": 0}),
    ("real_query", "insert into t values (), (), ()",
     {"changes": 3, "insert_id": 1,
      "result_info": "Records: 3  Duplicates: 0  Warnings: 0"}),
    ("real_query", "select a from t", {"rows": 3}),
    ("real_query", "select a + 1 from t", {"rows": 3}),
    ("real_query", MANY, {"rows": 0, "outcome": "freed"}),
    ("real_query", "select nonsense from nowhere",
     {"code": 1146, "etype": "42S02"}),
    ("send_query", "select 'sent'", {"rows": 1}),
    ("real_query", THREE, {"rows": 1, "statement_index": 1}),
    ("next_result", THREE, {"changes": 0, "statement_index": 2}),
    ("next_result", THREE, {"rows": 1, "statement_index": 3}),
    ("reset_connection", None, {}),
    ("real_query", "do 4", {"changes": 0}),
    ("real_query", "select 'left unread'",
     {"outcome": "connection closed"}))
REFUSED = polled(("real_connect", None, {"code": 2002, "etype": "HY000"}))
HOLDER = [("mysql_real_connect", None, {})] + [
    ("mysql_query", sql, {"rows": 1})
    for sql in (LOCK, "select 'meanwhile'", RELEASE, LOCK)]
HANDED_OVER = polled(CONNECT, ("real_query", LOCK, {"rows": 1}))
ABANDONED = polled(
    CONNECT, ("real_query", LOCK, {"outcome": "connection closed"}))


@mysql.each_library("mysql", "mysql_8")
class Nonblocking(mysql.Case):
    subject_name = "nonblocking"
    arguments = ()

    def each_statement_is_a_point(self, points, library):
        texts = [row for row in TEXTS
                 if library != "mysql_8" or row[0] != RESET]
        for found, wanted in zip(mysql.by_connection(points),
                                 (texts, REFUSED, HOLDER, HANDED_OVER,
                                  ABANDONED), strict=True):
            self.assertEqual(found, wanted)

    def each_point_says_who_and_where(self, points, library):
        for point in points:
            refused = point.get("code") == 2002
            self.assertEqual(point["system"], mysql.SERVER)
            self.assertEqual(
                point["host"], "/nonexistent/socket" if refused
                else self.env["OSPROF_TEST_SOCKET"])
            self.assertEqual(point["user"], self.env["OSPROF_TEST_USER"])

    def each_time_is_accounted_for(self, points, library):
        for point in points:
            if "wait_us" in point and "outcome" not in point:
                self.assertAlmostEqual(
                    point["elapsed_us"],
                    point["wait_us"] + point.get("send_us", 0) +
                    point["transfer_us"] + point["application_us"], places=2)

    def each_point_hangs_below_none_that_waits(self, points, library):
        self.assertEqual(self.parents, self.traces)


if __name__ == "__main__":
    mysql.main()
