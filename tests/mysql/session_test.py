#!/usr/bin/python3
"""What a session is like counts for its points: how the server reads a text,
which transaction it is in, whether the connection was lost or made anew.  With
hide_args no value is in the storage or in the spool, whatever the server reads
as one.
"""
import os

import mysql

TRANSACTIONS = [(5, "COMMIT"), (2, "ROLLBACK"), (2, None), (2, "ROLLBACK"),
                (2, "implicit commit"), (2, "COMMIT"), (2, "implicit commit"),
                (3, "COMMIT"), (3, "COMMIT"), (1, "connection lost")]
READ = [
    "select ?, ?",
    "set sql_mode = ?",
    "select ?, ?",
    "set sql_mode = ?",
    None,  # a name in double quotes, where the library tells that it is one
    "set sql_mode = ?",
    "set names gbk",
    "select ?, ?",
    "set names utf8mb4",
    "select * from nowhere where SECRET = ?",
    "insert into u values (?)",
    "insert into u values (?)",
]


REFUSED = 3  # points at the end are of connects that fail


@mysql.either_library
class Session(mysql.Case):
    subject_name = "session"
    arguments = ()
    options = {**mysql.Case.options, "hide_args": "true",
               "trace_transactions": "true"}

    def each_text_is_read_as_the_server_does(self, points, library):
        statements = [point["statement"] for point in points
                      if "statement" in point]
        at = statements.index(READ[0])
        for expected, said in zip(READ, statements[at:]):
            self.assertEqual(said, expected or said)
        self.assertNotIn("SECRET", str(points).replace(READ[9], ""))

    def each_hidden_value_is_nowhere(self, points, library):
        for folder, _, files in os.walk(self.path("state")):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(b"SECRET", file.read().replace(
                        READ[9].encode(), b""))

    def each_transaction_is_a_point(self, points, library):
        self.assertEqual(
            [(point["statements"], point.get("outcome"))
             for point in points if point["call"] == "transaction"],
            TRANSACTIONS)

    def each_loss_is_told(self, points, library):
        said = [(point["code"], point["etype"]) for point in points[:-REFUSED]
                if point.get("statement") == "select ?" and
                point.get("code", 0) >= 2000]
        self.assertEqual(len(said), 2)
        self.assertLessEqual({code for code, _ in said}, {2006, 2013})

    def each_refusal_ends_no_rows(self, points, library):
        rows, = [point for point in points if "of rows" in str(point) or
                 point.get("statement") == "select ? union select ?"]
        self.assertEqual(rows["rows"], 2)
        self.assertNotIn("outcome", rows)
        self.assertNotIn("code", rows)

    def each_connection_goes_on_if_not_made_again(self, points, library):
        at = [point.get("code") for point in points].index(2058)
        self.assertEqual(points[at + 1]["statement"], "do ?")
        if library.startswith("mariadb"):
            self.assertEqual(points[at + 1]["database"],
                             os.environ["OSPROF_TEST_DATABASE"])
            self.assertNotIn("code", points[at + 1])

    def each_new_connection_of_the_library_is_told(self, points, library):
        anew = [point for point in points if "note" in point]
        self.assertEqual([point["call"] for point in anew], ["mysql_query"])
        self.assertEqual(anew[0]["rows"], 1)
        self.assertIn("connected anew", anew[0]["note"])
        before = [point["connection_id"] for point in points
                  if point["call"] == "mysql_real_connect" and
                  "code" not in point]
        self.assertNotIn(anew[0]["connection_id"], before)

    def each_refusal_is_told(self, points, library):
        first, beyond, second = points[-REFUSED:]
        self.assertEqual((first["code"], first["etype"]), (1045, "28000"))
        self.assertEqual(beyond["statement"], "select ?")
        # libmysqlclient 8.0 says again why there is no connection.
        self.assertIn(beyond["code"], (1045, 2006, 2013))
        self.assertEqual((first["user"], first["database"]), ("nobody", "?"))
        self.assertEqual(second["host"], "?")
        self.assertNotIn("password", str(second))


if __name__ == "__main__":
    mysql.main()
