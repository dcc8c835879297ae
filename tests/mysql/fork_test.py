#!/usr/bin/python3
"""A program that forks while statements are open: each of them ends once, in
the parent, and what a child does by itself is a point like any other.
"""
import mysql

CONNECT = ("mysql_real_connect", None, {})
QUERY = "mysql_query"


@mysql.either_library
class Fork(mysql.Case):
    subject_name = "fork"
    arguments = ()

    def each_statement_ends_once(self, points, library):
        self.assertEqual(mysql.by_connection(points), [
            [CONNECT, (QUERY, "select 'open'", {"rows": 1})],
            [CONNECT,
             (QUERY, "select 1 union select 2 union select 3", {"rows": 3})],
            [CONNECT, (QUERY, "select 'left unread'",
                       {"outcome": "connection closed"})],
            [CONNECT, (QUERY, "do 'of the child'", {"changes": 0})]])

    def each_child_has_its_parents_trace(self, points, library):
        self.assertEqual(len(self.traces), 1)


if __name__ == "__main__":
    mysql.main()
