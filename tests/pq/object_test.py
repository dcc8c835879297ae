#!/usr/bin/python3
"""Large objects and PQfn(): each call of the program's is one point, whatever
libpq makes of it, and nothing of the data is in it.
"""
import pq

FAILED = "PGRES_FATAL_ERROR"
THE = "large object 77777"
OBJECTS = [
    ("lo_unlink", THE, {"etype": FAILED,
                        "message": "ERROR:  large object 77777 does not "
                                   "exist"}),
    ("lo_create", THE, {}),
    ("lo_open", THE, {}),
    ("lo_write", "fd 0", {"bytes": 14}),
    ("lo_lseek", "fd 0", {}),
    ("lo_read", "fd 0", {"bytes": 6}),
    ("lo_tell", "fd 0", {}),
    ("lo_lseek64", "fd 0", {}),
    ("lo_tell64", "fd 0", {}),
    ("lo_truncate", "fd 0", {}),
    ("lo_truncate64", "fd 0", {}),
    ("lo_close", "fd 0", {}),
    ("lo_export", THE, {}),
    ("lo_unlink", THE, {}),
    ("lo_import_with_oid", THE, {}),
    ("lo_import", "large object", {}),
    ("lo_creat", "large object", {}),
    ("lo_read", "fd 42", {"etype": FAILED,
                          "message": "ERROR:  invalid large-object "
                                     "descriptor: 42"}),
    ("lo_import", "large object",
     {"etype": FAILED, "message": 'could not open file "/nowhere/at/all": '
                                  "No such file or directory"}),
    ("lo_open", THE, {"etype": FAILED,
                      "message": "connection pointer is NULL"}),
    ("lo_open", THE, {"etype": FAILED, "message": "connection in wrong "
                                                  "state"}),
    ("PQfn", "function 177 (2 arguments)",
     {"status": "PGRES_COMMAND_OK", "bytes": 12}),
    ("PQfn", "function 1 (0 arguments)",
     {"status": FAILED, "etype": "42883",
      "message": "function with OID 1 does not exist"}),
    ("lo_open", THE, {"etype": FAILED,
                      "message": "PQfn not allowed in pipeline mode"}),
]


class Objects(pq.Case):
    def check(self, points):
        said = [(point.pop("call"), point.pop("target"), pq.bare(point))
                for point in points if "target" in point]
        self.assertEqual(said, OBJECTS)

    def test_an_unmodified_program_uses_objects(self):
        self.check(self.preloaded([self.subject("object", "plain"), "trace"]))

    def test_a_program_with_the_header_uses_objects(self):
        self.check(self.headed("object", "trace"))

    def test_an_unmodified_program_uses_objects_with_the_newest_libpq(self):
        self.check(self.preloaded([self.subject("object", "newest"),
                                   "trace"]))


if __name__ == "__main__":
    pq.main()
