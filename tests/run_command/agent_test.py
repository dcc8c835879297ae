#!/usr/bin/python3
"""osprof agent: one drain for all programs that want it, and no two."""
import os
import signal
import subprocess

import outside
from outside import PROGRAM, whole


class Agent(outside.Case):
    options = {**outside.Case.options, "drain": "agent"}

    def agent(self, *arguments):
        agent = self.start(whole.OSPROF, "agent", *arguments)
        self.addCleanup(agent.communicate)
        self.addCleanup(agent.kill)
        return agent

    def end(self, agent):
        agent.terminate()
        self.assertEqual(agent.wait(timeout=whole.PATIENCE), 0)
        return agent.stderr.read().decode()

    def work(self, *arguments, **options):
        return subprocess.run([PROGRAM, *arguments], cwd=self.dir,
                              env=self.env, stdout=subprocess.PIPE, text=True,
                              timeout=60, check=True, **options).stdout

    def test_records_wait_for_the_agent_and_are_stored_once(self):
        self.work("statements", "10")
        self.assertEqual(self.stored(), [])
        agent = self.agent()
        self.work("statements", "10")
        whole.until(lambda: not self.spool(), "the agent")

        self.assertEqual(len(self.stored()), 20)
        self.assertEqual(self.end(agent), "")

    def test_a_flush_waits_for_the_agent_and_starts_no_thread(self):
        self.agent()

        self.assertEqual(self.work("flush", "100"), "success\n")
        self.assertEqual(len(self.stored()), 100)

    def test_sigterm_drains_to_the_end(self):
        agent = self.agent()
        self.work("flush", "1")  # it is there
        program = self.start(PROGRAM, "wait")
        self.addCleanup(program.communicate)
        self.addCleanup(program.kill)
        self.assertEqual(program.stdout.readline(), b"ready\n")
        self.end(agent)

        self.assertEqual(len(self.stored()), 2)

    def test_sighup_reads_the_configuration_again(self):
        agent = self.agent()
        self.work("flush", "1")
        other = self.path("state", "other.db")
        self.configure(connection_string="sqlite://" + other)
        agent.send_signal(signal.SIGHUP)
        whole.until(lambda: self.work("flush", "1") == "success\n" and
                    os.path.exists(other), "the new storage")

        self.write_ini("[profiler]\nenabled = perhaps\n")
        agent.send_signal(signal.SIGHUP)
        self.assertIn(b"perhaps", agent.stderr.readline())
        self.end(agent)

    def test_two_agents_store_each_record_once(self):
        agents = [self.agent(), self.agent()]
        programs = [self.start(PROGRAM, "statements", "2000")
                    for _ in range(4)]
        for program in programs:
            program.communicate()
        whole.until(lambda: not self.spool(), "the agents")

        self.assertEqual(len(self.stored()), 4 * 2000)
        for agent in agents:
            self.assertEqual(self.end(agent), "")

    def test_a_second_agent_takes_over_from_a_killed_one(self):
        first = self.agent()
        program = self.start(PROGRAM, "wait")
        self.addCleanup(program.communicate)
        self.addCleanup(program.kill)
        program.stdout.readline()
        whole.until(lambda: len(self.stored()) == 1, "the first agent")
        self.agent()
        first.kill()
        program.terminate()
        whole.until(lambda: not self.spool(), "the second agent")

        self.assertEqual(len(self.stored()), 1)

    def test_storage_that_is_down_is_told_and_loses_nothing(self):
        os.rmdir(self.path("state"))
        with open(self.path("state"), "w", encoding="ascii"):
            pass
        agent = self.agent()
        self.work("statements", "10")
        self.assertIn(b"they wait", agent.stderr.readline())
        os.unlink(self.path("state"))
        whole.until(lambda: not self.spool(), "storage")

        self.assertEqual(len(self.stored()), 10)


if __name__ == "__main__":
    whole.main()
