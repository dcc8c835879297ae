"""Runs a real program twice, by itself and under osprof run, and compares.

Both runs have the same folder, under the same name, the same input and the
same environment.  What they print, how they end and the files that they leave
must not differ; the lines that osprof run itself adds to stderr are taken off
first.  Each test file is run as tests/whole's are.
"""
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "whole"))
import whole  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.path.join(whole.BUILD, "tests")
LONG = os.environ.get("OSPROF_TEST_LONG") == "1"
# What osprof run says in the end.
FAREWELL = re.compile(
    r"(?P<daemon>osprof: a daemon lives on; [^\n]*\n)?"
    r"(?P<empty>osprof: the trace is empty: [^\n]*\n)?"
    r"Trace ID: (?P<id>[0-9a-f-]{36})\nDisplay trace with command:\n"
    r"osprof trace show [^\n]*\n\Z")


def find(name, package):
    """The program's path, outside of folders that shims live in."""
    path = shutil.which(name, path="/usr/bin:/bin:/usr/local/bin")
    if not path:
        whole.cannot("%s is missing: install %s" % (name, package))
    return path


class Run:
    """What a run printed, how it ended, what it left."""

    def __init__(self, done, folder):
        self.status = done.returncode
        self.stdout = done.stdout.decode(errors="replace")
        self.stderr = done.stderr.decode(errors="replace")
        self.files = {}
        for place, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(place, name)
                with open(path, "rb") as file:
                    self.files[os.path.relpath(path, folder)] = file.read()


class Case(whole.Case):
    storage = "file://{dir}/state/trace.jsonl"
    options = {"enabled": "false"}  # osprof run traces all the same
    volatile = ()  # files with bytes that no two runs share

    def once(self, prefix, argv, files=(), **options):
        folder = self.path("work")
        shutil.rmtree(folder)
        self.make("work")
        for name, text in dict(files).items():
            with open(self.path("work", name), "w", encoding="utf-8") as file:
                file.write(text)
        options.setdefault("stdin", subprocess.DEVNULL)
        if "input" in options:
            del options["stdin"]
        env = {**self.env, "LC_ALL": "C.UTF-8", **options.pop("env", {})}
        done = subprocess.run([*prefix, *argv], cwd=folder, env=env,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=120, check=False, **options)
        return Run(done, folder)

    def traced(self, *argv, empty=False, **options):
        """A run under osprof run, without what it adds."""
        run = self.once([whole.OSPROF, "run", "--"], argv, **options)
        self.assertRegex(run.stderr, FAREWELL)
        farewell = FAREWELL.search(run.stderr)
        self.assertEqual(farewell["empty"] is not None, empty, run.stderr)
        self.base_id = farewell["id"]
        run.stderr = FAREWELL.sub("", run.stderr)
        return run

    def compared(self, *argv, **options):
        """Run it by itself and traced; the same comes out, which is given."""
        plain = self.once([], argv, **options)
        traced = self.traced(*argv, **options)
        self.assertEqual(traced.stdout, plain.stdout)
        self.assertEqual(traced.stderr, plain.stderr)
        self.assertEqual(traced.status, plain.status)
        self.assertEqual(sorted(traced.files), sorted(plain.files))
        for name, content in plain.files.items():
            if name not in self.volatile:
                self.assertEqual(traced.files[name], content, name)
        return plain

    def statements(self):
        """The trace's database points in their order, as Statement."""
        report = self.report(self.base_id)
        found = [Statement(info) for info in whole.points(report)
                 if info["name"] == "db"]
        return sorted(found, key=lambda statement: statement.started)

    def texts(self):
        return [s.text for s in self.statements() if s.text is not None]

    def assertRuns(self, wanted):
        """`wanted`, (text, parameters) or texts, were run in this order."""
        left = iter(self.statements())
        for item in wanted:
            text, params = item if isinstance(item, tuple) else (item, None)
            for statement in left:
                if statement.text == text and (
                        params is None or statement.params == params):
                    break
            else:
                self.fail("not in the trace, or not there: %r\n%s" % (
                    item, "\n".join("%s %s" % (s.text, s.params)
                                    for s in self.statements())))

    def assertRunsOften(self, counts):
        """Texts with how often each was run, no more and no less."""
        texts = self.texts()
        self.assertEqual({text: texts.count(text) for text in counts}, counts)

    def assertAllEnded(self):
        self.assertEqual([s.text for s in self.statements() if not s.ended],
                         [])


class Statement:
    def __init__(self, info):
        start = whole.payload(info, "start")
        stop = whole.payload(info, "stop")
        db = start["info"].get("db", {})
        self.started = start["timestamp"]
        self.call = db.get("call")
        self.text = db.get("statement")
        self.params = db.get("params")
        self.ended = stop is not None
        self.stop = stop["info"] if stop else {}
        self.db = self.stop.get("db", {})
        self.rows = self.db.get("rows")
        self.changes = self.db.get("changes")
        self.error = self.stop.get("message")
        self.backend = db.get("connection_id")


def stored_lines(path):
    """The messages of a file:// storage."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


main = whole.main
