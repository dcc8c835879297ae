#!/usr/bin/python3
"""Whichever way a program comes to its SQLite, each call of its own is traced
once, and goes to the SQLite that it would have gone to.
"""
import os

import preload

LOADER = os.path.join(preload.HERE, "loader")
SHARED = os.path.join(preload.HERE, "plugin-shared.so")
BARE = os.path.join(preload.HERE, "plugin-bare.so")
ONE = os.path.join(preload.HERE, "plugin-one.so")
TWO = os.path.join(preload.HERE, "plugin-two.so")
THREE = os.path.join(preload.HERE, "plugin-three.so")


def run_of(name, inside=()):
    """The statements of plugin_run(), in the order in which they begin."""
    return ["create virtual table f using fts5(a)", "select nowhere",
            "insert into f values(?)", "insert into f values(?)",
            "select '%s', within()" % name, *inside, "select 'inside'"]


class Loading(preload.Case):
    def loader(self, *words, **options):
        points = self.traced([LOADER, *words], **options)
        self.assertEqual((self.status, self.err), (0, b""))
        return self.statements(points)

    def need_copies(self):
        if not os.path.exists(ONE):
            preload.whole.cannot("no libsqlite3.a to make copies of")

    def test_a_plugin_finds_the_sqlite_it_is_linked_with(self):
        for how in ("local", "global"):
            with self.subTest(how):
                self.assertEqual(self.loader(how, SHARED, "run", "0"),
                                 run_of("plugin 0"))

    def test_a_plugin_may_bind_to_its_own_libraries_first(self):
        self.assertEqual(self.loader("deep", SHARED, "run", "0"),
                         run_of("plugin 0"))

    def test_a_plugin_finds_what_another_one_made_global(self):
        self.assertEqual(
            self.loader("global", SHARED, "local", BARE, "run", "1"),
            run_of("plugin 1"))

    def test_copies_with_and_without_versions_stay_apart(self):
        self.need_copies()
        self.assertEqual(
            self.loader("local", ONE, "local", TWO, "local", SHARED, "run",
                        "0", "run", "1", "run", "2", "run", "0"),
            run_of("plugin 0") + run_of("plugin 1") + run_of("plugin 2") +
            run_of("plugin 0"))

    def test_a_copy_bound_before_the_programs_stays_so_and_untraced(self):
        self.need_copies()
        self.assertEqual(
            self.loader("deep", ONE, "deep", TWO, "deep", SHARED, "run", "0",
                        "run", "1", "run", "2", "run", "0"),
            run_of("plugin 0") + run_of("plugin 0"))

    def test_a_copy_is_called_from_inside_of_another(self):
        self.need_copies()
        self.assertEqual(
            self.loader("local", ONE, "local", TWO, "nest", "0", "1"),
            run_of("plugin 0", run_of("plugin 1")))

    def test_the_first_of_two_global_copies_is_everybodys(self):
        self.need_copies()
        # As without us: the second plugin's calls go to the first's copy.
        plain = self.run_one([LOADER, "global", ONE, "global", TWO, "run",
                              "1"], "alone", self.env, b"")
        ours = self.run_one([LOADER, "global", ONE, "global", TWO, "run",
                             "1"], "with", self.preloaded(), b"")
        self.assertEqual(ours, plain)

    def test_versions_keep_two_copies_apart(self):
        self.need_copies()
        for how in ("local", "global", "deep"):
            with self.subTest(how):
                self.assertEqual(
                    self.loader("global", ONE, how, THREE, "run", "0", "run",
                                "1", "nest", "0", "1"),
                    run_of("plugin 0") + run_of("plugin 1") +
                    run_of("plugin 0", run_of("plugin 1")))

    def test_a_call_before_there_is_sqlite_fails_and_is_forgotten(self):
        self.assertEqual(
            self.statements(self.traced(
                [LOADER, "early", "local", SHARED, "early", "run", "0"])),
            run_of("plugin 0"))

    def test_a_function_that_sqlite_lacks_fails(self):
        self.assertEqual(
            self.loader("local", SHARED, "absent", "run", "0", "absent"),
            run_of("plugin 0"))

    def test_plugins_come_and_go_a_thousand_times(self):
        self.assertEqual(
            len(self.loader("times", "1000", "local", SHARED, "run", "0",
                            "close", "0")), 6 * 1000)

    def test_copies_come_and_go_in_each_others_place(self):
        self.need_copies()
        self.assertEqual(
            len(self.loader("times", "50", "local", ONE, "run", "0", "close",
                            "0", "local", TWO, "run", "0", "close", "0")),
            6 * 2 * 50)

    def test_a_program_that_looks_functions_up_is_left_alone(self):
        self.assertEqual(
            self.loader("times", "1000", "library", "libsqlite3.so.0",
                        "direct", "unload"), [])


if __name__ == "__main__":
    preload.main()
