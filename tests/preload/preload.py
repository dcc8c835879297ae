"""Runs programs under LD_PRELOAD, beside themselves without it."""
import collections
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "whole"))
import whole  # noqa: E402

OBJECT = os.path.join(whole.BUILD, "lib", "osprof",
                      "libosprof-preload-sqlite.so")
HERE = os.path.join(whole.BUILD, "tests", "preload")
PYTHON = "/usr/bin/python3"

Done = collections.namedtuple("Done", "status out err files")


class Case(whole.Case):
    storage = "file://{dir}/state/out"
    options = {"exit_timeout": "20"}

    def run_one(self, command, folder, env, stdin):
        """Run the command in a folder of its own."""
        self.make(folder)
        done = subprocess.run(command, cwd=self.path(folder), env=env,
                              input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=240)
        files = {}
        for name in os.listdir(self.path(folder)):
            with open(self.path(folder, name), "rb") as file:
                files[name] = file.read()
        return Done(done.returncode, done.stdout, done.stderr, files)

    def preloaded(self, env=None):
        return {**(env or self.env), "LD_PRELOAD": OBJECT}

    def traced(self, command, stdin=b"", env=None):
        """Run it with and without; they do not differ.  The points, in the
        order of their starts: (call, statement, what the stop says)."""
        runs = getattr(self, "runs", 0)
        self.runs = runs + 1
        plain = self.run_one(command, "plain%d" % runs, env or self.env,
                             stdin)
        ours = self.run_one(command, "ours%d" % runs, self.preloaded(env),
                            stdin)
        self.assertEqual(ours, plain)
        self.status, self.out = ours.status, ours.out
        self.err = ours.err
        return self.points()

    def points(self):
        starts, stops = [], {}
        path = self.path("state", "out")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["name"].endswith("-start"):
                    starts.append(record)
                else:
                    stops[record["trace_id"]] = record["info"]
        os.unlink(path)
        return [(start["info"]["db"].get("call"),
                 start["info"]["db"].get("statement"),
                 stops.get(start["trace_id"]))
                for start in sorted(starts, key=lambda s: s["timestamp"])]

    def statements(self, points):
        return [statement for _, statement, _ in points]


main = whole.main
