#!/usr/bin/python3
"""Tracing shows in nothing that a program of libpq does: what it prints (with
each errno, the size of each result, each message), how it ends and what libpq
writes of its protocol are those of the untraced run.  So it is with and without
tracing, under the preload object and with the header, and whatever breaks.
"""
import os
import re
import subprocess
import sys

import pq_programs
from pq_programs import whole
import interference

KIND = sys.argv.pop(1)  # of libpq: the system's, or the unstable one
PLAIN = os.path.join(whole.BUILD, "tests", f"pq_subject_{KIND}_plain")
HEADER = os.path.join(whole.BUILD, "tests", f"pq_subject_{KIND}_header")
OBJECT = os.path.join(whole.BUILD, "lib", "osprof", "libosprof-preload-pq.so")
WAYS = {"preloaded": (PLAIN, {"LD_PRELOAD": OBJECT}), "included": (HEADER, {})}
# Asked as often as it takes.
ASKED_AGAIN = re.compile("select 1 from pg_stat_activity")
SIMPLE = {"PQexec", "PQsendQuery"}
ENDED = {None, "57P01", "57014"}


class Case(pq_programs.Case):
    options = {"enabled": "true", "exit_timeout": "20"}
    plain = None  # the untraced run, which all are compared with

    def setUp(self):
        super().setUp()
        if KIND == "unstable":
            self.env.pop("LD_LIBRARY_PATH", None)
        self.scenarios = subprocess.check_output(
            [PLAIN], env=self.env, text=True).split()
        if not Case.plain:
            Case.plain = self.play(PLAIN)
        self.assertEqual(self.plain.status, 3, self.plain.stderr)

    def play(self, program, env=None):
        return self.once([], [program, "wire", *self.scenarios],
                         env=env or {})

    def compare(self, way):
        program, env = WAYS[way]
        run = self.play(program, env)
        self.assertSame(run.stdout.split("\n"), self.plain.stdout.split("\n"))
        self.assertEqual(run.stderr, self.plain.stderr)
        self.assertEqual(run.status, self.plain.status)
        self.assertSame(*(one.files["wire"].decode(errors="replace")
                          .split("\n") for one in (run, self.plain)))

    def compare_all(self):
        for way in WAYS:
            with self.subTest(way=way):
                self.compare(way)


class Off(interference.Off, Case):
    pass


class On(interference.Hidden, Case):
    def ran(self, statement):
        """Without what failed before the server went to execute it."""
        error = statement.stop.get("etype")
        if ASKED_AGAIN.match(statement.text or "") or (
                statement.db.get("outcome") == "not run"):
            return False
        # libpq's own; but a COPY may begin and then be lost.
        if error == "PGRES_FATAL_ERROR" and "bytes" not in statement.db:
            return False
        if statement.call not in SIMPLE and error not in ENDED:
            return False
        return super().ran(statement)

    def logged(self):
        return {backend: kept for backend, kept in (
            (backend, [one for one in ran if not ASKED_AGAIN.match(one[0])])
            for backend, ran in super().logged().items()) if kept}

    def test_nothing_differs_and_all_is_told(self):
        for way in WAYS:
            with self.subTest(way=way):
                self.compare(way)
                self.base_id, = self.traces()
                self.assertToldWhatRan(100)
                os.unlink(self.path("state", "trace.jsonl"))


class Broken(interference.Broken, Case):
    pass


class Disks(Case):
    def test_a_disk_that_is_full(self):
        with whole.small_disk(self.path("state"), "size=64k"):
            whole.fill(self.path("state"))
            self.compare_all()


if __name__ == "__main__":
    pq_programs.main()
