#!/usr/bin/python3
"""A program that is killed under osprof run loses nothing of its trace.

It prints a line after each statement; wherever it was killed, the statements
that it told of are in the trace, with their ends, and at most one more.
"""
import os
import random
import subprocess
import tempfile

import programs
from processes_test import ACTOR, ASK
from programs import whole

TIMES = 300 if programs.LONG else 30


class Killed(programs.Case):
    def setUp(self):
        super().setUp()
        self.env["XDG_STATE_HOME"] = self.path("state")
        self.trace = self.path("state", "trace.jsonl")

    def run_and_kill(self, lines):
        """Kill it once it told of so many; the numbers that it told of."""
        with tempfile.TemporaryFile() as said:
            run = subprocess.Popen(
                [whole.OSPROF, "run", "--", ACTOR, "hammer"],
                env=self.env, cwd=self.path("work"),
                stdout=subprocess.PIPE, stderr=said)
            with run.stdout:
                pid = int(run.stdout.readline())
                told = [run.stdout.readline() for _ in range(lines)]
                os.kill(pid, 9)
                told += run.stdout.readlines()
            self.assertEqual(run.wait(whole.PATIENCE), 128 + 9)
            said.seek(0)
            self.assertRegex(said.read().decode(), programs.FAREWELL)
        return len([line for line in told if line.endswith(b"\n")])

    def stored(self):
        """The numbers asked, and those whose statement ended."""
        started, ended = {}, set()
        for message in programs.stored_lines(self.trace):
            info = message["info"]
            if message["name"] == "db-start" and (
                    info["db"].get("statement") == ASK):
                started[message["trace_id"]] = info["db"]["params"][0]
            elif message["name"] == "db-stop":
                ended.add(message["trace_id"])
        return (sorted(started.values()),
                sorted(n for id_, n in started.items() if id_ in ended))

    def test_at_random_moments(self):
        chance = random.Random(4)
        for time in range(TIMES):
            with self.subTest(time=time):
                told = self.run_and_kill(int(10 ** chance.uniform(0, 3.5)))
                started, ended = self.stored()
                self.assertEqual(started, list(range(len(started))))
                self.assertEqual(ended[:told], list(range(told)))
                self.assertLessEqual(len(started), told + 1)
                self.assertGreaterEqual(len(ended), len(started) - 1)
                os.unlink(self.trace)
                self.assertEqual(os.listdir(self.path("run", "spool")), [])


if __name__ == "__main__":
    programs.main()
