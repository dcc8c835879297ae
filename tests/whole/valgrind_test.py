#!/usr/bin/python3
"""valgrind finds nothing in a traced program with its drain, nor in
osprof's commands: no invalid access, no leak.
"""
import os
import shutil
import subprocess

import whole

# A child that leaves by exit() keeps what SQLite had for its parent's open
# connections, by pointers into the middle: possibly lost, and not by us.
VALGRIND = ["valgrind", "--error-exitcode=99", "--leak-check=full", "-q",
            "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"]


class Valgrind(whole.Case):
    def setUp(self):
        if not shutil.which("valgrind"):
            whole.cannot("valgrind is not installed")
        super().setUp()

    def clean(self, *command, status=0, **options):
        done = subprocess.run([*VALGRIND, *command], cwd=self.dir,
                              env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=200,
                              **options)
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        return done.stdout

    def test_a_traced_program_and_its_forked_child(self):
        self.configure(exit_timeout="20")
        self.clean(whole.TRACED, "work", self.path("work"), status=3)
        self.assertEqual(len(self.traces()), 1)

    def test_a_traced_program_whose_storage_is_down(self):
        os.rmdir(self.path("state"))
        with open(self.path("state"), "w", encoding="utf-8"):
            pass
        self.clean(whole.TRACED, "work", self.path("work"), status=3)

    def test_a_program_with_tracing_off(self):
        self.configure(trace_sql="false")
        self.clean(whole.TRACED, "work", self.path("work"), status=3)

    def test_commands(self):
        self.assertEqual(self.work(whole.TRACED)[0], 3)
        base_id, = self.traces()
        storage = ("--connection-string", self.store)
        for command in (["trace", "list"], ["trace", "list", "--json"],
                        ["trace", "show", base_id],
                        ["trace", "show", "--json", base_id]):
            self.assertTrue(self.clean(whole.OSPROF, *command, *storage))
        self.assertTrue(self.clean(whole.OSPROF, "doctor"))
        self.assertTrue(self.clean(whole.OSPROF, "recover"))


if __name__ == "__main__":
    whole.main()
