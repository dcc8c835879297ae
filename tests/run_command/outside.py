"""What the tests of osprof run and osprof agent share."""
import contextlib
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "whole"))
import whole  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = os.path.join(whole.BUILD, "tests", "run_program")
# Long runs take more of what is random.
LONG = os.environ.get("OSPROF_TEST_LONG") == "1"


class Case(whole.Case):
    # Rings that a program cannot fill between two looks of the drain.
    options = {"ring_size": "16M"}

    def setUp(self):
        super().setUp()
        self.make("run/spool")

    def stored(self, name="db-start"):
        """(trace_id, base_id) of all points in storage, each there once."""
        path = self.path("state", "trace.db")
        if not os.path.exists(path):
            return []
        with contextlib.closing(sqlite3.connect(path)) as db:
            try:
                rows = db.execute("select trace_id, base_id from data"
                                  " where name = ?", (name,)).fetchall()
            except sqlite3.OperationalError:  # its table is being made
                return []
        self.assertEqual(len(rows), len(set(rows)), "doubles in storage")
        return rows

    def start(self, *arguments, **options):
        return subprocess.Popen(arguments, cwd=self.dir, env=self.env,
                                stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)

    def spool(self):
        """What lies in the spool folder."""
        return os.listdir(self.path("run", "spool"))
