"""Real servers of a test's own.

    with servers.postgres() as server:
        psycopg2.connect(server.conninfo)

A server has its own data folder, answers on a socket in it and on a port of
the loopback that the kernel chose, and is run as nobody where the test is run
by root.  keeper.py starts it, and stops it and removes its folder when the
test ends, however it ends.  Settings are the server's own:
servers.postgres(log_statement="all").  The shell's way to it is
tests/servers/with.
"""
import dataclasses
import json
import os
import subprocess
import sys

from servers import cache, kinds
from servers.kinds import Missing

KEEPER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "keeper.py")


# What tests use of what tests/servers/fetch brings: a folder with libpq.so.5 of
# PostgreSQL 18 for LD_LIBRARY_PATH, and Debian's unstable release.
FETCHED = {
    "OSPROF_TEST_LIBPQ18": cache.path("postgres18", "client"),
    "OSPROF_TEST_UNSTABLE": cache.path("unstable"),
}


class Failed(Exception):
    """A server that is here did not start; it has said why."""


@dataclasses.dataclass(frozen=True)
class Server:
    """A running server: how to reach it, what is its own."""
    name: str
    pid: int
    folder: str  # its data and all else, gone with it
    log: str  # what it says, in a file
    bin: str  # the folder of its programs
    socket: str  # what its clients name: PostgreSQL's folder, MySQL's file
    host: str
    port: int
    user: str
    password: str
    database: str
    ca: str  # the certificate that its own is signed with; empty without TLS

    @property
    def conninfo(self):
        """libpq's connection string, by the socket."""
        return (f"host={self.socket} port={self.port} user={self.user} "
                f"password={self.password} dbname={self.database}")

    @property
    def environment(self):
        """os.environ, in which clients find this server and no other."""
        own = {f"OSPROF_TEST_{name.upper()}": str(value)
               for name, value in dataclasses.asdict(self).items()}
        kind = kinds.named(self.name)
        others = {name: value for name, value in os.environ.items()
                  if not name.startswith(kind.prefixes)}
        return {**others, **own, **kind.variables(self), **fetched()}


def fetched():
    """The variables for that of it which is here."""
    return {name: path for name, path in FETCHED.items()
            if os.path.isdir(path)}


def without(missing):
    """Say that nothing is tested; the exit status that says it too."""
    print(f"{missing} is not here (tests/install brings it): "
          "NOTHING IS TESTED against it", file=sys.stderr)
    return 1 if os.environ.get("CI") else 77


class Running:
    """What keeps a server running: a context that is the server."""

    def __init__(self, name, settings):
        self.name = name
        self.settings = [f"{key}={value}" for key, value in settings.items()]
        self.keeper = None

    def __enter__(self):
        kinds.named(self.name).find()  # here, where Missing can be caught
        self.keeper = subprocess.Popen(
            [sys.executable, KEEPER, self.name, *self.settings],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        facts = self.keeper.stdout.readline()
        if not facts:
            self.__exit__()
            raise Failed(f"{self.name} did not start")
        return Server(**json.loads(facts))

    def __exit__(self, *_):
        self.keeper.stdin.close()  # which tells the keeper
        self.keeper.stdout.read()  # until all is gone
        self.keeper.stdout.close()
        self.keeper.wait()


def start(name, **settings):
    """The server of that name: postgres, postgres18, mariadb, mysql."""
    return Running(name, settings)


def postgres(version="", **settings):
    """Of that version, or of that which the distribution has."""
    return start(f"postgres{version}", **settings)


def mariadb(**settings):
    return start("mariadb", **settings)


def mysql(**settings):
    return start("mysql", **settings)
