"""What the editor may say of each kind of thing: readers that take a JSON value or raise `ValueError`."""

import re
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Any

from eventsite.kernel.colours import shades
from eventsite.kernel.openwords import is_open_word
from eventsite.market.enums import STATUSES, ShapeKind

FURTHEST = 100_000.0  # from the corner of the plan, in its units
LEAST = 1.0  # of a width or depth
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
Read = Callable[[Any], Any]


class Kind(Enum):
    """What the editor changes."""

    ZONE = "zone"
    BOOTH = "booth"
    STAGE = "stage"
    FACILITY = "facility"
    SHAPE = "shape"


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


def _color(value: Any) -> str:
    color = TEXT(value)
    shades(color)  # raises `ValueError` for what is no `#rrggbb`
    return color


def _open_word(value: Any) -> str:
    word = TEXT(value)
    if not is_open_word(word):
        raise ValueError
    return word


def _one_of(words: Collection[str]) -> Read:
    def read(value: Any) -> str:
        word = TEXT(value)
        if word not in words:
            raise ValueError
        return word

    return read


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


TEXT = _text(40, 1)
PLACE, SIZE = _number(-FURTHEST, FURTHEST), _number(LEAST, FURTHEST)
BOX: Mapping[str, Read] = {"map_x": PLACE, "map_y": PLACE, "map_w": SIZE, "map_h": SIZE}
NAMES: Mapping[str, Read] = {"name_zh": _text(80, 1), "name_en": _text(120, 1)}
FACTS: Mapping[Kind, Mapping[str, Read]] = {
    Kind.ZONE: {
        "code": _code(10),
        **NAMES,
        "kind": _open_word,
        "color": _color,
        "limit_kw": _or_none(_number(0.1, FURTHEST)),
        **BOX,
    },
    Kind.BOOTH: {
        "code": _code(20),
        "zone": _code(10),
        "circuit": _or_none(_code(20)),
        "delegation": _or_none(_text(80, 1)),
        **NAMES,
        "category": _open_word,
        "kind": _open_word,
        "size_m": _text(20, 1),
        "power_kw": _number(0, 1000),
        "appliances_zh": _lines(40, 40),
        "needs_water": _flag,
        "open_flame": _flag,
        "food_permit_required": _flag,
        "staff_passes": _whole(0, 999),
        "vehicle_passes": _whole(0, 99),
        "status": _one_of(STATUSES),
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
    Kind.FACILITY: {"kind": _open_word, **NAMES, "x": PLACE, "y": PLACE},
    Kind.SHAPE: {
        "kind": _one_of({kind.value for kind in ShapeKind}),
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
