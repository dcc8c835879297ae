#!/usr/bin/python3
"""What programs do to processes under osprof run: fork, exec, hide from their
parents, load and unload, be watched by others.  Nothing of it differs from an
untraced run, and every statement is in the one trace.
"""
import os

import programs
from programs import whole

ACTOR = os.path.join(programs.BUILT, "programs_actor")
LOADER = os.path.join(programs.BUILT, "programs_loader")
MODULE = os.path.join(programs.BUILT, "programs_module.so")
ASK = "select ?1 + 1"
MISTAKES = [
    # statement, rows, changes, error
    ("create table t(id integer primary key, name text unique)", 0, 0, None),
    ("insert into t values (1, 'rice'), (2, 'tea')", 0, 2, None),
    ("insert into t values (3, 'tea')", 0, 0,
     "UNIQUE constraint failed: t.name"),
    ("select * from nowhere", 0, 0, "no such table: nowhere"),
    ("selec 1", 0, 0, 'near "selec": syntax error'),
    ("select * from t; select name from t where id = 2", 3, 0, None),
    ("update t set name = 'x' where id = 7", 0, 0, None),
    ("pragma journal_mode", 1, 0, None),
    ("begin", 0, 0, None),
    ("rollback", 0, 0, None),
    ("rollback", 0, 0, "cannot rollback - no transaction is active"),
]


class Case(programs.Case):
    def asked(self):
        """The numbers that ASK was given, in order of size."""
        return sorted(s.params[0] for s in self.statements()
                      if s.text == ASK)


class Processes(Case):
    def test_every_outcome_comes_back_and_is_told(self):
        plain = self.compared(ACTOR, "mistakes")
        self.assertIn("2067", plain.stdout)
        told = [(s.text, s.rows or 0, s.changes or 0, s.error)
                for s in self.statements() if s.call == "sqlite3_exec"]
        self.assertEqual(told, MISTAKES)

    def test_a_thousand_children(self):
        self.configure(ring_size="64K")
        self.compared(ACTOR, "fork", "1000")
        self.assertEqual(self.asked(), list(range(1000)))
        self.assertAllEnded()

    def test_a_program_that_becomes_another(self):
        plain = self.compared(ACTOR, "exec", "41")
        self.assertEqual(plain.stdout, "42\n42\n")
        self.assertEqual(self.asked(), [41, 41])

    def test_a_daemon_that_closes_all(self):
        def finished(run):
            return whole.until(lambda: os.path.exists(
                self.path("work", "done")) and run, "for the daemon")

        plain = self.once([], [ACTOR, "daemon"])
        finished(plain)
        traced = self.traced(ACTOR, "daemon")
        self.assertEqual((traced.status, traced.stdout, traced.stderr),
                         (plain.status, plain.stdout, plain.stderr))
        # osprof run returns, and leaves a process behind to drain it.
        finished(traced)
        whole.until(lambda: not os.listdir(self.path("run", "spool")),
                    "what the daemon recorded")
        self.assertEqual(self.asked(), list(range(1, 12)))

    def test_threads(self):
        self.compared(ACTOR, "threads", "16")
        self.assertEqual(self.asked(), sorted(
            1000 * n + i for n in range(16) for i in range(50)))

    def test_a_library_that_comes_and_goes(self):
        plain = self.compared(LOADER, MODULE, "1000")
        self.assertEqual(plain.stdout, "1000 of 1000 right\n")
        self.assertEqual(self.asked(), list(range(1000)))

    def test_a_module_with_the_header_is_traced_once(self):
        """It alone has brought SQLite, and the library of the wrappers."""
        module = MODULE.replace(".so", "_header.so")
        plain = self.compared(LOADER, module, "10")
        self.assertEqual(plain.stdout, "10 of 10 right\n")
        self.assertEqual(self.asked(), list(range(10)))

    def test_a_shell_and_all_that_it_starts(self):
        plain = self.compared(
            "/bin/sh", "-c", "%s one 1; %s one 2 | cat; (%s one 3 &) ; "
            "exit 7" % (ACTOR, ACTOR, ACTOR))
        self.assertEqual(plain.status, 7)
        self.assertEqual(self.asked(), [1, 2, 3])

    def test_signals_end_it_as_they_would(self):
        plain = self.once([], ["/bin/sh", "-c", "kill -TERM $$"])
        traced = self.traced("/bin/sh", "-c", "kill -TERM $$",
                             empty=True)
        self.assertEqual((plain.status, traced.status), (-15, 128 + 15))


class Watched(Case):
    def test_under_valgrind(self):
        valgrind = programs.find("valgrind", "valgrind")
        self.compared(valgrind, "-q", "--error-exitcode=9",
                      "--leak-check=full",
                      "--errors-for-leak-kinds=definite", ACTOR, "one", "41")
        self.assertEqual(self.asked(), [41])

    def test_under_the_address_sanitizer(self):
        program = os.path.join(programs.BUILT, "programs_actor_asan")
        if not os.path.exists(program):
            whole.cannot("the compiler has no address sanitizer")
        plain = self.compared(program, "fork", "3")
        self.assertEqual(plain.status, 0, plain.stderr)
        self.assertEqual(self.asked(), [0, 1, 2])


if __name__ == "__main__":
    programs.main()
