"""What is switched on, or breaks, around a program that must not notice: tests
for cases whose compare_all() compares it with its untraced run.
"""
import os


class Off:
    options = {"enabled": "false"}

    def test_nothing_differs(self):
        self.compare_all()
        self.assertEqual(os.listdir(self.path("state")), [])


class Hidden:
    def test_nothing_differs_where_all_is_hidden(self):
        self.configure(hide_args="true", trace_transactions="true",
                       implicit_trace="transaction")
        self.compare_all()


class Broken:
    def test_a_storage_that_cannot_be_had(self):
        self.configure(connection_string="file:///dev/null/nowhere")
        self.compare_all()

    def test_a_driver_that_is_not_there(self):
        self.configure(connection_string="nonsense://x")
        self.compare_all()

    def test_a_spool_that_cannot_be_had(self):
        self.configure(spool_dir="/proc/nowhere")
        self.compare_all()

    def test_a_configuration_that_makes_no_sense(self):
        self.write_ini("[profiler\nenabled = maybe\n")
        self.compare_all()

    def test_a_configuration_that_is_not_there(self):
        os.unlink(self.path("osprof.ini"))
        self.compare_all()

    def test_a_ring_that_is_always_full(self):
        self.configure(ring_size="4K", drain="agent")
        self.compare_all()
