"""Runs programs of libpq beside themselves under tracing, against a server.

Each test file is run as: tests/servers/with SERVER FILE BUILD.
"""
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "whole"))
import whole  # noqa: E402

OBJECT = os.path.join(whole.BUILD, "lib", "osprof", "libosprof-preload-pq.so")
# What points say beside the call and its outcome.
BESIDE = ("system", "connection_id", "port", "host", "database", "user",
          "server_version", "schema", "call", "caller", "transaction", "note")


def bare(point):
    """A point without times and without who is connected."""
    return {name: value for name, value in point.items()
            if name not in BESIDE and not name.endswith("_us")}


def said(points):
    """Statement, status and the rest, of the points that have one."""
    return [(point.pop("statement"), point.pop("status", None), bare(point))
            for point in points if "statement" in point]


class Case(whole.Case):
    storage = "file://{dir}/state/out"
    options = {"exit_timeout": "20"}

    def setUp(self):
        super().setUp()
        self.env.update((name, value) for name, value in os.environ.items()
                        if name.startswith(("PG", "OSPROF_TEST_")))

    def subject(self, name, kind):
        """<name>_subject.c as built: plain, header, newest libpq."""
        path = os.path.join(whole.BUILD, "tests", "pq_%s_%s" % (name, kind))
        if not os.path.exists(path):
            whole.cannot("%s was not built" % path)
        return path

    def run_one(self, command, env, stdin):
        """In a folder of its own: status, output, the files it left."""
        self.runs = getattr(self, "runs", 0) + 1
        folder = self.path("run%d" % self.runs)
        os.mkdir(folder)
        done = subprocess.run(command, cwd=folder, env=env, input=stdin,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=240)
        files = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                files[name] = file.read()
        return done.returncode, done.stdout, done.stderr, files

    @staticmethod
    def without_times(done):
        """For programs that tell how long they took."""
        status, out, err, files = done
        err = re.sub(rb"[0-9]+ of [0-9]+ tuples.*\n", b"", err)
        return status, out, re.sub(rb"[0-9.]+ s\b", b"some s", err), files

    def compared(self, plain, ours, ours_env, stdin=b"", same=lambda run: run):
        """The points of `ours`, which otherwise does what `plain` does."""
        expected = self.run_one(
            plain, {**self.env, "OSPROF_CONFIG": "/nonexistent"}, stdin)
        self.status, self.out, self.err, self.files = expected
        self.assertEqual(
            same(self.run_one(ours, {**self.env, **ours_env}, stdin)),
            same(expected))
        return self.points()

    def preloaded(self, command, **options):
        return self.compared(command, command, {"LD_PRELOAD": OBJECT},
                             **options)

    def headed(self, name, *arguments):
        return self.compared([self.subject(name, "plain"), *arguments],
                             [self.subject(name, "header"), *arguments], {})

    def points(self):
        """Of each point what start and stop say of it, as one."""
        starts, stops = [], {}
        with open(self.path("state", "out"), encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["name"].endswith("-start"):
                    starts.append(record)
                else:
                    self.assertNotIn(record["trace_id"], stops)
                    stops[record["trace_id"]] = record["info"]
        os.unlink(self.path("state", "out"))
        self.traces = {start["base_id"] for start in starts}
        self.parents = {start["parent_id"] for start in starts}
        starts.sort(key=lambda start: start["timestamp"])
        return [self.point(start["info"], stops.get(start["trace_id"]))
                for start in starts]

    @staticmethod
    def point(start, stop):
        stop = stop or {"db": {"outcome": "never"}}
        return {**start["db"], **stop["db"],
                **{name: stop[name] for name in ("etype", "message")
                   if name in stop}}


main = whole.main
