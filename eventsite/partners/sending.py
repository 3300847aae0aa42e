"""Sending a message to a webhook: a name is resolved once, and the connection goes to what was judged.

Where an address of the name takes no connection, the next is tried; a message is handed to one alone.
Whatever answers, it costs this process `WHOLE` seconds and a few kilobytes at most: the answer's body is
never read, and nothing is followed anywhere else.
"""

import http.client
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from eventsite.kernel.words import N_
from eventsite.partners.core.addresses import BadAddress, Bounds, Target, judge_addresses, read_target
from eventsite.partners.core.deliveries import SIGNATURE_HEADER, sign

RESOLVE, CONNECT, WHOLE = 4.0, 5.0, 10.0  # seconds
Resolve = Callable[[str, int], Sequence[str]]
Outcome = tuple[int | None, str, dict[str, Any]]

REDIRECTED = N_("It answers with a redirect (%(status)s), which is not followed. Enter the final address.")
REFUSED = N_("It answered with status %(status)s.")
TOO_SLOW = N_("No answer within %(seconds)s seconds.")
NO_TLS = N_("No safe connection: %(why)s")
NO_CONNECTION = N_("No connection: %(why)s")
NO_HTTP = N_("What it answered is no HTTP.")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message with the address it goes to; `at` is the time of sending in Unix seconds."""

    url: str
    uid: str
    kind: str
    body: str
    secret: str = field(repr=False)
    at: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How an attempt went; `fault` is a marked sentence, empty where the message was taken."""

    status: int | None
    fault: str
    params: dict[str, Any]
    milliseconds: int


def find_addresses(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a name, none where it is not known or its servers take too long to say."""
    found: list[str] = []

    def look_up() -> None:
        with suppress(OSError, UnicodeError):
            asked = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(str(address[0]) for *_kind, address in asked)

    thread = threading.Thread(target=look_up, daemon=True)  # the library's own patience may be a minute
    thread.start()
    thread.join(RESOLVE)
    return tuple(found)


def judge(url: str, bounds: Bounds, resolve: Resolve = find_addresses) -> tuple[Target, tuple[str, ...]]:
    """Return an address taken apart and the IP addresses to try; raises `BadAddress`."""
    target = read_target(url, bounds)
    return target, judge_addresses(target.host, resolve(target.host, target.port), bounds)


def send(
    letter: Letter, bounds: Bounds, resolve: Resolve = find_addresses, *, seconds: float = WHOLE
) -> Answer:
    """Send a letter once and tell how it went; no request is made to what is out of bounds."""
    began = time.monotonic()
    status, fault, params = _try(letter, bounds, resolve, seconds)
    passed = time.monotonic() - began
    if fault and status is None and passed >= seconds:
        fault, params = TOO_SLOW, {"seconds": round(seconds)}
    return Answer(status=status, fault=fault, params=params, milliseconds=round(passed * 1000))


def _try(letter: Letter, bounds: Bounds, resolve: Resolve, seconds: float) -> Outcome:
    try:
        target, addresses = judge(letter.url, bounds, resolve)
        status = _ask(target, addresses, letter, seconds)
    except BadAddress as refusal:
        return None, refusal.message, refusal.params
    except (http.client.HTTPException, OSError) as error:
        return None, *_said(error)
    if 300 <= status < 400:
        return status, REDIRECTED, {"status": status}
    return (status, "", {}) if 200 <= status < 300 else (status, REFUSED, {"status": status})


def _said(error: http.client.HTTPException | OSError) -> tuple[str, dict[str, Any]]:
    """Return the sentence of a failure with what it names."""
    if isinstance(error, http.client.HTTPException):
        return NO_HTTP, {}
    if isinstance(error, TimeoutError):
        return TOO_SLOW, {"seconds": round(CONNECT)}
    if isinstance(error, ssl.SSLError):
        return NO_TLS, {"why": error.reason or type(error).__name__}
    return NO_CONNECTION, {"why": error.strerror or type(error).__name__}


def _ask(target: Target, addresses: Sequence[str], letter: Letter, seconds: float) -> int:
    """Send the request and return the status of the answer."""
    with (
        _connect(addresses, target.port) as plain,
        _cut_off(plain, seconds),
        _speaking(target, plain) as speaking,
    ):
        speaking.sendall(_request(target, letter))
        answer = http.client.HTTPResponse(speaking, method="POST")
        try:
            answer.begin()
            return answer.status
        finally:
            answer.close()


def _connect(addresses: Sequence[str], port: int) -> socket.socket:
    """Return a connection to the first address that takes one; the failure of the last is told."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=CONNECT)
    return socket.create_connection((addresses[-1], port), timeout=CONNECT)


@contextmanager
def _speaking(target: Target, plain: socket.socket) -> Iterator[socket.socket]:
    if target.scheme == "http":
        yield plain
        return
    with _context().wrap_socket(plain, server_hostname=target.host) as safe:
        yield safe


@contextmanager
def _cut_off(connected: socket.socket, seconds: float) -> Iterator[None]:
    """Cut a connection off after that time, however slowly its bytes drip."""
    handle = socket.socket(fileno=os.dup(connected.fileno()))  # TLS takes the first one over

    def cut() -> None:
        with suppress(OSError):  # it has ended by itself
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        handle.close()


def _request(target: Target, letter: Letter) -> bytes:
    body = letter.body.encode()
    lines = (
        f"POST {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        "User-Agent: eventsite-webhook/1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"Eventsite-Event: {letter.kind}",
        f"Eventsite-Delivery: {letter.uid}",
        f"{SIGNATURE_HEADER}: {sign(letter.secret, letter.body, letter.at)}",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii") + body


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
