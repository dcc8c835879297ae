#!/usr/bin/python3
"""The whole way of a statement: from a traced program through the drain and
storage into a report, and the real osprofiler reads the same from it.
"""
import os
import re
import subprocess
import sys

import whole

# The real command, with its SQL driver told that it may take SQLite: its own
# table of schemes leaves that out.
REAL = """
import logging, sys
from osprofiler.drivers import base, sqlalchemy_driver
from osprofiler.cmd import shell
base.get_driver = lambda string, *args, **kwargs: \\
    sqlalchemy_driver.SQLAlchemyDriver(string, *args, **kwargs)
logging.disable(logging.CRITICAL)
sys.exit(shell.main())
"""
OURS = re.compile(r',\n *"(?:started|finished|last_trace_started|duration)'
                  r'_us": -?\d+')


def real_osprofiler(*arguments):
    done = subprocess.run([sys.executable, "-c", REAL, *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=60)
    if "No module named" in done.stderr:
        whole.cannot("python3-osprofiler is not installed")
    return done.stdout, done.stderr


class Trip(whole.Case):
    def setUp(self):
        super().setUp()
        status, _, said = self.work(whole.TRACED)
        self.assertEqual((status, said), (3, ""))
        self.base_id, = self.traces()

    def all_points(self):
        return list(whole.points(self.report(self.base_id)))

    def statements(self):
        return sorted(
            whole.payload(info, "start")["info"]["db"].get("statement", "")
            for info in self.all_points())

    def started(self, call):
        """What the points of this call told at their start and stop."""
        return [(whole.payload(info, "start")["info"],
                 whole.payload(info, "stop")["info"])
                for info in self.all_points()
                if whole.payload(info, "start")["info"]["db"]["call"] == call]

    def test_the_real_osprofiler_shows_the_same_report(self):
        ours = self.osprof("trace", "show", "--json", self.base_id,
                           "--connection-string", self.store)
        theirs, said = real_osprofiler(
            "trace", "show", "--json", self.base_id, "--connection-string",
            "sqlite:///" + self.path("state", "trace.db"))
        self.assertTrue(theirs, said)
        self.assertEqual(OURS.sub("", ours), theirs)

    def test_the_real_osprofiler_lists_it(self):
        theirs, said = real_osprofiler(
            "trace", "list", "--connection-string",
            "sqlite:///" + self.path("state", "trace.db"))
        self.assertIn(self.base_id, theirs, said)

    def test_every_call_is_one_point_and_ends(self):
        # Two opens, one of them in vain; the run that stops at its fourth
        # row is one point, as are four executions of one statement.
        calls = [whole.payload(info, "start")["info"]["db"]["call"]
                 for info in self.all_points()
                 if whole.payload(info, "stop")]
        self.assertEqual(calls.count("sqlite3_exec"), 6 + 2 + 2)
        self.assertEqual(calls.count("sqlite3_step"), 4 + 1)
        self.assertEqual(calls.count("sqlite3_get_table"), 1)
        self.assertEqual(len(calls), len(self.all_points()))

    def test_parameters_are_there_by_index_and_name(self):
        inserts = [start["db"]["params"]
                   for start, _ in self.started("sqlite3_step")
                   if start["db"]["statement"].startswith("insert")]
        self.assertEqual(inserts, [
            {"?1": id, ":name": name, "?3": id / 3.0,
             "?4": {"blob": "000102", "length": 3}}
            for id, name in [(2, "rice"), (3, "rice"), (4, "tea"),
                             (5, "rice")]])

    def test_rows_and_changes_are_there(self):
        query = [stop["db"] for start, stop in self.started("sqlite3_step")
                 if start["db"]["statement"].startswith("select id, name")]
        self.assertEqual([db["rows"] for db in query], [3])
        _, second = self.started("sqlite3_exec")[1]
        self.assertEqual(second["db"]["changes"], 2)

    def test_errors_have_code_name_and_message(self):
        failed = [(stop["db"]["code"], stop["etype"], stop["message"])
                  for _, stop in self.started("sqlite3_exec")
                  if "code" in stop["db"]]
        self.assertIn((2067, "SQLITE_CONSTRAINT_UNIQUE",
                       "UNIQUE constraint failed: item.name"), failed)
        self.assertIn((1, "SQLITE_ERROR", 'near "selec": syntax error'),
                      failed)
        self.assertIn((4, "SQLITE_ABORT", "query aborted"), failed)

    def test_the_callers_line_is_named(self):
        shown = self.osprof("trace", "show", self.base_id,
                            "--connection-string", self.store)
        if "subject.c" not in shown:
            whole.cannot("libdw was missing when osprof was built")
        with open(os.path.join(os.path.dirname(__file__), "subject.c"),
                  encoding="utf-8") as file:
            lines = file.read().split("\n")
        named = set(map(int, re.findall(r"subject\.c:(\d+)", shown)))
        self.assertTrue(named)
        text = ["".join(lines[n - 2:n + 4]) for n in named]
        self.assertTrue(all("sqlite3_" in part for part in text), text)

    def test_a_file_holds_the_same(self):
        first = self.statements()
        self.store = "file://" + self.path("state", "trace.jsonl")
        self.configure()
        self.assertEqual(self.work(whole.TRACED)[0], 3)
        self.base_id, = self.traces()
        self.assertEqual(first, self.statements())


if __name__ == "__main__":
    whole.main()
