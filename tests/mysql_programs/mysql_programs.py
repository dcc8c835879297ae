"""Runs programs of the MySQL client libraries twice, each time in a database of
its own, and listens to what they send.

tests/servers/with starts the server, with its general log in a table: what is
there of a connection, in its order, is what the trace has to have of it.
"""
import collections
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "programs"))
import programs  # noqa: E402
from programs import whole  # noqa: E402
import proxy  # noqa: E402

try:
    import MySQLdb
except ImportError:
    MySQLdb = None

HERE = os.path.dirname(os.path.abspath(__file__))
SERVER = os.environ["OSPROF_TEST_NAME"]
DATABASE = "work"
# Calls whose text is the library's own.
OWN = {"mysql_commit", "mysql_rollback", "mysql_autocommit"}
# Also sent by mysql_set_character_set(), whose point has no text.
INNER = re.compile(r"(?i)set names ")
# Settings whose values are never shown: they may be anybody's password.
SETTING = re.compile(r"(?is)^(set \S+ = ).*")
TEXTS = {"mysql_query", "mysql_real_query", "mysql_send_query",
         "mysql_real_query_nonblocking", "mysql_send_query_nonblocking",
         "mysql_query_start", "mysql_real_query_start"} | OWN
KINDS = {**{call: "QUERY" for call in TEXTS},
         "mysql_stmt_prepare": "PREPARE", "mysql_stmt_execute": "EXECUTE",
         "mysql_stmt_prepare_start": "PREPARE",
         "mysql_stmt_execute_start": "EXECUTE"}
# Errors of the client: nothing was sent, unless the connection was lost.
CLIENT_ERRORS = range(2000, 3000)
LOST = {2006, 2013}


def connect():
    return MySQLdb.connect(
        unix_socket=os.environ["OSPROF_TEST_SOCKET"],
        user=os.environ["OSPROF_TEST_USER"],
        passwd=os.environ["OSPROF_TEST_PASSWORD"])


def administrate(*statements):
    """Run them in no database that a test has to do with; the last's rows."""
    connection = connect()
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    rows = cursor.fetchall()
    connection.close()
    return rows


def fresh_database():
    administrate(f"drop database if exists {DATABASE}",
                 f"create database {DATABASE}")


def general_log():
    """(connection, kind, text) of what the server says that it was sent."""
    return [(thread, kind.upper(), text.decode(errors="replace"))
            for thread, kind, text in administrate(
                "select thread_id, command_type, convert(argument, binary) "
                "from mysql.general_log")]


class Case(programs.Case):
    options = {"enabled": "false", "exit_timeout": "20",
               "max_statement": "1M"}

    def setUp(self):
        super().setUp()
        if not MySQLdb:
            whole.cannot("install python3-mysqldb")
        for name in ("USER", "PASSWORD"):
            name = "OSPROF_TEST_" + name
            self.env[name] = os.environ[name]
        for name, value in os.environ.items():
            if name.startswith(("MYSQL_", "LIBMYSQL_")):
                self.env[name] = value
        self.socket = self.path("socket")
        self.env["OSPROF_TEST_SOCKET"] = self.socket
        self.env["MYSQL_UNIX_PORT"] = self.socket
        self.env["OSPROF_TEST_DATABASE"] = DATABASE

    def once(self, prefix, argv, files=(), setup=(), mask="", **options):
        """A run in a fresh database, at a proxy of its own; the command
        `setup` ran there before; what `mask` matches of its output is no
        matter."""
        fresh_database()
        if setup:
            subprocess.run(setup, check=True, env=self.env, timeout=60,
                           stdout=subprocess.DEVNULL)
        administrate("truncate table mysql.general_log")
        with proxy.Proxy(self.socket,
                         os.environ["OSPROF_TEST_SOCKET"]) as carried:
            run = super().once(prefix, argv, files, **options)
        self.connections = carried.connections
        if mask:
            run.stdout = re.sub(mask, "#", run.stdout)
            run.stderr = re.sub(mask, "#", run.stderr)
        run.sent = [connection.sent for connection in carried.connections]
        return run

    def compared(self, *argv, **options):
        """The same packets, too, in the same order, on each connection."""
        plain = super().compared(*argv, **options)
        self.assertSamePackets(plain)
        return plain

    def assertSamePackets(self, plain):
        """The last run sent what `plain` sent."""
        for connection, sent in zip(self.connections, plain.sent):
            self.assertSame(connection.sent, sent)
        self.assertEqual(len(self.connections), len(plain.sent))

    def sent(self):
        """By connection, (kind, text) of what the proxy carried."""
        return {connection.thread: [
            (kind, text) for kind, text in connection.statements()
            if not INNER.match(text)] for connection in self.connections}

    def was_sent(self, statement):
        """Whether it is a text that went to the server, and the first result
        of it."""
        return (statement.call in KINDS and
                not INNER.match(statement.text) and
                statement.db.get("statement_index", 1) == 1 and
                (statement.db.get("code") in LOST or
                 statement.db.get("code") not in CLIENT_ERRORS))

    def told(self):
        """The same of the trace."""
        told = collections.defaultdict(list)
        for statement in filter(self.was_sent, self.statements()):
            told[statement.backend].append(
                (KINDS[statement.call], statement.text))
        return dict(told)

    def assertToldWhatWasSent(self, count):
        """Each statement that was sent is one point, and no other is; so many
        there are, at least."""
        self.assertAllEnded()
        sent = {thread: texts for thread, texts in self.sent().items()
                if texts}
        told = self.told()
        for thread in sorted({*sent, *told}):
            self.assertSame(*([(kind, SETTING.sub(r"\1?", text.lower()))
                               for kind, text in one.get(thread, [])]
                              for one in (told, sent)))
        self.assertGreaterEqual(sum(map(len, told.values())), count)

    def assertServerLogged(self):
        """It took what the proxy carried, as often; it does not tell of what
        it would not prepare."""
        logged = collections.Counter(
            (thread, kind) for thread, kind, text in general_log()
            if kind in ("QUERY", "EXECUTE") and
            not INNER.match(text))
        self.assertEqual(
            {key: n for key, n in logged.items() if key[0] in self.sent()},
            collections.Counter((thread, kind)
                                for thread, sent in self.sent().items()
                                for kind, _ in sent if kind != "PREPARE"))

    def assertSame(self, told, wanted):
        """Equal lists; a long one is shown from its first difference on."""
        for i, (one, other) in enumerate(zip(told, wanted)):
            self.assertEqual(one, other, "number %d; then %r" % (
                i, wanted[i + 1:i + 3]))
        self.assertEqual(told[len(wanted):], wanted[len(told):])

    def outcomes(self, *texts):
        """What became of the statements with these texts, in order."""
        return [(s.text, s.rows, s.changes, s.db.get("code"),
                 s.stop.get("etype")) for s in self.statements()
                if s.text in texts]


main = whole.main
