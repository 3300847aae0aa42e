"""Answers that are the same for everybody: built once, kept with their gzip and ETag, sent again from memory.

A view that returns a `Body` is wrapped in `@keep(place)`, outermost. `place(**view arguments)` asks only what
it needs to name the answer; `None` means that the request's answer is its own and is not kept. Where the name
alone decides the bytes, the place carries an ETag: an unchanged copy is answered 304 before anything is read.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, wraps
from threading import Lock
from typing import Any

from flask import Response, current_app, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags

from eventsite.kernel import clock
from eventsite.web.site import Ready

SHELF_BYTES = 32 * 1024 * 1024
SMALL = 500  # bytes that gzip would not make fewer
UNKEPT = "no-store"
GZIP = ("Content-Encoding", "gzip")


@dataclass(frozen=True, kw_only=True)
class Body:
    """What a view answers: bytes that hold until `until`; `lasting` is false for what is not to be kept."""

    data: bytes
    mimetype: str
    headers: Mapping[str, str] = field(default_factory=dict)
    until: datetime | None = None
    lasting: bool = True


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an answer is kept, how others may keep it, and its ETag where the name decides the bytes."""

    key: Hashable
    cache_control: str
    etag: str | None = None


Headers = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Sending:
    """Bytes with all their headers, ready to send."""

    data: bytes
    headers: Headers


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A body as it is sent, plain and (where that is shorter) packed."""

    etag: str
    until: datetime | None
    plain: Sending
    packed: Sending | None

    @property
    def size(self) -> int:
        """Return how many bytes it takes."""
        return len(self.plain.data) + (len(self.packed.data) if self.packed else 0)


class Shelf:
    """The answers of one process, the least wanted given up first."""

    def __init__(self, limit: int = SHELF_BYTES) -> None:
        self._limit, self._bytes = limit, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        return self._bytes

    def get(self, key: Hashable, now: datetime) -> Kept | None:
        """Return what is kept there and still holds."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.until is not None and now >= kept.until:
                self._bytes -= self._kept.pop(key).size
                return None
            self._kept.move_to_end(key)
            return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer in place of an older one."""
        with self._lock:
            if old := self._kept.pop(key, None):
                self._bytes -= old.size
            self._kept[key] = kept
            self._bytes += kept.size
            while self._bytes > self._limit:
                self._bytes -= self._kept.popitem(last=False)[1].size


def keep(place: Callable[..., Place | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer from the shelf where the request has a place there, else let the view build the body."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def kept(**values: Any) -> Any:
            there = place(**values)
            if there is None:
                body = view(**values)
                return _send(pack(body, UNKEPT)) if isinstance(body, Body) else body
            if there.etag and _known(there.etag):
                return _unchanged(there.etag, there.cache_control)
            found = shelf().get(there.key, clock.now())
            if found is None:
                body = view(**values)
                if not isinstance(body, Body):
                    return body
                found = pack(body, there.cache_control, there.etag)
                if body.lasting:
                    shelf().put(there.key, found)
            if _known(found.etag):
                return _unchanged(found.etag, there.cache_control)
            return _send(found)

        return kept

    return decorate


def shelf() -> Shelf:
    """Return the shelf of this application in this process."""
    found: Shelf = current_app.extensions.setdefault("shelf", Shelf())
    return found


def name_bytes(*parts: object) -> str:
    """Return an ETag for what these parts decide."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def pack(body: Body, cache_control: str, etag: str | None = None) -> Kept:
    """Make a body ready to send; without an ETag its bytes give it one."""
    etag = etag or hashlib.sha256(body.data).hexdigest()[:32]
    charset = "; charset=utf-8" if body.mimetype.startswith("text/") else ""
    headers = [("Content-Type", f"{body.mimetype}{charset}"), *body.headers.items()]
    plain = _sending(body.data, headers, f'"{etag}"', cache_control)
    packed = None
    if len(body.data) > SMALL:
        data = gzip.compress(body.data, 6, mtime=0)
        packed = _sending(data, [*headers, GZIP], f'"{etag}-gzip"', cache_control)
    return Kept(etag=etag, until=body.until, plain=plain, packed=packed)


def _sending(data: bytes, headers: Headers, etag: str, cache_control: str) -> Sending:
    length = ("Content-Length", str(len(data)))
    return Sending(data=data, headers=[*headers, *_caching(etag, cache_control), length])


def _caching(etag: str, cache_control: str) -> Headers:
    return [("ETag", etag), ("Cache-Control", cache_control), ("Vary", "Accept-Encoding, Cookie")]


def _known(etag: str) -> bool:
    """Tell whether the reader has these bytes, plain or packed."""
    told = request.environ.get("HTTP_IF_NONE_MATCH")
    if not told:
        return False
    wanted = parse_etags(told)
    return wanted.contains_weak(etag) or wanted.contains_weak(f"{etag}-gzip")


def _unchanged(etag: str, cache_control: str) -> Response:
    return Ready([], _caching(f'"{etag}"', cache_control), 304)


def _send(kept: Kept) -> Response:
    packed = kept.packed if _unpacks(request.environ.get("HTTP_ACCEPT_ENCODING", "")) else None
    sending = packed or kept.plain
    return Ready([sending.data], sending.headers)


@lru_cache(maxsize=256)
def _unpacks(accepted: str) -> bool:
    """Tell whether a reader that sends this `Accept-Encoding` can unpack gzip."""
    return parse_accept_header(accepted, Accept).quality("gzip") > 0
