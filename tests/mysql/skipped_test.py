#!/usr/bin/python3
"""What Connector/C only sends, by MARIADB_OPT_SKIP_READ_RESPONSE, is a point
with its own answer, also where the program reads that out of our sight; where
nobody can tell whose an answer is, it is nobody's.
"""
import mysql

PREPARE, EXECUTE, QUERY = "mysql_stmt_prepare", "mysql_stmt_execute", \
    "mysql_query"
INSERT, SELECT = "insert into t values (?)", "select a from t where a > ?"
DELETE = "delete from t where a = ?"
NOTE = "its answer was read out of sight: its time ends with the next call"
TWICE = {"code": 1062, "etype": "23000",
         "message": "Duplicate entry '1' for key 'PRIMARY'"}


def nonsense(name):
    return {"code": 1054, "etype": "42S22",
            "message": "Unknown column '%s' in 'DO'" % name}


# What the points of skipped_subject.c say, beside times and who is connected.
SKIPPED = [
    (PREPARE, INSERT, {}),
    (EXECUTE, INSERT, {"params": [1], "changes": 1}),
    (EXECUTE, INSERT, {"params": [1], **TWICE}),
    (EXECUTE, INSERT, {"params": [2], "changes": 1}),
    (PREPARE, SELECT, {}),
    (EXECUTE, SELECT, {"params": [0], "rows": 2}),
    (EXECUTE, SELECT, {"params": [1], "rows": 1}),
    (EXECUTE, SELECT, {"params": [2], "rows": 0, "outcome": "freed"}),
    (PREPARE, INSERT, {}),
    (EXECUTE, INSERT, {"params": [10], "outcome": "unseen"}),
    (EXECUTE, INSERT, {"params": [10], "outcome": "unseen"}),
    (EXECUTE, INSERT, {"params": [11], "outcome": "unseen"}),
    (EXECUTE, INSERT, {"params": [12], "outcome": "unseen"}),
    # This one has its answer with it, and so the next one has its own.
    (EXECUTE, INSERT, {"params": [13], "changes": 1}),
    (EXECUTE, INSERT, {"params": [14], "changes": 1}),
    (PREPARE, "do nonsense", nonsense("nonsense")),
    (PREPARE, "do 1", {}),
    (EXECUTE, "do 1", {"changes": 0}),
    (PREPARE, "do other_nonsense", nonsense("other_nonsense")),
    (PREPARE, DELETE, {}),
    (EXECUTE, DELETE, {"params": [1], "changes": 1}),
    (QUERY, "select 'as a text'", {"rows": 1}),
    (QUERY, "do 1", {"outcome": "unseen"}),
    (QUERY, "do nonsense", nonsense("nonsense")),
    ("mysql_commit", "COMMIT", {"changes": 0}),
    ("mariadb_stmt_execute_direct", "select 1", {"outcome": "unseen"}),
]


@mysql.each_library("mariadb", "mariadb_newest")
class Skipped(mysql.Case):
    subject_name = "skipped"
    arguments = ()

    def each_command_has_its_own_answer(self, points, library):
        said = []
        for point in points[2:]:
            bare = mysql.pq.bare(point)
            if "message" in bare:  # releases of the server differ in this
                bare["message"] = bare["message"].replace("field list", "DO")
            said.append((point["call"], bare.pop("statement"), bare))
        self.assertEqual(said, SKIPPED)

    def each_time_that_is_no_servers_is_noted(self, points, library):
        for point in points:
            out_of_sight = "send_us" in point and "_stmt_" in point["call"] \
                and point.get("outcome") != "unseen"
            self.assertEqual(point.get("note"), NOTE if out_of_sight else None)


if __name__ == "__main__":
    mysql.main()
