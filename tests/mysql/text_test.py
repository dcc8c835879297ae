#!/usr/bin/python3
"""Each statement that a program sends as a text is one point, however it takes
the result; each result of several statements is a point of its own.  So are
the commands of the protocol, each once, also those that are SQL inside.
"""
import mysql

# What the points of text_subject.c say, beside times and who is connected.
SEVERAL = "insert into t (b) values ('x'); select a from t; select 1;"
FAILING = "select 1; select b from t; select nonsense; select 2"
LOST = {"code": 2013, "etype": "HY000"}
QUERY, REAL, NEXT = "mysql_query", "mysql_real_query", "mysql_next_result"
TEXT = [
    ("mysql_real_connect", None, {}),
    (QUERY, "create temporary table t (a int auto_increment primary key, "
            "b varchar(9))", {"changes": 0}),
    (QUERY, "insert into t (b) values ('one'), ('two'), ('three')",
     {"changes": 3, "insert_id": 1,
      "result_info": "Records: 3  Duplicates: 0  Warnings: 0"}),
    (QUERY, "update t set b = 'zwei' where a > 1",
     {"changes": 2,
      "result_info": "Rows matched: 2  Changed: 2  Warnings: 0"}),
    (QUERY, "select a from t order by a", {"rows": 3}),
    (QUERY, "select b from t", {"rows": 3}),
    (QUERY, "select a, b from t", {"rows": 1, "outcome": "freed"}),
    (QUERY, "select 'a\\'b' from nowhere",
     {"code": 1146, "etype": "42S02"}),
    (QUERY, "insert into t values (1, 'private')",
     {"code": 1062, "etype": "23000"}),
    (QUERY, "select cast('a' as signed)", {"rows": 1, "warnings": 1}),
    (REAL, "select 'length\0nul'", {"rows": 1}),
    (REAL, SEVERAL, {"changes": 1, "insert_id": 4, "statement_index": 1}),
    (NEXT, SEVERAL, {"rows": 4, "statement_index": 2}),
    (NEXT, SEVERAL, {"rows": 1, "statement_index": 3}),
    (REAL, FAILING, {"rows": 1, "statement_index": 1}),
    (NEXT, FAILING, {"rows": 4, "statement_index": 2}),
    (NEXT, FAILING,
     {"statement_index": 3, "code": 1054, "etype": "42S22"}),
    ("mysql_send_query", "select 'sent'", {"rows": 1}),
    ("mysql_send_query", "select 5; select 6",
     {"rows": 1, "statement_index": 1}),
    (NEXT, "select 5; select 6", {"rows": 1, "statement_index": 2}),
    (QUERY, "select 'skipped'", {"rows": 1}),
    (QUERY, "drop procedure if exists osprof_p",
     {"changes": 0, "warnings": 1}),
    (QUERY, "create procedure osprof_p() begin select null; select null; end",
     {"changes": 0}),
    (REAL, "call osprof_p()", {"rows": 1, "statement_index": 1}),
    (NEXT, "call osprof_p()", {"rows": 1, "statement_index": 2}),
    (NEXT, "call osprof_p()", {"changes": 0, "statement_index": 3}),
    (QUERY, "drop procedure osprof_p", {"changes": 0}),
    (QUERY, "create database osprof_other", {"changes": 1}),
    (QUERY, "use osprof_other", {"changes": 0}),
    (QUERY, "select database()",
     {"rows": 1, "database": "osprof_other"}),
    ("mysql_select_db", None,
     {"target": "test", "database": "osprof_other"}),
    (QUERY, "select database()", {"rows": 1}),
    ("mysql_select_db", None,
     {"target": "nowhere", "code": 1049, "etype": "42000"}),
    (QUERY, "drop database osprof_other", {"changes": 0}),
    ("mysql_autocommit", "SET autocommit=0", {}),
    (QUERY, "insert into t (b) values ('y')",
     {"changes": 1, "insert_id": 5}),
    ("mysql_commit", "COMMIT", {}),
    (QUERY, "insert into t (b) values ('z')",
     {"changes": 1, "insert_id": 6}),
    ("mysql_rollback", "ROLLBACK", {}),
    ("mysql_autocommit", "SET autocommit=1", {}),
    ("mysql_set_character_set", None, {"target": "latin1"}),
    ("mysql_set_server_option", None, {"target": "MULTI_STATEMENTS_OFF"}),
    ("mysql_list_dbs", None, {"target": "%chema", "rows": 2}),
    ("mysql_list_tables", None, {"rows": 0}),
    ("mysql_ping", None, {}),
    ("mysql_stat", None, {}),
    ("mysql_reset_connection", None, {}),
    (QUERY, "select 'left unread'", {"outcome": "connection closed"}),
]


@mysql.either_library
class Text(mysql.Case):
    subject_name = "text"
    arguments = ()

    def each_statement_is_a_point(self, points, library):
        self.assertEqual(
            [(point["call"], point.get("statement"), self.result(point))
             for point in points], TEXT)

    def result(self, point):
        """What it says beside who is connected; a message is the server's."""
        said = {name: value for name, value in mysql.pq.bare(point).items()
                if name not in ("statement", "message")}
        if point.get("database") != "test":
            said["database"] = point["database"]
        return said

    def each_point_says_who_and_where(self, points, library):
        for point in points[1:]:
            self.assertEqual(point["system"], mysql.SERVER)
            self.assertEqual(point["host"], self.env["OSPROF_TEST_SOCKET"])
            self.assertEqual(point["user"], self.env["OSPROF_TEST_USER"])
            self.assertEqual(point["connection_id"],
                             points[0]["connection_id"])
            self.assertNotIn(" ", point["server_version"])
            self.assertFalse(point["server_version"].startswith("5.5.5-"))

    def each_time_is_accounted_for(self, points, library):
        for point in points:
            if "wait_us" in point and "outcome" not in point:
                self.assertAlmostEqual(
                    point["elapsed_us"],
                    point["wait_us"] + point.get("send_us", 0) +
                    point["transfer_us"] + point["application_us"], places=2)


if __name__ == "__main__":
    mysql.main()
