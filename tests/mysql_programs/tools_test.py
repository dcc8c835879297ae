#!/usr/bin/python3
"""sysbench and the servers' own clients under osprof run.  sysbench counts its
own statements: the trace has as many.  A client that has its library inside
cannot be traced, and osprof doctor says so.
"""
import os
import re
import subprocess

import mysql_programs
import programs
from mysql_programs import SERVER, whole

POINTS = 200
TIMES = r"(?m)^ *(?:transactions|queries|total time|events|(?:exec|ev)\S* time|" \
        r"min|avg|max|95th percentile|sum|execution time)\b.*$|\d+\.\d+"


def ordered(sent):
    """sysbench prepares its statements in no order, at the beginning, and
    closes them so."""
    unordered = ("PREPARE", "STMT_CLOSE")
    return (sorted(one for one in sent if one[0] in unordered) +
            [one for one in sent if one[0] not in unordered])


class Sysbench(mysql_programs.Case):
    def assertSamePackets(self, plain):
        self.assertEqual([ordered(c.sent) for c in self.connections],
                         [ordered(sent) for sent in plain.sent])

    def bench(self, test, *arguments):
        sysbench = programs.find("sysbench", "sysbench")
        command = [
            sysbench, test, "--mysql-db=work",
            "--mysql-user=" + os.environ["OSPROF_TEST_USER"],
            "--mysql-password=" + os.environ["OSPROF_TEST_PASSWORD"],
            "--tables=1", "--table-size=100", "--rand-seed=7",
            "--time=0", "--events=%d" % POINTS, "--threads=1", *arguments]
        plain = self.compared(
            *command, "--mysql-socket=" + self.socket, "run", mask=TIMES,
            setup=[*command, "--mysql-socket=" +
                   os.environ["OSPROF_TEST_SOCKET"], "prepare"])
        self.assertEqual((plain.status, plain.stderr), (0, ""), plain.stdout)
        self.assertToldWhatWasSent(POINTS)
        self.assertServerLogged()
        return self.statements()

    def selects(self, statements, call):
        return [s for s in statements if s.call == call and
                (s.text or "").startswith("SELECT c FROM sbtest1")]

    def test_prepared_points(self):
        ran = self.selects(self.bench("oltp_point_select"),
                           "mysql_stmt_execute")
        self.assertEqual(len(ran), POINTS)
        self.assertEqual({(s.rows, len(s.params)) for s in ran}, {(1, 1)})

    def test_points_as_texts(self):
        ran = self.selects(self.bench("oltp_point_select",
                                      "--db-ps-mode=disable"),
                           "mysql_real_query")
        self.assertEqual(len(ran), POINTS)
        self.assertEqual({s.rows for s in ran}, {1})

    def test_transactions(self):
        ran = self.bench("oltp_read_write")
        self.assertEqual(sum(s.text == "COMMIT" and
                             s.call == "mysql_stmt_execute"
                             for s in ran), POINTS)


class Clients(mysql_programs.Case):
    def script(self, program, *prefix):
        return [*prefix, program, "--no-defaults", "-t", "-f",
                "--socket=" + self.socket,
                "--user=" + os.environ["OSPROF_TEST_USER"],
                "--password=" + os.environ["OSPROF_TEST_PASSWORD"], "work",
                "-e", "select 1; selec 1; select 2"]

    def doctor(self, program):
        done = subprocess.run([whole.OSPROF, "doctor", "--", program],
                              env=self.env, capture_output=True, text=True)
        return [line for line in done.stdout.splitlines() if
                re.match(r"\w+\s+mysql:", line)]

    def cannot_be_traced(self, program, file):
        plain = self.once([], self.script(program))
        traced = self.traced(*self.script(program), empty=True)
        self.assertEqual((traced.status, traced.stdout, traced.stderr),
                         (plain.status, plain.stdout, plain.stderr))
        self.assertSamePackets(plain)
        lines = self.doctor(file)
        self.assertEqual(len(lines), 1, lines)
        self.assertRegex(lines[0], r"^bad\s+mysql: the program has a copy of "
                         "the library inside")

    def test_mariadb_has_its_library_inside(self):
        program = programs.find("mariadb", "mariadb-client")
        self.cannot_be_traced(program, program)

    def test_mysql_has_its_library_inside(self):
        root = os.environ.get("OSPROF_TEST_UNSTABLE")
        if not root:
            whole.cannot("run tests/servers/fetch unstable")
        self.cannot_be_traced(os.path.join(root, "bin", "mysql"),
                              os.path.join(root, "usr", "bin", "mysql"))


if __name__ == "__main__":
    mysql_programs.main()
