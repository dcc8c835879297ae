"""Runs programs of either client library beside themselves under tracing,
against a server.

Each test file is run as: tests/servers/with SERVER FILE BUILD.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "pq"))
import pq  # noqa: E402
import whole  # noqa: E402

OBJECT = os.path.join(whole.BUILD, "lib", "osprof",
                      "libosprof-preload-mysql.so")
SERVER = os.environ["OSPROF_TEST_NAME"]

# The client libraries that a subject is built with, by what comes behind its
# name: <name>_<library>, and <name>_<library>_header with our header.
LIBRARIES = ("mariadb", "mariadb_newest", "mysql", "mysql_8")


class Case(pq.Case):
    def setUp(self):
        super().setUp()
        self.env.update((name, value) for name, value in os.environ.items()
                        if name.startswith(("MYSQL_", "LIBMYSQL_")))

    def subject(self, name, kind):
        path = os.path.join(whole.BUILD, "tests", "mysql_%s_%s" % (name, kind))
        if not os.path.exists(path):
            whole.cannot("%s was not built" % path)
        return path

    def preloaded(self, command, **options):
        return self.compared(command, command, {"LD_PRELOAD": OBJECT},
                             **options)

    def headed(self, name, library, *arguments):
        return self.compared(
            [self.subject(name, library), *arguments],
            [self.subject(name, library + "_header"), *arguments], {})


def each_library(*libraries):
    """Make of each method each_... a test of these libraries, both ways."""
    def make(method, library, header):
        def test(self):
            name = self.subject_name
            if header:
                points = self.headed(name, library, *self.arguments)
            else:
                points = self.preloaded(
                    [self.subject(name, library), *self.arguments])
            method(self, points, library)
        return test

    def add(cls):
        for name, method in list(vars(cls).items()):
            if not name.startswith("each_"):
                continue
            for library in libraries:
                test = "test_%s_of_%s" % (name[5:], library)
                setattr(cls, test, make(method, library, False))
                setattr(cls, test + "_with_the_header",
                        make(method, library, True))
        return cls
    return add


either_library = each_library(*LIBRARIES)


def by_connection(points):
    """Call, statement and the rest of each point, the connections one by one
    as they came."""
    lists = {}
    for point in points:
        said = pq.bare(point)
        said.pop("message", None)
        lists.setdefault(point.get("connection_id"), []).append(
            (point["call"], said.pop("statement", None), said))
    return list(lists.values())


main = whole.main
