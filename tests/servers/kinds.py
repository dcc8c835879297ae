"""What differs between the servers: a class each, with the same members."""
import glob
import os
import re
import shutil

from servers import account, cache
from servers.template import USER, password


MYSQL_PLUGINS = cache.path("unstable", "usr", "lib", "mysql", "plugin")


class Missing(Exception):
    """A server that is not on this machine."""


class Postgres:
    """PostgreSQL: no password at the socket, in a folder closed to others."""
    prefixes = ("PG",)  # of its clients' variables
    ready = "ready to accept connections"
    port_taken = "Address already in use"
    end = "SIGQUIT"  # which leaves nothing in shared memory, as SIGKILL would

    # Nothing is kept; replication slots are there for COPY BOTH; the log has
    # no errors of clients, who make many of them.
    settings = {
        "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
        "wal_level": "logical", "shared_buffers": "16MB",
        "max_connections": "200", "timezone": "UTC",
        "log_min_messages": "log", "log_min_error_statement": "panic",
    }

    def __init__(self, version):
        self.name = "postgres" + version
        self.bin = ""

    def find(self):
        """The distribution's newest, or that of the version wanted."""
        version = self.name[len("postgres"):]
        found = glob.glob(f"/usr/lib/postgresql/{version or '*'}/bin/initdb")
        found.sort(key=lambda path: int(path.split("/")[4]))
        found = glob.glob(cache.path(
            self.name, "native", "bin", "initdb")) + found
        if not found:
            raise Missing(self.name)
        self.bin = os.path.dirname(found[-1])
        if not version:
            self.name += self.bin.split("/")[4]

    def program(self, name):
        return os.path.join(self.bin, name)

    def version(self):
        return [self.program("postgres"), "--version"]

    def initialise(self, folder):
        account.run([
            self.program("initdb"), "-D", os.path.join(folder, "data"),
            "-U", USER, "--pwfile", os.path.join(folder, "secret"),
            "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync",
            "--no-locale", "-E", "UTF8", "--wal-segsize=4"], folder)

    def prepare(self, folder):
        """Its clients need no file."""

    def command(self, folder, port, settings):
        command = [self.program("postgres"), "-D",
                   os.path.join(folder, "data")]
        for name, value in {
                **self.settings, "listen_addresses": "127.0.0.1",
                "port": port, "unix_socket_directories": folder,
                **settings}.items():
            command += ["-c", f"{name}={value}"]
        return command

    def facts(self, folder):
        return {"socket": folder, "database": "postgres", "ca": ""}

    def variables(self, server):
        """What libpq's programs read."""
        return {"PGHOST": server.socket, "PGPORT": str(server.port),
                "PGUSER": server.user, "PGPASSWORD": server.password,
                "PGDATABASE": server.database}


class MariaDB:
    """MariaDB, with TLS at its port."""
    name = "mariadb"
    prefixes = ("MYSQL_", "MARIADB_")
    ready = "ready for connections"
    port_taken = "Address already in use"
    end = "SIGKILL"  # its memory is its own, its files go with the folder
    bin = "/usr/bin"
    server = "/usr/sbin/mariadbd"

    settings = {
        "innodb-flush-log-at-trx-commit": "0", "max-allowed-packet": "64M",
        "character-set-server": "utf8mb4", "default-time-zone": "+00:00",
        "local-infile": "1", "performance-schema": "OFF",
        "skip-name-resolve": "1",
    }
    small_log = "--innodb-log-file-size=8M"

    # Nobody enters without the password: root is replaced.
    accounts = """
flush privileges;
create database test;
create user {user}@localhost identified by '{password}';
create user {user}@'%' identified by '{password}';
grant all on *.* to {user}@localhost with grant option;
grant all on *.* to {user}@'%' with grant option;
drop user if exists root@localhost, root@'127.0.0.1', root@'::1';
"""

    def find(self):
        for program in (self.server, "mariadb-install-db", "openssl"):
            if not shutil.which(program):
                raise Missing(self.name)

    def version(self):
        return [self.server, "--version"]

    def initialise(self, folder):
        certify(folder)
        account.run([
            "mariadb-install-db", *self.places(folder), self.small_log,
            "--skip-test-db", "--auth-root-authentication-method=normal",
            "--extra-file=" + self.write_accounts(folder)], folder)

    def write_accounts(self, folder):
        path = os.path.join(folder, "accounts.sql")
        with open(path, "w", encoding="ascii") as file:
            file.write(self.accounts.format(user=USER,
                                            password=password(folder)))
        os.chmod(path, 0o600)
        account.own(path)
        return path

    def prepare(self, folder):
        """Debian's own my.cnf names a socket, so that one of ours must."""
        with open(os.path.join(folder, "my.cnf"), "w",
                  encoding="ascii") as file:
            file.write(f"[client]\nsocket={folder}/socket\nuser={USER}\n"
                       f"password={password(folder)}\n")

    def places(self, folder):
        return ["--no-defaults", "--datadir=" + os.path.join(folder, "data"),
                "--tmpdir=" + folder, "--pid-file=" + folder + "/pid"]

    def command(self, folder, port, settings):
        command = [self.server, *self.places(folder), self.small_log]
        for name, value in {
                **self.settings, "bind-address": "127.0.0.1", "port": port,
                "socket": os.path.join(folder, "socket"),
                "ssl-ca": os.path.join(folder, "ca.pem"),
                "ssl-cert": os.path.join(folder, "server.pem"),
                "ssl-key": os.path.join(folder, "server.key"),
                **settings}.items():
            command.append(f"--{name}={value}")
        return command

    def facts(self, folder):
        return {"socket": os.path.join(folder, "socket"), "database": "test",
                "ca": os.path.join(folder, "ca.pem")}

    def variables(self, server):
        """What its clients' libraries and programs read."""
        return {"MYSQL_HOME": server.folder, "MARIADB_HOME": server.folder,
                "MYSQL_UNIX_PORT": server.socket,
                "MYSQL_TCP_PORT": str(server.port),
                # MySQL's own library enters MariaDB by a plugin.
                "LIBMYSQL_PLUGIN_DIR": MYSQL_PLUGINS}


class MySQL(MariaDB):
    """The genuine one, of Debian's unstable release, which fetch unpacks."""
    name = "mysql"
    bin = cache.path("unstable", "bin")
    server = os.path.join(bin, "mysqld")

    settings = {**MariaDB.settings, "mysqlx": "OFF", "disable-log-bin": "1",
                "secure-file-priv": "NULL"}
    small_log = "--innodb-redo-log-capacity=8M"

    def find(self):
        if not (os.path.exists(self.server) and shutil.which("openssl")):
            raise Missing(self.name)

    def initialise(self, folder):
        certify(folder)
        account.run([
            self.server, *self.places(folder), self.small_log,
            "--initialize-insecure", "--disable-log-bin",
            "--init-file=" + self.write_accounts(folder)], folder)

    def places(self, folder):
        unpacked = cache.path("unstable", "usr")
        return [*super().places(folder), "--basedir=" + unpacked,
                "--lc-messages-dir=" + os.path.join(
                    unpacked, "share", "mysql"),
                "--plugin-dir=" + MYSQL_PLUGINS]


def certify(folder):
    """Make an authority, and a certificate of the server signed by it."""
    new = ["openssl", "req", "-x509", "-nodes", "-days", "3650",
           "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    account.run([*new, "-keyout", "ca.key", "-out", "ca.pem",
                 "-subj", "/CN=authority of a test"], folder)
    account.run([*new, "-keyout", "server.key", "-out", "server.pem",
                 "-CA", "ca.pem", "-CAkey", "ca.key", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                 "-addext", "basicConstraints=critical,CA:FALSE"], folder)


def named(name):
    """The kind of that name; none is a mistake of the caller."""
    version = re.fullmatch("postgres([0-9]*)", name)
    if version:
        return Postgres(version[1])
    return {"mariadb": MariaDB, "mysql": MySQL}[name]()
