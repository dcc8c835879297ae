#!/usr/bin/env python3
"""Start a server of one's own, run a program against it, stop it.

oracle_server.py mariadb|postgres program

The server's files lie in a folder under /tmp that goes with it, it listens on a
socket there, and it runs as nobody if this runs as root.  The program finds
the socket's path, or PostgreSQL's folder, in OSPROF_ORACLE_SOCKET.  Without a
server the exit status is 77, or 1 where CI is set.
"""
import ctypes
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

PR_SET_PDEATHSIG = 1


def find(name, pattern):
    """The program of that name, also outside of PATH; None if there is none."""
    found = sorted(glob.glob(pattern)) + [shutil.which(name)]
    return next((path for path in reversed(found) if path), None)


def account():
    """How to run what refuses to be root."""
    if os.getuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def mariadb(server, folder):
    """The command that serves in the folder, and the socket."""
    socket = os.path.join(folder, "socket")
    return [server, "--no-defaults", "--datadir=" + folder,
            "--tmpdir=" + folder, "--socket=" + socket,
            "--pid-file=" + os.path.join(folder, "pid"), "--skip-networking",
            "--skip-grant-tables", "--skip-innodb",
            "--default-storage-engine=MyISAM", "--performance-schema=OFF",
            "--max-allowed-packet=64M"], socket


def postgres(server, folder):
    data = os.path.join(folder, "data")
    subprocess.run(
        [os.path.join(os.path.dirname(server), "initdb"), "-D", data,
         "--no-locale", "-E", "UTF8", "-A", "trust", "-U", "postgres",
         "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **account())
    options = {"listen_addresses": "", "unix_socket_directories": folder,
               "fsync": "off", "log_min_error_statement": "panic",
               "log_min_messages": "log", "shared_buffers": "1MB"}
    command = [server, "-D", data]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return command, folder


# Name: its program; where Debian has it; its command; what it says when it is
# ready; the signal that ends it.
SERVERS = {
    "mariadb": ("mariadbd", "/usr/sbin/mariadbd", mariadb,
                "ready for connections", signal.SIGTERM),
    "postgres": ("postgres", "/usr/lib/postgresql/*/bin/postgres", postgres,
                 "ready to accept connections", signal.SIGINT),
}


def wait_for(server, ready):
    """Read what the server says until it is ready; whether it is."""
    said = []
    for line in server.stderr:
        if ready in line:
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return True
        said.append(line)
    sys.stderr.write("".join(said))
    return False


def run(name, path, program, folder):
    _, _, command, ready, end = SERVERS[name]
    line, socket = command(path, folder)
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True,
                          errors="replace", cwd=folder,
                          preexec_fn=die_with_parent, **account()) as server:
        try:
            if not wait_for(server, ready):
                return 1
            return subprocess.run(
                program, env=dict(os.environ, OSPROF_ORACLE_SOCKET=socket),
                check=False).returncode
        finally:
            server.send_signal(end)


def main(name, *program):
    path = find(*SERVERS[name][:2])
    if not path:
        print(f"{name} is not installed: NOTHING IS CHECKED against it",
              file=sys.stderr)
        return 1 if os.environ.get("CI") else 77
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="osprof-", dir="/tmp")
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        return run(name, path, program, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
