#!/usr/bin/python3
"""A file that the library reads for the server is one point with what the
server says of it, and nothing of the file.  The program's own functions, which
may read it, are the program: what they run is traced too.
"""
import mysql

LOAD = "load data local infile 'rows' into table t"
TWO_ROWS = {"changes": 2,
            "result_info": "Records: 2  Deleted: 0  Skipped: 0  Warnings: 0"}


@mysql.either_library
class Load(mysql.Case):
    subject_name = "load"
    arguments = ()

    def each_file_is_one_point(self, points, library):
        loads = [mysql.pq.bare(point) for point in points
                 if point.get("statement") == LOAD]
        for load in loads:
            del load["statement"]
        self.assertEqual(loads[:2], [TWO_ROWS, TWO_ROWS])
        self.assertEqual(loads[2:], [{"outcome": "never"}])
        self.assertNotIn("SECRET", str(points))

    def each_file_that_is_missing_is_an_error(self, points, library):
        missing, = [point for point in points
                    if "'nowhere'" in point.get("statement", "")]
        self.assertEqual(missing["code"], 2)

    def each_statement_of_the_reader_is_a_point(self, points, library):
        inserts = [point for point in points
                   if "progress values" in point.get("statement", "")]
        self.assertEqual([point["changes"] for point in inserts], [1, 1])


if __name__ == "__main__":
    mysql.main()
