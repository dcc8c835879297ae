#!/usr/bin/python3
"""Connections that come and go, and are cancelled, are points without secrets:
under the preload object and with the header, against a real server.
"""
import os

import pq

SECRET = "tr0ub4dor"
MODERN = os.environ["OSPROF_TEST_NAME"] == "postgres18"


class Case(pq.Case):
    def setUp(self):
        super().setUp()
        if MODERN:
            self.env["LD_LIBRARY_PATH"] = os.environ["OSPROF_TEST_LIBPQ18"]
        self.tcp = "host=127.0.0.1"

    @staticmethod
    def point(start, stop):
        return start["db"]["call"], start["db"], stop

    def content(self, *names):
        """The bytes of all files below a folder."""
        for folder, _, files in os.walk(self.path(*names)):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    yield file.read()

    def assertNoSecret(self):
        for content in self.content():
            self.assertNotIn(SECRET.encode(), content)

    def traced(self, *arguments, env=None):
        """The points of a scenario: (call, START's db, STOP's info), the same
        in each way to trace it; it does what it does untraced."""
        env = {**self.env, **(env or {})}
        plain, header = ([self.subject("connect", kind), *arguments]
                         for kind in ("plain", "header"))
        expected = self.run_one(
            plain, {**env, "OSPROF_CONFIG": "/nonexistent"}, b"")
        self.assertEqual(expected[0], 0, expected)
        ways = []
        for command, more in ((plain, {"LD_PRELOAD": pq.OBJECT}), (header, {}),
                              (header, {"LD_PRELOAD": pq.OBJECT})):
            self.assertEqual(
                self.run_one(command, {**env, **more}, b""), expected)
            self.assertNoSecret()
            ways.append(self.points())
        # Which functions there are, the program's libpq-fe.h says.
        if not MODERN or arguments[0] not in ("cancel_later", "admin"):
            told = [sorted(map(self.told, way), key=str) for way in ways]
            self.assertEqual(told[1], told[0])
            self.assertEqual(told[2], told[0])
        return ways[0]

    @staticmethod
    def told(point):
        """What of a point is the same in each run."""
        call, start, stop = point
        stop = stop or {}
        return (call, start.get("statement"), start.get("target"),
                stop.get("db", {}).get("status"),
                stop.get("db", {}).get("outcome"), stop.get("message"))

    def only(self, *arguments, **options):
        points = self.traced(*arguments, **options)
        self.assertEqual(len(points), 1, points)
        return points[0]

    def assertFailed(self, info, message):
        self.assertEqual(info["db"]["status"], "CONNECTION_BAD")
        self.assertEqual(info["etype"], "CONNECTION_BAD")
        self.assertEqual(info["message"], message)


class Connecting(Case):
    def assertIdentified(self, db):
        self.assertEqual(db["status"], "CONNECTION_OK")
        self.assertEqual(db["host"], "127.0.0.1")
        self.assertEqual(str(db["port"]), self.env["PGPORT"])
        self.assertEqual(db["user"], self.env["PGUSER"])
        self.assertEqual(db["database"], "postgres")
        self.assertGreater(db["connection_id"], 0)
        self.assertRegex(db["server_version"], "^18" if MODERN else "^1")
        self.assertGreater(db["elapsed_us"], 0)

    def test_a_connection_shows_who_and_where_it_is(self):
        for scenario, *arguments in (
                ("whole", self.tcp), ("params", self.tcp + " user=osprof",
                                      self.env["PGPASSWORD"]),
                ("login", "127.0.0.1", "", "postgres", "",
                 self.env["PGPASSWORD"])):
            _, start, stop = self.only(scenario, *arguments)
            self.assertEqual(start["system"], "postgresql")
            self.assertNotIn("host", start)
            self.assertIdentified(stop["db"])
            self.assertNotIn("etype", stop)

    def test_the_calls_inside_libpq_are_no_points(self):
        for call, *more in (("PQconnectStart",),
                            ("PQconnectStartParams", "params")):
            points = self.traced("polled", self.tcp, *more)
            self.assertEqual([point[0] for point in points], [call, "PQexec"])
            self.assertIdentified(points[0][2]["db"])

    def test_a_start_that_is_finished_has_an_end(self):
        _, _, stop = self.only("abandoned", self.tcp)
        self.assertEqual(stop["db"]["outcome"], "abandoned")

    def test_a_reset_ends_what_waited_and_learns_anew(self):
        points = self.traced("reset", "")
        calls = [call for call, _, _ in points]
        self.assertEqual(calls, [
            "PQconnectdb", "PQprepare", "PQsendQuery", "PQreset",
            "PQconnectdb", "PQexecParams", "PQresetStart", "PQexec",
            "PQexecPrepared"])
        starts = [start for _, start, _ in points]
        stops = [stop for _, _, stop in points]
        self.assertEqual(stops[2]["db"]["outcome"], "connection reset")
        servers = [stops[i]["db"]["connection_id"] for i in (0, 3, 4, 6)]
        self.assertEqual(len(set(servers)), 4, servers)
        self.assertEqual(starts[3]["connection_id"], servers[0])
        self.assertEqual(starts[7]["connection_id"], servers[3])
        self.assertNotIn("statement", starts[8])
        self.assertEqual(stops[8]["etype"], "26000")

    def test_a_ping_shows_what_it_found(self):
        points = self.traced("ping", self.tcp, "port=1")
        self.assertEqual(
            [(call, stop["db"]["status"]) for call, _, stop in points],
            [("PQping", "PQPING_OK"), ("PQpingParams", "PQPING_NO_RESPONSE")])

    def test_threads_have_their_own(self):
        calls = [call for call, _, _ in self.traced("threads", "")]
        self.assertEqual(sorted(calls), ["PQconnectdb"] * 20 + ["PQexec"] * 20)

    def test_a_connection_can_be_a_trace(self):
        self.configure(implicit_trace="connection")
        points = self.traced("polled", self.tcp)
        self.assertEqual((len(points), len(self.traces)), (2, 1))
        points = self.traced("threads", "")
        self.assertEqual((len(points), len(self.traces)), (40, 20))

    def test_a_child_that_finishes_its_copy_writes_nothing(self):
        points = self.traced("forked", "")
        self.assertEqual([(call, stop["db"].get("outcome"))
                          for call, _, stop in points],
                         [("PQconnectdb", None),
                          ("PQconnectStart", "abandoned"),
                          ("PQsendQuery", "connection closed")])


class Failing(Case):
    def test_the_reason_is_told_and_no_secret(self):
        password = " password=" + SECRET
        for conninfo, message in (
                ("host=127.0.0.1 port=1" + password, "Connection refused"),
                ("host=/nowhere" + password, "No such file or directory"),
                (self.tcp + password, "FATAL:  password authentication failed "
                 'for user "osprof"'),
                ("dbname=nothere" + password,
                 'FATAL:  database "nothere" does not exist'),
                ("host=nowhere.invalid" + password, None),
                (SECRET, 'missing "=" after "?" in connection info string'),
                ("host=x %s=1" % SECRET, 'invalid connection option "?"'),
                ("host=x password='" + SECRET, "unterminated quoted string in "
                 "connection info string"),
                ("host=127.0.0.1 port=" + SECRET,
                 'invalid integer value "?" for connection option "port"'),
                ("sslmode=" + SECRET, 'invalid sslmode value: "?"'),
                ("user=bob;password=" + SECRET, None),
                ("host=127.0.0.1password=" + SECRET, None),
                ("postgresql://bob:%s@127.0.0.1:1/db" % SECRET,
                 "Connection refused"),
                ("postgresql://bob:%%zz%s@host/db" % SECRET,
                 'invalid percent-encoded token: "?"'),
                ("postgresql://bob:x/%s@host/db" % SECRET, None),
                ("postgresql://bob:x@%s@host/db" % SECRET, None),
                ("postgresql://host/db?%s=1" % SECRET,
                 'invalid URI query parameter: "?"'),
                ("postgresql://[%s" % SECRET, None)):
            for hide in ("false", "true"):
                with self.subTest(conninfo=conninfo, hide_args=hide):
                    self.configure(hide_args=hide)
                    for scenario in ("whole", "polled"):
                        _, _, stop = self.only(scenario, conninfo)
                        self.assertFailed(stop, message or stop["message"])
                        self.assertNotEqual(stop["message"], "?")

    def test_where_it_went_is_shown(self):
        _, _, stop = self.only("whole", "host=127.0.0.1 port=1 user=bob")
        self.assertEqual((stop["db"]["host"], stop["db"]["port"],
                          stop["db"]["user"]), ("127.0.0.1", 1, "bob"))
        self.assertNotIn("connection_id", stop["db"])

    def test_a_password_in_the_environment_is_not_shown(self):
        _, _, stop = self.only("whole", self.tcp, env={"PGPASSWORD": SECRET})
        self.assertFailed(stop, "FATAL:  password authentication failed for "
                                'user "osprof"')

    def test_the_spool_has_no_secret_either(self):
        """Nobody drains: what was recorded is still there."""
        self.configure(drain="agent")
        for conninfo in (SECRET, self.tcp + " password=" + SECRET):
            self.run_one([self.subject("connect", "plain"), "whole", conninfo],
                         {**self.env, "LD_PRELOAD": pq.OBJECT}, b"")
        self.assertTrue(any(b"CONNECTION_BAD" in content
                            for content in self.content("run", "spool")))
        self.assertNoSecret()


class Cancelling(Case):
    def test_a_cancel_in_a_handler_is_a_point(self):
        points = self.traced("cancel", "")
        self.assertEqual([call for call, _, _ in points], [
            "PQconnectdb", "PQexec", "PQcancel", "PQrequestCancel",
            "PQrequestCancel"])
        _, _, cancelled, asked, failed = [stop for _, _, stop in points]
        self.assertEqual(points[1][2]["etype"], "57014")
        self.assertEqual(cancelled["db"]["outcome"], "sent")
        self.assertNotIn("host", points[2][1])
        self.assertEqual(asked["db"]["outcome"], "sent")
        self.assertEqual(failed["etype"], "CONNECTION_BAD")

    def test_a_cancel_of_a_module_never_met_goes_untraced(self):
        module = os.path.join(pq.whole.BUILD, "tests", "pq_canceller.so")
        calls = [call for call, _, _ in
                 self.traced("cancel_elsewhere", "", module)]
        self.assertEqual(calls, ["PQconnectdb", "PQexec"] +
                         ["PQrequestCancel"] * 2)

    def test_a_cancel_that_would_need_memory_goes_untraced(self):
        calls = [call for call, _, _ in
                 self.traced("cancel_on_bare_thread", "")]
        self.assertEqual(calls, ["PQconnectdb"])

    def test_a_cancel_that_is_polled_ends_with_its_poll(self):
        points = self.traced("cancel_later", "")
        self.assertEqual(
            [(call, stop["db"].get("outcome")) for call, _, stop in points],
            [("PQconnectdb", None)] + MODERN * [
                ("PQcancelBlocking", "sent"), ("PQcancelStart", "sent"),
                ("PQcancelStart", "abandoned")])


class Administering(Case):
    def test_calls_with_sql_of_their_own_show_what_they_are_about(self):
        points = [self.told(point) for point in self.traced("admin", "")]
        self.assertEqual([(call, statement, target) for
                          call, statement, target, *_ in points][:4], [
            ("PQconnectdb", None, None),
            ("PQsetClientEncoding", None, "LATIN1"),
            ("PQsetClientEncoding", None, "nothing"),
            ("PQencryptPasswordConn", None, "password_encryption")])
        self.assertEqual(
            [(call, target, status) for call, _, target, status, *_ in
             points[4:]],
            [("PQchangePassword", "bob", "PGRES_FATAL_ERROR"),
             ("PQchangePassword", "nobody", "PGRES_FATAL_ERROR")]
            if MODERN else [])


if __name__ == "__main__":
    pq.main()
