"""Changes of a plan as the editor sends them: read from JSON into sound values, or refused with the place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_

MOST = 2000  # changes of one save
FURTHEST = 100_000.0  # from the corner of the plan, in its units
LEAST = 1.0  # of a width or depth
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")
Read = Callable[[Any], Any]


class Kind(Enum):
    """What the editor changes."""

    ZONE = "zone"
    BOOTH = "booth"
    STAGE = "stage"
    FACILITY = "facility"
    SHAPE = "shape"


class Op(Enum):
    """What becomes of it."""

    CREATE = "create"
    EDIT = "edit"
    REMOVE = "remove"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that changes: its id in the event's file, the version that was read, and its new facts.

    A new thing brings the id that it will have, so that a save sent twice adds it once.
    """

    kind: Kind
    op: Op
    key: str
    version: int
    facts: Mapping[str, Any]

    @property
    def id(self) -> tuple[str, str]:
        """Return what tells the thing from all others."""
        return self.kind.value, self.key


@dataclass(frozen=True, kw_only=True)
class Stale:
    """A thing that somebody else changed first: what it is now (`None`: removed) and its version."""

    kind: Kind
    key: str
    version: int
    theirs: Mapping[str, Any] | None


class StalePlan(Conflict):
    """Somebody else changed some of the things first; nothing of the save was written."""

    def __init__(self, stale: Sequence[Stale]) -> None:
        super().__init__(N_("Somebody else changed the plan after you opened it. Nothing is saved yet."))
        self.stale = tuple(stale)


def read_changes(data: Any) -> tuple[Change, ...]:
    """Return the changes that a JSON document holds; raises `DomainError` naming what does not fit."""
    listed = data.get("changes") if isinstance(data, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST:
        raise DomainError(N_("A save of the plan holds 1 to %(most)s changes."), most=MOST)
    changes = tuple(_change(entry, nth) for nth, entry in enumerate(listed, 1))
    if len({change.id for change in changes}) < len(changes):
        raise DomainError(N_("A save of the plan names each thing once."))
    return changes


def _change(entry: Any, nth: int) -> Change:
    if not isinstance(entry, dict):
        raise _misfit(nth, "change")
    try:
        kind, op = Kind(entry.get("kind")), Op(entry.get("op"))
    except ValueError as error:
        raise _misfit(nth, "kind") from error
    key, version = entry.get("key"), entry.get("version", 0)
    if not isinstance(key, str) or not KEY.match(key):
        raise _misfit(nth, "key")
    if type(version) is not int or not 0 <= version < 10**9:
        raise _misfit(nth, "version")
    facts = entry.get("facts", {})
    if not isinstance(facts, dict) or facts.keys() - FACTS[kind].keys():
        raise _misfit(nth, "facts")
    if op is Op.CREATE and FACTS[kind].keys() - facts.keys():
        raise _misfit(nth, "facts")
    return Change(kind=kind, op=op, key=key, version=version, facts=_facts(FACTS[kind], facts, nth))


def _facts(readers: Mapping[str, Read], facts: Mapping[str, Any], nth: int) -> dict[str, Any]:
    told = {}
    for name, value in facts.items():
        try:
            told[name] = readers[name](value)
        except ValueError as error:
            raise _misfit(nth, name) from error
    return told


def _misfit(nth: int, name: str) -> DomainError:
    return DomainError(N_("Change %(nth)s of the plan cannot be read: %(name)s."), nth=nth, name=name)


def _text(most: int, least: int = 0) -> Read:
    def read(value: Any) -> str:
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise ValueError
        value.encode()  # half a sign, as `\\ud800` in JSON may be one, raises a `ValueError` too
        return value

    return read


def _code(most: int) -> Read:
    text = _text(most, 1)

    def read(value: Any) -> str:
        if not CODE.match(text(value)):
            raise ValueError
        return str(value)

    return read


def _number(least: float, most: float) -> Read:
    def read(value: Any) -> float:
        if type(value) not in (int, float) or not least <= value <= most:  # nor is NaN between them
            raise ValueError
        return round(float(value), 2)

    return read


def _whole(least: int, most: int) -> Read:
    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError
        return value

    return read


def _or_none(inner: Read) -> Read:
    def read(value: Any) -> Any:
        return None if value is None else inner(value)

    return read


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _lines(most: int, length: int) -> Read:
    line = _text(length, 1)

    def read(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError
        return tuple(line(each) for each in value)

    return read


def _points(value: Any) -> list[list[float]]:
    if not isinstance(value, list) or len(value) > 200:
        raise ValueError
    return [_point(pair) for pair in value]


def _point(pair: Any) -> list[float]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError
    return [PLACE(each) for each in pair]


PLACE, SIZE = _number(-FURTHEST, FURTHEST), _number(LEAST, FURTHEST)
BOX: Mapping[str, Read] = {"map_x": PLACE, "map_y": PLACE, "map_w": SIZE, "map_h": SIZE}
NAMES: Mapping[str, Read] = {"name_zh": _text(80, 1), "name_en": _text(120, 1)}
WORD = _text(40, 1)
FACTS: Mapping[Kind, Mapping[str, Read]] = {
    Kind.ZONE: {
        "code": _code(10),
        **NAMES,
        "kind": WORD,
        "color": _text(7, 7),
        "limit_kw": _or_none(_number(0.1, FURTHEST)),
        **BOX,
    },
    Kind.BOOTH: {
        "code": _code(20),
        "zone": _code(10),
        "circuit": _or_none(_code(20)),
        "delegation": _or_none(_text(80, 1)),
        **NAMES,
        "category": WORD,
        "kind": WORD,
        "size_m": _text(20, 1),
        "power_kw": _number(0, 1000),
        "appliances_zh": _lines(40, 40),
        "needs_water": _flag,
        "open_flame": _flag,
        "food_permit_required": _flag,
        "staff_passes": _whole(0, 999),
        "vehicle_passes": _whole(0, 99),
        "status": WORD,
        "note_zh": _or_none(_text(500)),
        **BOX,
    },
    Kind.STAGE: {
        "code": _code(10),
        "zone": _code(10),
        **NAMES,
        "audience_capacity": _whole(0, 1_000_000),
        "covered": _flag,
        **{name: _or_none(read) for name, read in BOX.items()},
    },
    Kind.FACILITY: {"kind": WORD, **NAMES, "x": PLACE, "y": PLACE},
    Kind.SHAPE: {
        "kind": WORD,
        **NAMES,
        "map_x": PLACE,
        "map_y": PLACE,
        "map_w": _number(0, FURTHEST),
        "map_h": _number(0, FURTHEST),
        "points": _points,
        "carried": _or_none(_text(80, 1)),
    },
}
"""What the editor may say of each kind of thing."""
