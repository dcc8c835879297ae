#!/usr/bin/python3
"""Tracing shows in nothing that a program of either client library does: what
it prints (with each error number and message), how it ends and what it sends
are those of the untraced run.  So it is with and without tracing, under the
preload object and with the header, and whatever breaks.

The programs are those of tests/mysql, which use the library in every way.
"""
import glob
import os
import re

import mysql_programs
from mysql_programs import whole
import interference

OBJECT = os.path.join(whole.BUILD, "lib", "osprof",
                      "libosprof-preload-mysql.so")
BUILT = os.path.join(whole.BUILD, "tests")
# Numbers of connections differ from run to run.
KILLED = re.compile(rb"(?i)kill \d+")
# Whether these come through depends on when a killed connection is closed.
UNSURE = re.compile(rb"(?i)(\x00\x01)?select '(lost|gone)'")


# Programs that are for the one server alone, or ask for input.
OTHERS = re.compile("_hide_|_async_" if mysql_programs.SERVER == "mysql" else
                    "_hide_")


def programs_plain():
    """Those that have a twin with the header."""
    found = [path for path in glob.glob(
        os.path.join(BUILT, "mysql_*_*_header")) if not OTHERS.search(path)]
    if not found:
        whole.cannot("build tests/mysql")
    return sorted(path[:-len("_header")] for path in found)


class Case(mysql_programs.Case):
    options = {"enabled": "true", "exit_timeout": "20"}

    def play(self, program, env):
        run = self.once([], [program], env=env)
        run.sent = [[(kind, self.without_thread(what)) for kind, what in sent
                     if not self.unsure(kind, what)] for sent in run.sent]
        return run

    @staticmethod
    def unsure(kind, what):
        return kind == "QUIT" or kind == "QUERY" and UNSURE.fullmatch(what)

    @staticmethod
    def without_thread(what):
        return (KILLED.sub(b"kill #", what) if isinstance(what, bytes) else
                what)

    def compare_all(self):
        for program in programs_plain():
            plain = self.play(program,
                              {"OSPROF_CONFIG": "/nonexistent"})
            self.assertGreaterEqual(plain.status, 0)
            self.assertTrue(any(plain.sent), program)
            for way, path, env in (
                    ("preloaded", program, {"LD_PRELOAD": OBJECT}),
                    ("included", program + "_header", {})):
                with self.subTest(program=os.path.basename(program), way=way):
                    run = self.play(path, env)
                    self.assertSame(run.stdout.split("\n"),
                                    plain.stdout.split("\n"))
                    self.assertEqual(run.stderr, plain.stderr)
                    self.assertEqual(run.status, plain.status)
                    self.assertEqual(len(run.sent), len(plain.sent))
                    for ours, theirs in zip(run.sent, plain.sent):
                        self.assertSame(ours, theirs)


class Off(interference.Off, Case):
    pass


class On(interference.Hidden, Case):
    def test_nothing_differs(self):
        self.compare_all()
        self.assertNotEqual(os.listdir(self.path("state")), [])


class Broken(interference.Broken, Case):
    pass


if __name__ == "__main__":
    mysql_programs.main()
