#!/usr/bin/python3
"""A server of a test's own answers, is nobody else's, and leaves nothing.

servers_test.py SERVER
"""
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

import servers  # noqa: E402
from servers import kinds  # noqa: E402

WITH = os.path.join(HERE, "with")
SERVER = "postgres"


def ask(server, *more):
    """The name of the user, as the server knows it."""
    if server.name.startswith("postgres"):
        command = ["psql", "-AtXc", "select current_user"]
    else:
        command = [os.path.join(server.bin, server.name), "-sNe",
                   "select substring_index(user(), '@', 1)"]
    return subprocess.run([*command, *more], env=server.environment, text=True,
                          stdout=subprocess.PIPE, check=True).stdout


def gone(pid, folder):
    return not os.path.exists(f"/proc/{pid}") and not os.path.exists(folder)


class Context(unittest.TestCase):
    def test_it_answers_at_its_socket_and_at_its_port(self):
        with servers.start(SERVER) as server:
            self.assertEqual(ask(server), "osprof\n")
            self.assertEqual(ask(server, "-h", server.host), "osprof\n")

    def test_two_of_them_are_two(self):
        with servers.start(SERVER) as one, servers.start(SERVER) as other:
            self.assertNotEqual(one.port, other.port)
            self.assertEqual(ask(one), ask(other))

    def test_nothing_is_left_after_a_failure(self):
        with self.assertRaises(ZeroDivisionError):
            with servers.start(SERVER) as server:
                self.assertFalse(gone(server.pid, server.folder))
                raise ZeroDivisionError
        self.assertTrue(gone(server.pid, server.folder))

    def test_one_that_cannot_start_says_so(self):
        with self.assertRaises(servers.Failed):
            with servers.start(SERVER, nonsense="1"):
                pass


class Command(unittest.TestCase):
    def run_with(self, script, server=None, **variables):
        # The keeper has this error output too, so that its end is waited for.
        return subprocess.run(
            [WITH, server or SERVER, "sh", "-c", script], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
            env={**os.environ, **variables})

    def test_its_status_is_the_command_s(self):
        self.assertEqual(self.run_with("exit 3").returncode, 3)
        self.assertEqual(self.run_with("kill -9 $$").returncode, 137)

    def test_nothing_is_left_when_all_that_used_it_is_killed(self):
        done = self.run_with('echo $OSPROF_TEST_PID $OSPROF_TEST_FOLDER;'
                             'kill -9 $PPID $$')
        self.assertEqual(done.returncode, -9)
        self.assertTrue(gone(*done.stdout.split()))

    def test_a_server_that_is_not_here_is_a_skip_but_not_in_ci(self):
        for ci, status in (("", 77), ("true", 1)):
            done = self.run_with("exit 0", server="postgres7", CI=ci)
            self.assertEqual(done.returncode, status)
            self.assertIn("postgres7 is not here", done.stderr)


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    try:
        kinds.named(SERVER).find()
    except servers.Missing as missing:
        sys.exit(servers.without(missing))
    unittest.main()
