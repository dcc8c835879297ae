#!/usr/bin/python3
"""osprof run: the program is what it was, and nothing of its trace is lost."""
import os
import random
import shutil
import signal
import subprocess
import time

import outside
from outside import PROGRAM, whole

SAID = (r"(?s)Trace ID: ([-0-9a-f]{36})\nDisplay trace with command:\n"
        r"osprof trace show \1\n$")


class Run(outside.Case):
    def run_it(self, *command, options=(), status=0, **more):
        """Run a command; its stdout and stderr, and the trace's id."""
        done = subprocess.run([whole.OSPROF, "run", *options, "--", *command],
                              cwd=self.dir, env=self.env,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=60, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout, done.stderr

    def base_id(self, said):
        self.assertRegex(said, SAID)
        return said.split("Trace ID: ")[1][:36]

    def process_points(self, base_id):
        return [info for info in whole.points(self.report(base_id))
                if info["name"] == "process"]


class Plain(Run):
    def test_statements_hang_below_the_point_of_the_process(self):
        _, said = self.run_it(PROGRAM, "statements", "10")

        base_id = self.base_id(said)
        top = self.report(base_id)["children"]
        self.assertEqual([point["info"]["name"] for point in top],
                         ["process"])
        started = whole.payload(top[0]["info"], "start")["info"]
        stopped = whole.payload(top[0]["info"], "stop")["info"]
        self.assertEqual(started["command"], [PROGRAM, "statements", "10"])
        self.assertEqual(stopped["exit_status"], 0)
        self.assertGreater(stopped["max_rss_kb"], 100)
        self.assertEqual(len(top[0]["children"]), 10)
        self.assertEqual(self.spool(), [])

    def test_arguments_are_hidden_where_values_are(self):
        self.configure(hide_args="true")
        _, said = self.run_it("sh", "-c", "# secret-of-mine")

        report = self.osprof("trace", "show", "--json", self.base_id(said),
                             "--connection-string", self.store)
        self.assertNotIn("secret-of-mine", report)
        self.assertIn('"arguments": 2', report)

    def test_output_and_status_are_the_commands(self):
        out, said = self.run_it(
            "sh", "-c", "cat; echo to-stderr >&2; exit 42", status=42,
            input="through\0stdin")

        self.assertEqual(out, "through\0stdin")
        self.assertTrue(said.startswith("to-stderr\n"), said)

    def test_a_death_by_signal_is_the_status_of_a_shell(self):
        _, said = self.run_it(PROGRAM, "kill", "9", status=137)

        stop = whole.payload(self.process_points(self.base_id(said))[0],
                             "stop")
        self.assertEqual(stop["info"]["signal"], 9)

    def test_what_does_not_start_says_why(self):
        for command, status in (("/nonexistent/command", 127),
                                ("/etc/passwd", 126)):
            _, said = self.run_it(command, status=status)
            self.assertRegex(said, "^osprof: " + command + ": [^\n]*\n$")
        self.assertEqual(self.spool(), [])

    def test_its_own_mistakes_have_a_status_of_their_own(self):
        for options in (["--nonsense"], ["--config", "/nonexistent"]):
            self.run_it("true", options=options, status=125)

    def test_a_script_without_a_first_line_runs_in_the_shell(self):
        path = self.path("script")
        with open(path, "w", encoding="ascii") as file:
            file.write("echo $0 $1; exit 3\n")
        os.chmod(path, 0o700)
        out, _ = self.run_it(path, "word", status=3)

        self.assertEqual(out, path + " word\n")

    def test_a_trace_without_a_statement_says_so(self):
        _, said = self.run_it("true")

        self.assertIn("the trace is empty", said)
        self.assertEqual(len(self.stored("process-start")), 1)

    def test_the_storage_that_was_named_is_named_again(self):
        store = "sqlite://" + self.path("state", "other.db")
        _, said = self.run_it(PROGRAM, "statements", "1",
                              options=["--connection-string", store])

        self.assertTrue(said.endswith("--connection-string '%s'\n" % store),
                        said)

    def test_a_storage_that_may_hold_a_password_is_not_named(self):
        store = "sqlite://" + self.path("state", "me@here.db")
        _, said = self.run_it(PROGRAM, "statements", "1",
                              options=["--connection-string", store])

        self.assertIn("osprof trace show ", said)
        self.assertNotIn("me@", said)

    def test_the_key_is_in_no_list_of_processes(self):
        out, _ = self.run_it(
            "sh", "-c", "tr '\\0' ' ' < /proc/$PPID/cmdline",
            options=["--os-profile", "SENTINEL_KEY"])

        self.assertIn("osprof run", out)
        self.assertNotIn("SENTINEL_KEY", out)

    def test_a_run_inside_a_run_is_one_trace(self):
        _, said = self.run_it(whole.OSPROF, "run", PROGRAM, "statements", "1")

        ids = {base_id for name in ("process-start", "db-start")
               for _, base_id in self.stored(name)}
        self.assertEqual(len(ids), 1, said)
        self.assertEqual(len(self.stored("process-start")), 2)

    def test_sigpipe_kills_the_command_as_it_would(self):
        out, _ = self.run_it("sh", "-c", "trap '' USR1; kill -PIPE $$; "
                             "echo survived", status=128 + signal.SIGPIPE)

        self.assertEqual(out, "")


class Signals(Run):
    def test_a_signal_to_the_run_reaches_the_command(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            run = self.start(whole.OSPROF, "run", PROGRAM, "wait")
            self.assertEqual(run.stdout.readline(), b"ready\n")
            run.send_signal(number)
            out, said = run.communicate(timeout=whole.PATIENCE)

            self.assertEqual((run.returncode, out), (7, b"told\n"), said)
            self.assertRegex(said.decode(), SAID)

    def test_a_command_that_is_killed_loses_nothing(self):
        for _ in range(300 if outside.LONG else 5):
            shutil.rmtree(self.path("state"))  # what is stored stays small
            run = self.start(whole.OSPROF, "run", PROGRAM, "work",
                             start_new_session=True)
            run.stdout.read(1)
            time.sleep(random.random() / 50)
            with open("/proc/%d/task/%d/children" % (run.pid, run.pid),
                      encoding="ascii") as children:
                os.kill(int(children.read()), signal.SIGKILL)
            out, said = run.communicate(timeout=whole.PATIENCE)

            self.assertEqual(run.returncode, 137)
            self.assertNotIn(b"missing", said)
            # One more was read above.
            self.assertGreaterEqual(len(self.stored()), len(out) + 1)

    def test_a_run_that_is_killed_leaves_all_to_recover(self):
        run = self.start(whole.OSPROF, "run", PROGRAM, "work",
                         start_new_session=True)
        out = run.stdout.read(500)
        os.killpg(run.pid, signal.SIGKILL)
        out += run.stdout.read()
        run.communicate()
        self.osprof("recover", "--connection-string", self.store)

        self.assertGreaterEqual(len(self.stored()), len(out))
        self.assertEqual(len(self.stored("process-start")), 1)
        self.assertEqual(self.spool(), [])


class Descendants(Run):
    def test_every_child_is_in_the_trace(self):
        count = 1000 if outside.LONG else 100
        _, said = self.run_it(PROGRAM, "forks", str(count))

        self.assertEqual(len(self.stored()), count)
        self.assertEqual({base_id for _, base_id in self.stored()},
                         {self.base_id(said)})
        self.assertEqual(self.spool(), [])

    def test_what_was_recorded_before_an_exec_is_kept(self):
        self.run_it(PROGRAM, "execute", "20")

        self.assertEqual(len(self.stored()), 40)

    def test_a_grandchild_in_the_background_is_waited_for(self):
        out, _ = self.run_it(
            "sh", "-c", "(exec >/dev/null 2>&1; "
            "while kill -0 $$; do :; done; "  # the command itself is over
            + PROGRAM + " statements 5) & echo done")

        self.assertEqual(out, "done\n")
        self.assertEqual(len(self.stored()), 5)

    def test_a_daemon_is_not_waited_for_and_stored_all_the_same(self):
        pipe = self.path("go")
        os.mkfifo(pipe)
        _, said = self.run_it(PROGRAM, "daemon", "30", pipe)

        self.assertIn("a daemon lives on", said)
        with open(pipe, "w", encoding="utf-8"):
            pass
        whole.until(lambda: not self.spool(), "the daemon's end")
        self.assertEqual(len(self.stored()), 31)


class Storage(Run):
    def block(self):
        os.rmdir(self.path("state"))
        with open(self.path("state"), "w", encoding="ascii"):
            pass

    def test_records_wait_while_storage_is_down(self):
        self.block()
        run = self.start(whole.OSPROF, "run", PROGRAM, "wait")
        self.assertEqual(run.stdout.readline(), b"ready\n")
        os.unlink(self.path("state"))
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=whole.PATIENCE)

        self.assertEqual(len(self.stored()), 1)
        self.assertEqual(self.spool(), [])

    def test_records_that_storage_does_not_take_are_left_to_recover(self):
        self.block()
        _, said = self.run_it(PROGRAM, "statements", "10")
        self.assertIn("osprof recover", said)
        os.unlink(self.path("state"))
        self.osprof("recover", "--connection-string", self.store)

        self.assertEqual(len(self.stored()), 10)
        self.assertEqual(self.spool(), [])


if __name__ == "__main__":
    whole.main()
