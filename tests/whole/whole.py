"""Runs the two subjects and osprof(1), and makes what may go wrong around them.

Each test file is run as: file.py BUILD [unittest arguments].  It exits with 77
if something it needs is missing here; where CI is set that is a failure.
"""
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import nobody  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1))
PLAIN = os.path.join(BUILD, "tests", "subject_plain")
TRACED = os.path.join(BUILD, "tests", "subject_traced")
OSPROF = os.path.join(BUILD, "bin", "osprof")
PATIENCE = 20  # seconds; a test that waits longer has failed


def cannot(reason):
    """This machine cannot make what the test is about: say so."""
    if os.environ.get("CI"):
        raise AssertionError("in CI this has to be possible: " + reason)
    raise unittest.SkipTest(reason)


def need_root():
    if os.geteuid() != 0:
        cannot("only root can become another user and mount")


def until(condition, what):
    """Ask again and again; never for longer than PATIENCE."""
    end = time.monotonic() + PATIENCE
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError("waited in vain: " + what)
        time.sleep(0.01)


@contextlib.contextmanager
def small_disk(folder, options):
    """A file system of its own at `folder`."""
    need_root()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs",
                           folder], stderr=subprocess.PIPE, text=True)
    if done.returncode:
        cannot("cannot mount a small tmpfs: " + done.stderr.strip())
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    """Use up what is left of the disk at `folder`."""
    with open(os.path.join(folder, "filler"), "wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size):
                    pass


def dropped(counters):
    return sum(n for name, n in counters.items() if name.startswith("dropped"))


class Serving:
    """A subject that does what it is told, line by line."""

    def __init__(self, program, env, **options):
        self.process = subprocess.Popen(
            [program, "serve"], env=env, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
            **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout,
                     self.process.stderr):
            pipe.close()
        self.process.wait()

    def ask(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            got = self.process.stdout.read(4096)
            if not got:
                raise AssertionError("the subject is gone: " +
                                     self.process.stderr.read().decode())
            answer += got
        return answer.decode().rstrip("\n")

    def counters(self):
        return json.loads(self.ask("counters"))

    def end(self):
        """Let it end by itself; what it said on stderr."""
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE)
        return self.process.returncode, self.process.stderr.read().decode()


class Case(unittest.TestCase):
    maxDiff = None
    storage = "sqlite://{dir}/state/trace.db"
    options = {}

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="osprof-whole-")
        self.addCleanup(folder.cleanup)
        self.dir = folder.name
        os.chmod(self.dir, 0o755)
        self.store = self.storage.format(dir=self.dir)
        self.env = {"PATH": os.environ["PATH"], "HOME": self.dir,
                    "XDG_STATE_HOME": self.path("state"),
                    "XDG_RUNTIME_DIR": self.path("run"),
                    "OSPROF_CONFIG": self.path("osprof.ini")}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.make("run", "state", "work")
        self.configure()

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def make(self, *names):
        for name in names:
            os.mkdir(self.path(name), 0o700)

    def give_away(self, *names):
        """Let nobody, in whose name the subject runs, own these."""
        need_root()
        for name in names:
            for folder, _, files in os.walk(self.path(name)):
                for file in files:
                    os.chown(os.path.join(folder, file), nobody.ID,
                             nobody.ID)
                os.chown(folder, nobody.ID, nobody.ID)

    def configure(self, **changes):
        """Write osprof.ini, at once as a whole."""
        options = {"enabled": "true", "trace_sql": "true",
                   "connection_string": self.store,
                   "spool_dir": self.path("run", "spool"),
                   "exit_timeout": "0.2", **self.options, **changes}
        self.write_ini("[profiler]\n" + "".join(
            "%s = %s\n" % option for option in options.items()))

    def write_ini(self, text):
        with open(self.path("osprof.ini.new"), "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(file.name, self.path("osprof.ini"))

    def work(self, program, env=None, **options):
        """Run the work in a fresh folder; status, stdout and stderr."""
        folder = self.path("work")
        shutil.rmtree(folder)
        self.make("work")
        if "preexec_fn" in options:
            self.give_away("work")
        env = dict(env or self.env)
        # In a forked child the leak checker waits for its parent's threads.
        env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        done = subprocess.run([program, "work", folder], cwd=self.dir,
                              env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True,
                              timeout=60, **options)
        return done.returncode, done.stdout, done.stderr

    def work_counted(self, program=TRACED, **options):
        """The same, and the counters of its processes."""
        path = self.path("counters")
        with open(path, "w", encoding="utf-8"):
            os.chmod(path, 0o666)
        env = {**self.env, "OSPROF_TEST_COUNTERS": path}
        result = self.work(program, env, **options)
        with open(path, encoding="utf-8") as file:
            counters = [json.loads(line) for line in file]
        self.assertEqual(len(counters), 2, "of parent and child")
        for counted in counters:
            self.assertCounted(counted)
        return result, counters

    def assertCounted(self, counters):
        self.assertEqual(counters["called"],
                         counters["written"] + dropped(counters), counters)

    def osprof(self, *arguments, status=0, program=OSPROF, **options):
        done = subprocess.run([program, *arguments], cwd=self.dir,
                              env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True,
                              timeout=60, **options)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout

    def traces(self):
        """The ids of the traces in storage."""
        listed = self.osprof("trace", "list", "--json",
                             "--connection-string", self.store)
        return [trace["base_id"] for trace in json.loads(listed)]

    def report(self, base_id):
        return json.loads(self.osprof("trace", "show", "--json", base_id,
                                      "--connection-string", self.store))


def points(report):
    """All points below a report, outermost first."""
    for child in report["children"]:
        yield child["info"]
        yield from points(child)


def payload(info, end):
    """What a point's start or stop told: raw_payload of db-start ..."""
    return info.get("meta.raw_payload.%s-%s" % (info["name"], end))


def main():
    result = unittest.main(exit=False, verbosity=2).result
    for test, reason in result.skipped:
        print("SKIPPED %s: %s" % (test, reason))
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if result.skipped else 0)
