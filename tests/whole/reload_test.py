#!/usr/bin/python3
"""A changed configuration takes effect in a program that runs."""
import os

import whole


class Reload(whole.Case):
    def setUp(self):
        super().setUp()
        self.subject = whole.Serving(whole.TRACED, self.env)
        self.addCleanup(self.subject.__exit__)

    def called(self):
        """Records that one statement makes."""
        before = self.subject.counters()["called"]
        self.subject.ask("sql select 1")
        return self.subject.counters()["called"] - before

    def traced(self):
        whole.until(lambda: self.called() > 0, "a traced statement")

    def untraced(self):
        whole.until(lambda: self.called() == 0, "an untraced statement")

    def test_trace_sql_goes_off_and_on(self):
        self.traced()
        self.configure(trace_sql="false")
        self.untraced()
        self.configure()
        self.traced()
        self.configure(enabled="false")
        self.untraced()

    def test_tracing_that_was_off_at_first_goes_on(self):
        self.subject.end()
        self.configure(trace_sql="false")
        self.subject = whole.Serving(whole.TRACED, self.env)
        self.addCleanup(self.subject.__exit__)
        self.assertEqual(self.called(), 0)
        self.configure()
        self.traced()

    def test_a_file_that_vanishes_and_comes_back(self):
        self.traced()
        os.rename(self.path("osprof.ini"), self.path("aside"))
        self.untraced()
        os.rename(self.path("aside"), self.path("osprof.ini"))
        self.traced()

    def test_a_bad_file_puts_tracing_off_and_a_good_one_on(self):
        self.traced()
        self.write_ini("[profiler]\nenabled = perhaps\n")
        self.untraced()
        self.assertEqual(self.subject.counters()["bad_configs"], 1)
        self.configure()
        self.traced()

    def test_storage_moves(self):
        self.traced()
        self.assertEqual(self.subject.ask("flush 10000"), "success")
        self.store = "file://" + self.path("state", "second.jsonl")
        self.configure()

        def in_second():
            self.subject.ask("sql select 'in the second'")
            self.assertEqual(self.subject.ask("flush 10000"), "success")
            return os.path.exists(self.path("state", "second.jsonl"))

        whole.until(in_second, "a record in the new storage")
        self.assertEqual(self.subject.end(), (0, ""))
        base_id, = self.traces()
        self.assertTrue(any("in the second" in str(info) for info in
                            whole.points(self.report(base_id))))

    def test_hiding_begins(self):
        self.traced()
        self.configure(hide_args="true",
                       connection_string="file://" +
                       self.path("state", "hidden.jsonl"))

        def hidden():
            self.subject.ask("sql select 'visible'")
            self.assertEqual(self.subject.ask("flush 10000"), "success")
            if not os.path.exists(self.path("state", "hidden.jsonl")):
                return False
            with open(self.path("state", "hidden.jsonl"),
                      encoding="utf-8") as file:
                lines = file.readlines()
            return lines and "select ?" in "".join(lines)

        whole.until(hidden, "a hidden value")


if __name__ == "__main__":
    whole.main()
