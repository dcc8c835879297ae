#!/usr/bin/python3
"""Keep a server until whoever asked for it is gone.

keeper.py NAME [SETTING=VALUE...]

Writes one line of JSON, the fields of servers.Server, once the server answers.
When its input ends, which the kernel sees to even where the asking process is
killed, it stops the server, removes the folder and closes its output.  It is
nobody's child, so that what kills a whole tree of processes spares it.
"""
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from servers import account, kinds, template  # noqa: E402

OWNER = 0  # the descriptor whose end says that nobody needs the server
TRIES = 3  # a free port may be taken before the server has it


def leave_the_tree():
    """Become a process that no signal to the asking one's group reaches."""
    if os.fork():
        os._exit(0)
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))


def said(server, log):
    """What the server says, until it or its owner is gone; log gets it too."""
    with selectors.DefaultSelector() as selector:
        selector.register(OWNER, selectors.EVENT_READ)
        selector.register(server.stderr, selectors.EVENT_READ)
        while True:
            ready = [key.fd for key, _ in selector.select()]
            if OWNER in ready and not os.read(OWNER, 1):
                return
            if server.stderr.fileno() in ready:
                data = os.read(server.stderr.fileno(), 65536)
                if not data:
                    return
                log.write(data)
                log.flush()
                yield data.decode(errors="replace")


def serve(kind, folder, port, settings):
    """Start the server, tell of it once it answers, and stay with it.

    Returns None after a server that answered, else what it said.
    """
    path = os.path.join(folder, "log")
    with open(path, "wb") as log, account.popen(
            kind.command(folder, port, settings), folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        try:
            text = ""
            words = said(server, log)
            for part in words:
                text += part
                if kind.ready in text:
                    break
            else:
                return text
            print(json.dumps({
                "name": kind.name, "pid": server.pid, "folder": folder,
                "log": path, "bin": kind.bin, "host": "127.0.0.1",
                "port": port, "user": template.USER,
                "password": template.password(folder), **kind.facts(folder),
            }), flush=True)
            for part in words:
                pass
            return None
        finally:
            server.send_signal(signal.Signals[kind.end])


def keep(name, settings):
    kind = kinds.named(name)
    kind.find()
    # A short name that everybody may reach, for the socket.
    folder = tempfile.mkdtemp(prefix="osprof-", dir="/tmp")
    try:
        template.fill(kind, folder)
        kind.prepare(folder)
        for _ in range(TRIES):
            trouble = serve(kind, folder, account.free_port(), settings)
            if trouble is None:
                return 0
            if kind.port_taken not in trouble:
                break
        sys.stderr.write(trouble)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    leave_the_tree()
    sys.exit(keep(sys.argv[1], dict(
        setting.split("=", 1) for setting in sys.argv[2:])))
