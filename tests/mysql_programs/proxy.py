"""A proxy between a program and its server that remembers each packet.

It listens at a socket of the file system, where no client asks for TLS, so
that it can read what it carries.  Of a connection it keeps what the client
sent once it was let in: a login is different each time.
"""
import os
import selectors
import socket
import struct
import threading

NAMES = {
    1: "QUIT", 2: "INIT_DB", 3: "QUERY", 4: "FIELD_LIST", 9: "STATISTICS",
    14: "PING", 17: "CHANGE_USER", 22: "PREPARE", 23: "EXECUTE",
    24: "SEND_LONG_DATA", 25: "STMT_CLOSE", 26: "STMT_RESET",
    27: "SET_OPTION", 28: "FETCH", 31: "RESET_CONNECTION", 250: "BULK_EXECUTE",
}
OF_STATEMENTS = {"EXECUTE", "SEND_LONG_DATA", "STMT_CLOSE", "STMT_RESET",
                 "FETCH", "BULK_EXECUTE"}
LOGIN = ("CHANGE_USER", b"a login")


class Packets:
    """Cuts one direction of a connection into (sequence, payload)."""

    def __init__(self):
        self.rest = b""

    def take(self, data):
        self.rest += data
        while len(self.rest) >= 4:
            end = 4 + int.from_bytes(self.rest[:3], "little")
            if len(self.rest) < end:
                return
            packet = self.rest[3], self.rest[4:end]
            self.rest = self.rest[end:]
            yield packet


class Connection:
    """What a client sent, and what it is told that has to be known."""

    def __init__(self):
        self.from_client, self.from_server = Packets(), Packets()
        self.thread = None  # the server's number of it
        self.sent = []  # (name, payload)
        self.texts = {}  # of prepared statements, by the server's number
        self.preparing = None

    def client_said(self, data):
        for sequence, payload in self.from_client.take(data):
            if sequence == 0 and payload:
                name = NAMES.get(payload[0], str(payload[0]))
                self.sent.append((name, self.known(name, payload[1:])))
                if name == "PREPARE":
                    self.preparing = payload[1:]
            elif self.sent and self.sent[-1] != LOGIN:
                # A file's content; it ends with none.
                self.sent.append(("data", payload))

    def known(self, name, payload):
        """What a packet says; a statement is known by its text."""
        if name == "CHANGE_USER":
            return LOGIN[1]
        if name in OF_STATEMENTS:
            text = self.texts.get(payload[:4], payload[:4])
            return text, payload[4:]
        return payload

    def server_said(self, data):
        for _, payload in self.from_server.take(data):
            if self.thread is None and payload[:1] == b"\x0a":
                end = payload.index(b"\0")
                self.thread, = struct.unpack_from("<I", payload, end + 1)
            elif self.preparing is not None:
                if payload[:1] == b"\0":
                    self.texts[payload[1:5]] = self.preparing
                self.preparing = None

    def statements(self):
        """(name, text) of the texts and the executions."""
        for name, payload in self.sent:
            if name in ("EXECUTE", "BULK_EXECUTE"):
                payload = payload[0]
            elif name == "QUERY":
                # MySQL's client says first how many attributes there are.
                payload = payload.removeprefix(b"\0\1")
            elif name != "PREPARE":
                continue
            yield name, payload.decode(errors="replace")


class Proxy:
    """with Proxy(path, target) as proxy: ... proxy.connections"""

    def __init__(self, path, target):
        self.target = target
        self.path = path
        self.connections = []
        self.selector = selectors.DefaultSelector()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(16)
        self.ending, self.end = socket.socketpair()
        self.watch(self.listener, self.accept)
        self.watch(self.ending, None)
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.end.close()
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        os.unlink(self.path)

    def watch(self, source, act):
        self.selector.register(source, selectors.EVENT_READ, act)

    def run(self):
        while True:
            for key, _ in self.selector.select():
                if key.data is None:
                    return
                if key.fileobj.fileno() >= 0:  # not closed a moment ago
                    key.data()

    def accept(self):
        client, _ = self.listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(self.target)
        connection = Connection()
        self.connections.append(connection)
        self.watch(client, lambda: self.carry(
            client, server, connection.client_said))
        self.watch(server, lambda: self.carry(
            server, client, connection.server_said))

    def carry(self, source, sink, read):
        """Pass on what is there; the end of one side is that of the other."""
        try:
            data = source.recv(65536)
            read(data)
            sink.sendall(data)
        except OSError:
            data = b""
        if not data:
            for one in (source, sink):
                self.selector.unregister(one)
                one.close()
