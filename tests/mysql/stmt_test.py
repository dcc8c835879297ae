#!/usr/bin/python3
"""Each execution of a prepared statement is one point, with its parameters as
they were when it ran, and its rows however the program took them; so are each
prepare, and each further result of a procedure.
"""
import mysql

# What the points of stmt_subject.c say, beside times and who is connected.
PREPARE, EXECUTE = "mysql_stmt_prepare", "mysql_stmt_execute"
NEXT = "mysql_stmt_next_result"
ALL = ("insert into types (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, "
       "r, s) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
VALUES = [-1, 255, -2, -3, -4, 18446744073709551612, 0.5, -2.5, "2026-11-21",
          "2026-11-21 18:50:01.250000", "2026-11-21 18:50:01.250000",
          "-26:03:04", "a text", "another", "12.50",
          {"blob": "000102", "length": 3}, None, None, -3]
FROM, FIVE = "select v from five where n >= ? order by n", "select n from five"
TEXTS, CALL = "insert into texts values (?, ?)", "call twice(?, ?)"
ONE, DELETE = "insert into five (n) values (?)", "delete from five where n = ?"
SHORT = {"blob": b"short".hex(), "length": 5}
LONG = {"blob": b"first and second".hex(), "length": 16}
CLOSED = "select 'closed with the connection'"

# Connector/C and MySQL's own server do not go together in everything: arrays,
# and a packet with each type.
MIXED = mysql.SERVER == "mysql"


def types(library):
    """Each type, twice."""
    def took(number):
        if MIXED and library.startswith("mariadb"):
            return {"code": 1835, "etype": "HY000"}
        return {"changes": 1, "insert_id": number}
    return [
        (PREPARE, ALL, {}),
        (EXECUTE, ALL, {"params": VALUES, **took(1)}),
        (EXECUTE, ALL, {"params": [*VALUES[:3], 7, *VALUES[4:-2], 7, 7],
                        **took(2)}),
    ]


BOTH = [
    (PREPARE, FROM, {}),
    (EXECUTE, FROM, {"params": [2], "rows": 4}),
    (EXECUTE, FROM, {"params": [4], "rows": 2}),
    (EXECUTE, FROM, {"params": [4], "rows": 1, "outcome": "freed"}),
    (EXECUTE, FROM, {"params": [4], "rows": 1, "outcome": "reset"}),
    (EXECUTE, FROM, {"params": [4], "rows": 0, "outcome": "discarded"}),
    (EXECUTE, FROM, {"params": [4], "rows": 1, "outcome": "closed"}),
    (PREPARE, FIVE + " order by n", {}),
    (EXECUTE, FIVE + " order by n", {"rows": 5}),
    (PREPARE, TEXTS, {}),
    (EXECUTE, TEXTS, {"params": [LONG, "x"], "changes": 1}),
    (EXECUTE, TEXTS, {"params": [SHORT, "x"], "changes": 1}),
    (EXECUTE, TEXTS, {"params": [SHORT, "kept"], "changes": 1}),
    (EXECUTE, TEXTS, {"params": [SHORT, "x"], "changes": 1}),
    (PREPARE, CALL, {}),
    (EXECUTE, CALL, {"params": [3, None], "rows": 1, "statement_index": 1}),
    (NEXT, CALL, {"rows": 2, "statement_index": 2}),
    (NEXT, CALL, {"rows": 1, "statement_index": 3}),
    (NEXT, CALL, {"statement_index": 4}),
    (PREPARE, "select nothing from nowhere",
     {"code": 1146, "etype": "42S02"}),
    (EXECUTE, None, {"etype": "HY000"}),
    (PREPARE, ONE, {}),
    (EXECUTE, ONE, {"code": 2031, "etype": "HY000"}),
    (EXECUTE, ONE, {"params": [1], "code": 1062, "etype": "23000"}),
    (PREPARE, DELETE, {}),
    (EXECUTE, DELETE, {"params": [5], "changes": 1}),
    (PREPARE, FIVE, {}),
    (EXECUTE, FIVE, {"rows": 4}),
]
N = "select v from five where n = ?"
ARRAY = "insert into five (n, v) values (?, ?)"


def took(rows):
    """An array of that many."""
    if MIXED:
        return {"code": 5003, "etype": "IM001"}
    return {"changes": rows}


ATTRIBUTES = [
    ("mysql_query", "do 2",
     {"params": {"number": 3, "kind": "of a query"}, "changes": 0}),
    ("mysql_query", "do 3", {"changes": 0}),
    ("mysql_list_tables", None,
     {"params": {"number": 3, "kind": "of a query"}, "target": "none",
      "rows": 0}),
    ("mysql_query", "do 4", {"changes": 0}),
    ("mysql_reset_connection", None, {}),
    ("mysql_query", "do 5", {"changes": 0}),
]
DIRECT = [
    ("mariadb_stmt_execute_direct", N, {"params": [3], "rows": 1}),
    (EXECUTE, N, {"params": [4], "rows": 1}),
    (PREPARE, ARRAY, {}),
    (EXECUTE, ARRAY, {"params": [21, "a", 22, {"keyword": "DEFAULT"}],
                      "batch_size": 2, **took(2)}),
    (EXECUTE, ARRAY, {"params": [11, "row", 12, None, 13, "last"],
                      "batch_size": 3, **took(3)}),
]
NAMED = [
    (PREPARE, N, {}),
    # A MariaDB takes the name for a value of another parameter.
    (EXECUTE, N, {"params": {"?1": 3, "kind": "of a query"},
                  "rows": int(mysql.SERVER == "mysql")}),
]
OWN = {"mariadb": DIRECT, "mariadb_newest": DIRECT,
       "mysql": NAMED + ATTRIBUTES, "mysql_8": ATTRIBUTES}
CREDENTIAL = "create user someone identified by ? nonsense"
ENDS = [
    (PREPARE, FIVE + " where n > 0", {}),
    (EXECUTE, FIVE + " where n > 0",
     {"rows": 1, "outcome": "connection reset"}),
    (EXECUTE, FIVE + " where n > 0", {"etype": "HY000"}),
    (PREPARE, CREDENTIAL, {"code": 1064, "etype": "42000"}),
    (PREPARE, "create user someone identified by ? ?",
     {"code": 1064, "etype": "42000"}),
    (PREPARE, FIVE + " order by n", {}),
    (EXECUTE, FIVE + " order by n",
     {"rows": 1, "outcome": "connection reset"}),
    ("mysql_reset_connection", None, {}),
    (EXECUTE, FIVE + " order by n", {"etype": "HY000"}),
    (PREPARE, "select v from five order by v", {}),
    (PREPARE, CLOSED, {}),
    (EXECUTE, "select v from five order by v",
     {"rows": 1, "outcome": "connection closed"}),
    (EXECUTE, CLOSED, {"code": 2013, "etype": "HY000"}),
]
# What an execution of nothing, and of what was closed by a reset, fails with.
CODES = (1243, 2013, 2014, 2056)


def is_wanted(point):
    return "_stmt_" in point["call"] or "reset" in point["call"] or \
        "list" in point["call"] or \
        point.get("statement") in ("do 2", "do 3", "do 4", "do 5")


def result(point):
    """What it says beside who is connected; a message is the server's."""
    said = {name: value for name, value in mysql.pq.bare(point).items()
            if name not in ("statement", "message")}
    if "statement_index" in said:
        said.pop("changes", None)  # of a whole CALL, in Connector/C alone
    if said.get("code") in CODES and point.get("statement") != CLOSED:
        del said["code"]
    return said


@mysql.either_library
class Statement(mysql.Case):
    subject_name = "stmt"
    arguments = ()

    def each_execution_is_a_point(self, points, library):
        self.assertEqual(
            [(point["call"], point.get("statement"), result(point))
             for point in points if is_wanted(point)],
            [*types(library), *BOTH, *OWN[library], *ENDS])

    def each_point_knows_its_connection(self, points, library):
        gone = [point for point in points if point["call"] == EXECUTE][-1]
        for point in points[1:]:
            self.assertEqual("connection_id" in point, point is not gone)

    def each_credential_is_hidden(self, points, library):
        self.assertNotIn("my password", str(points))

    def each_time_is_accounted_for(self, points, library):
        for point in points:
            if "wait_us" in point and "outcome" not in point:
                self.assertAlmostEqual(
                    point["elapsed_us"], point["wait_us"] +
                    point["transfer_us"] + point["application_us"], places=2)


@mysql.either_library
class Hidden(mysql.Case):
    subject_name = "stmt"
    arguments = ()
    options = {**mysql.Case.options, "hide_args": "true"}

    def each_value_is_hidden(self, points, library):
        for point in points:
            self.assertNotIn("params", point)
            for value in ("another", "first and", "closed with", "of a query"):
                self.assertNotIn(value, str(point))


if __name__ == "__main__":
    mysql.main()
