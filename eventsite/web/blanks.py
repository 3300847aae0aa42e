"""Pages that differ between readers in a few words: made once for each state, their blanks filled for each.

A view renders with `blank("proof")` where the reader's own word will stand; `kept_page` keeps what it made
under the state that decides all the rest, and `fill` puts the words in.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from flask import request
from markupsafe import escape

from eventsite.kernel import clock
from eventsite.web.kept import Kept, Sending, shelf
from eventsite.web.language import is_elder, language

HOLD = timedelta(seconds=10)  # what no version tells, such as the demo clock, is at most this late
MARK = secrets.token_hex(12)  # no text of ours or of anybody else holds it
BLANK = re.compile(f"{MARK}-([a-z0-9.]+)-".encode())
ARGUMENTS = {"lang": ("zh", "en"), "elder": ("0", "1"), "done": ("1",)}


class Moment(NamedTuple):
    """An instant as pages write it: for machines, and as people read it."""

    iso: str
    clock: str


def blank(name: str) -> str:
    """Return what stands for a reader's own word until it is filled in."""
    return f"{MARK}-{name}-"


def blank_moment(name: str) -> Moment:
    """Return the two blanks of an instant."""
    return Moment(blank(f"{name}.iso"), blank(f"{name}.clock"))


def words_of_moment(name: str, instant: datetime, zone: tzinfo) -> dict[str, str]:
    """Return what fills the two blanks of an instant."""
    return {f"{name}.iso": instant.isoformat(), f"{name}.clock": f"{instant.astimezone(zone):%H:%M}"}


def fill(page: bytes, words: Mapping[str, str]) -> bytes:
    """Return the page with the reader's own words in its blanks, escaped."""
    told = {name.encode(): escape(word).encode() for name, word in words.items()}
    return b"".join(told[piece] if place % 2 else piece for place, piece in enumerate(_pieces(page)))


def kept_page(state: Hashable | None, make: Callable[[], str]) -> bytes:
    """Return the page of a state, with its blanks: the kept one or, where it is not kept, a new one.

    The state is all that decides the page beside its address, language and size; `None` for what is not kept.
    """
    if state is None or not _is_plain():
        return make().encode()
    now = clock.now()
    name = ("page", request.path, request.query_string, language(), is_elder(), state)
    found = shelf().get(name, now)
    if found is None:
        sending = Sending(data=make().encode(), headers=[])
        found = Kept(etag="", until=now + HOLD, plain=sending, packed=None)
        shelf().put(name, found)
    return found.plain.data


@lru_cache(maxsize=256)
def _pieces(page: bytes) -> list[bytes]:
    """Cut a page at its blanks: what stands between them, and in every second place the name of one."""
    return BLANK.split(page)


def _is_plain() -> bool:
    """Tell whether the address asks nothing that only one reader would ask."""
    if not request.query_string:
        return True
    asked = list(request.args.items(multi=True))
    return len(asked) <= len(ARGUMENTS) and all(word in ARGUMENTS.get(name, ()) for name, word in asked)
