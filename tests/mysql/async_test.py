#!/usr/bin/python3
"""Calls of Connector/C that come back in their middle: each statement is one
point, from the first of its calls to the last, however many of them are under
way on a thread, whichever thread has the last one, and also if nobody has.
"""
import mysql

LOCK = "select get_lock('osprof', 100)"
RELEASE = "select release_lock('osprof')"
FAILING = "select 1; do 2; select nonsense; select 4"
PROCEDURE = ("create or replace procedure osprof_q(in a int, in b text) "
             "begin select a, b; select a is null, b; end")
THREE = "select ?, concat('a ', ?) from seq_1_to_3"
MANY = "select seq, 'many' from seq_1_to_20000 where ? and ?"
CALL = "call osprof_q(?, ?)"
NO_USER = "alter user nobody identified by ? nonsense"
SYNC = {"code": 2014, "etype": "HY000"}


def started(*rows):
    """Rows of call, statement and the rest, of calls that are started."""
    return [("mysql_%s_start" % call, *row) for call, *row in rows]


CONNECT = ("real_connect", None, {})
TEXTS = started(
    CONNECT,
    ("query", "create temporary table t (a int auto_increment primary key, "
              "b varchar(9))", {"changes": 0}),
    ("query", "insert into t (b) values ('one'), ('two'), ('three')",
     {"changes": 3, "insert_id": 1,
      "result_info": "Records: 3  Duplicates: 0  Warnings: 0"}),
    ("real_query", "select a from t order by a", {"rows": 3}),
    ("query", "select b from t order by a", {"rows": 3}),
    ("query", "select seq from seq_1_to_20000",
     {"rows": 0, "outcome": "freed"}),
    ("query", "select nonsense from nowhere",
     {"code": 1146, "etype": "42S02"}),
    ("query", "insert into t values (1, 'private')",
     {"code": 1062, "etype": "23000"}),
    ("query", NO_USER + " ?", {"code": 1064, "etype": "42000"}),
    ("send_query", NO_USER, {"code": 1064, "etype": "42000"}),
    ("send_query", "select 'sent'", {"rows": 1}),
    ("query", "select 'left unread'", {"outcome": "connection closed"}))
SEVERAL = started(
    CONNECT,
    ("real_query", FAILING, {"rows": 1, "statement_index": 1}),
    ("next_result", FAILING, {"changes": 0, "statement_index": 2}),
    ("next_result", FAILING,
     {"code": 1054, "etype": "42S22", "statement_index": 3}),
    ("query", "select seq from seq_1_to_20000", {"rows": 20000}),
    # The call that was refused has cost it its rows.
    ("query", "select 5", SYNC),
    ("query", "select 'out of sync'", SYNC))
COMMANDS = started(
    CONNECT,
    ("query", "create temporary table t (a int)", {"changes": 0}),
    ("autocommit", "SET autocommit=0", {}),
    ("query", "insert into t values (1)", {"changes": 1}),
    ("commit", "COMMIT", {}),
    ("query", "insert into t values (2)", {"changes": 1}),
    ("rollback", "ROLLBACK", {}),
    ("autocommit", "SET autocommit=1", {}),
    ("set_character_set", None, {"target": "latin1"}),
    ("set_server_option", None, {"target": "MULTI_STATEMENTS_ON"}),
    ("select_db", None, {"target": "information_schema"}),
    ("select_db", None,
     {"target": "nowhere", "code": 1049, "etype": "42000"}),
    ("list_fields", None, {"target": "schemata"}),
    ("kill", None, {"target": "2147483647", "code": 1094, "etype": "HY000"}),
    ("refresh", None, {}),
    ("stat", None, {}),
    ("dump_debug_info", None, {}),
    ("ping", None, {}),
    ("change_user", None, {"target": "osprof"}),
    ("reset_connection", None, {}),
    ("query", "do 1", {"changes": 0}))
REFUSED = started(("real_connect", None, {"code": 1045, "etype": "28000"}))
PREPARED = started(
    CONNECT,
    ("stmt_prepare", THREE, {}),
    ("stmt_execute", THREE, {"params": [1, "text 1"], "rows": 3}),
    ("stmt_execute", THREE, {"params": [2, "text 2"], "rows": 3}),
    ("stmt_execute", THREE,
     {"params": [2, "sent ahead"], "rows": 0, "outcome": "freed"}),
    ("stmt_execute", THREE,
     {"params": [4, "text 4"], "rows": 0, "outcome": "reset"}),
    ("query", PROCEDURE, {"changes": 0}),
    ("stmt_prepare", CALL, {}),
    ("stmt_execute", CALL,
     {"params": [5, "text 5"], "rows": 1, "statement_index": 1}),
    ("stmt_next_result", CALL, {"rows": 1, "statement_index": 2}),
    ("stmt_next_result", CALL, {"changes": 0, "statement_index": 3}),
    ("query", "drop procedure osprof_q", {"changes": 0}),
    ("stmt_prepare", "nonsense ?", {"code": 1064, "etype": "42000"}),
    ("stmt_prepare", "set @a = ?, @b = ?", {}),
    ("stmt_execute", "set @a = ?, @b = ?",
     {"params": [6, "text 6"], "changes": 0}),
    ("stmt_prepare", MANY, {}),
    ("stmt_execute", MANY,
     {"params": [1, "text 1"], "rows": 0, "outcome": "closed"}))
HOLDER = [("mysql_real_connect", None, {})] + [
    ("mysql_query", sql, said) for sql, said in (
        (LOCK, {"rows": 1}), ("select 'meanwhile'", {"rows": 1}),
        (RELEASE, {"rows": 1}), (LOCK, {"rows": 1}),
        ("kill N", {"changes": 0}), (RELEASE, {"rows": 1}),
        (LOCK, {"rows": 1}))]
HANDED_OVER = started(CONNECT, ("query", LOCK, {"rows": 1}))
KILLED = started(CONNECT, ("query", LOCK, {"code": 2013, "etype": "HY000"}))
ABANDONED = started(
    CONNECT, ("query", LOCK, {"outcome": "connection closed"}))


@mysql.each_library("mariadb", "mariadb_newest")
class Async(mysql.Case):
    subject_name = "async"
    arguments = ()

    def each_statement_is_a_point(self, points, library):
        for point in points:
            if point.get("statement", "").startswith("kill"):
                point["statement"] = "kill N"
        for found, wanted in zip(mysql.by_connection(points),
                                 (TEXTS, SEVERAL, COMMANDS, REFUSED, PREPARED,
                                  HOLDER, HANDED_OVER, KILLED, ABANDONED),
                                 strict=True):
            self.assertEqual(found, wanted)

    def each_point_says_who_and_where(self, points, library):
        for point in points:
            self.assertEqual(point["system"], mysql.SERVER)
            self.assertEqual(point["host"], self.env["OSPROF_TEST_SOCKET"])
            self.assertEqual(point["user"], self.env["OSPROF_TEST_USER"])
            if point["call"] == "mysql_reset_connection_start":
                self.assertEqual(point["database"], "test")

    def each_time_is_accounted_for(self, points, library):
        for point in points:
            self.assertLessEqual(point.get("send_us", 0), point["elapsed_us"])
            if "wait_us" in point and "outcome" not in point:
                self.assertAlmostEqual(
                    point["elapsed_us"],
                    point["wait_us"] + point.get("send_us", 0) +
                    point["transfer_us"] + point["application_us"], places=2)

    def each_point_hangs_below_none_that_waits(self, points, library):
        self.assertEqual(self.parents, self.traces)

    def each_secret_stays_one(self, points, library):
        for point in points:
            for value in map(str, point.values()):
                self.assertNotIn("hidden", value)
                self.assertNotIn(self.env["OSPROF_TEST_PASSWORD"], value)


@mysql.each_library("mariadb")
class Hidden(mysql.Case):
    subject_name = "async"
    arguments = ()
    options = {**mysql.Case.options, "hide_args": "true"}

    def each_value_is_hidden(self, points, library):
        for point in points:
            self.assertNotIn("params", point)
            for value in ("text 6", "meanwhile", "latin1"):
                self.assertNotIn(value, str(point))


if __name__ == "__main__":
    mysql.main()
