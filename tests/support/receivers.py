"""Receivers of webhooks: real servers on this machine, some of them ill-behaved."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Behave = Callable[[socket.socket], None]


@dataclass
class Receiver:
    """A server that keeps what it was sent; `url` leads to it."""

    port: int
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def body(self) -> str:
        """Return the body of the last request."""
        return self.requests[-1].partition(b"\r\n\r\n")[2].decode()

    def header(self, name: str) -> str:
        """Return a header of the last request."""
        head = self.requests[-1].partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in head)[name]


def answers(status: str, *headers: str) -> Behave:
    """Answer with a status and nothing else."""
    lines = "\r\n".join((f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", ""))

    def behave(connection: socket.socket) -> None:
        connection.sendall(lines.encode())

    return behave


def says(data: bytes) -> Behave:
    """Answer with these bytes."""
    return lambda connection: connection.sendall(data)


def drips(connection: socket.socket) -> None:
    """Send a byte at a time and never come to an end."""
    while True:
        connection.sendall(b"H")
        time.sleep(0.05)


def pours(connection: socket.socket) -> None:
    """Send a body without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


@contextmanager
def receiving(behave: Behave, *, reads: bool = True) -> Iterator[Receiver]:
    """Run a receiver that behaves so, until the block ends; one that does not read behaves at once."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        receiver = Receiver(server.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(server, receiver, behave, reads), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(2)


def _serve(server: socket.socket, receiver: Receiver, behave: Behave, reads: bool) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            try:
                if reads:
                    receiver.requests.append(_read(connection))
                behave(connection)
            except OSError:
                continue  # the other side has had enough


def _read(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if b"Content-Length" in line)
    while len(body) < length:
        body += _more(connection)
    return head + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(4096)
    if not data:
        raise ConnectionAbortedError
    return data
