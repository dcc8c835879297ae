"""Runs programs of libpq twice, each time in a database of its own, and asks
the server which statements it was sent.

tests/servers/with starts the server, with log_statement=all: what it writes
of a connection, in its order, is what the trace has to have of it.
"""
import collections
import os
import re
import subprocess
import sys
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "programs"))
import programs  # noqa: E402
from programs import whole  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
MODERN = os.environ["OSPROF_TEST_NAME"] == "postgres18"
LOG = os.environ["OSPROF_TEST_LOG"]
DATABASE = "work"
# A line of the log, after the pid that log_line_prefix asks for.
LOGGED = re.compile(r"(?P<backend>\d+):(?:"
                    r"LOG:  (?:statement|execute [^:]*): (?P<text>.*)|"
                    r"DETAIL:  [Pp]arameters: (?P<params>.*))", re.DOTALL)
PARAM = re.compile(r"\$\d+ = (?:NULL|'((?:[^']|'')*)')", re.DOTALL)
# The calls that have the server run a statement, and not only parse it.
RUN = {"PQexec", "PQexecParams", "PQexecPrepared", "PQsendQuery",
       "PQsendQueryParams", "PQsendQueryPrepared"}
# What the program did not send: libpq sent it for a call that is a point
# without a text, or we did.
UNSENT = re.compile(r"set client_encoding to '|select proname, oid from "
                    r"pg_catalog.pg_proc where proname in|"
                    r"show password_encryption|select '[0-9a-f-]{36}'$")
# Settings whose values are never shown: they may be anybody's password.
SETTING = re.compile(r"(?is)(\bset_config\(|^set \S+ (?:=|to) ).*")
# SQLSTATEs of what the server does not log: no SQL, no text, no such statement.
UNLOGGED = {"42601", "22021", "26000"}


def administrate(*statements, options="-clog_statement=none"):
    """Run them in no database that a test has to do with."""
    subprocess.run(["psql", "-X", "-q", "-o", os.devnull, "-v",
                    "ON_ERROR_STOP=1", "-d", "postgres",
                    *("-c" + text for text in statements)],
                   check=True, timeout=60,
                   env={**os.environ, "PGOPTIONS":
                        "-cclient_min_messages=error " + options})


def log_up_to_now():
    """What the server has written, read after a mark of ours has come: the
    log is written by another process."""
    mark = "statement: select '%s'" % uuid.uuid4()
    administrate(mark[len("statement: "):], options="")

    def marked():
        with open(LOG, encoding="utf-8", errors="replace") as log:
            text = log.read()
        return text if mark + "\n" in text else None

    return whole.until(marked, "for the server's log")


def fresh_database():
    administrate(f"drop database if exists {DATABASE} with (force)",
                 f"create database {DATABASE}")


def text_shown(text):
    return SETTING.sub(r"\1?", text)


def params_logged(text):
    return [None if match[1] is None else match[1].replace("''", "'")
            for match in PARAM.finditer(text)]


def params_told(params):
    """As the server writes them."""
    return ["\\x" + value["blob"] if isinstance(value, dict)
            else str(value) if isinstance(value, int) else value
            for value in params or []]


class Case(programs.Case):
    options = {"enabled": "false", "exit_timeout": "20",
               "max_statement": "1M"}

    def setUp(self):
        super().setUp()
        for name, value in os.environ.items():
            if name.startswith("PG"):
                self.env[name] = value
        self.env["PGDATABASE"] = DATABASE
        if MODERN:
            self.env["LD_LIBRARY_PATH"] = os.environ["OSPROF_TEST_LIBPQ18"]

    def once(self, prefix, argv, files=(), setup=(), mask="", **options):
        """A run in a fresh database, in which the commands of `setup` ran;
        what `mask` matches of its output is no matter."""
        fresh_database()
        for command in setup:
            subprocess.run(command, check=True, env=self.env, timeout=60,
                           stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        self.logged_before = len(log_up_to_now())
        run = super().once(prefix, argv, files, **options)
        if mask:
            run.stdout = re.sub(mask, "#", run.stdout)
            run.stderr = re.sub(mask, "#", run.stderr)
        return run

    def logged(self):
        """By backend, (text, parameters) of what the server says that it ran
        since the last run began."""
        entries = re.split(r"\n(?!\t)", log_up_to_now()[self.logged_before:])
        ran = collections.defaultdict(list)
        for match in filter(None, map(LOGGED.match, entries)):
            of_backend = ran[int(match["backend"])]
            text = match["text"]
            if text is not None and not UNSENT.match(text):
                of_backend.append((text_shown(text.replace("\n\t", "\n")),
                                   []))
            elif text is None and of_backend:
                of_backend[-1] = (of_backend[-1][0],
                                  params_logged(match["params"]))
        return dict(ran)

    def ran(self, statement):
        """Whether the server has to have logged it."""
        return (statement.call in RUN and statement.text is not None and
                statement.stop.get("etype") not in UNLOGGED)

    def told(self):
        """The same of the trace."""
        ran = collections.defaultdict(list)
        for statement in filter(self.ran, self.statements()):
            ran[statement.backend].append((text_shown(statement.text),
                                           params_told(statement.params)))
        return dict(ran)

    def assertToldWhatRan(self, count=None):
        """Each statement that the server ran is one point, and no other is;
        so many there are, at least."""
        self.assertAllEnded()
        logged, told = self.logged(), self.told()
        for backend in sorted({*logged, *told}):
            self.assertSame(told.get(backend, []), logged.get(backend, []))
        self.assertGreaterEqual(sum(map(len, told.values())), count or 1)

    def assertSame(self, told, logged):
        """Equal lists; a long one is shown from its first difference on."""
        for i, (one, other) in enumerate(zip(told, logged)):
            self.assertEqual(one, other, "statement %d; then %r" % (
                i, logged[i + 1:i + 3]))
        self.assertEqual(told[len(logged):], logged[len(told):])

    def by_text(self, text):
        return [s for s in self.statements() if s.text == text]


def tool(name):
    return programs.find(name, "postgresql")


main = whole.main
