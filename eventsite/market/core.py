"""Booths as plain values: what a booth is, where it may stand, in what order, and how the plan is drawn."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import fsum

from eventsite.kernel.boxes import Box
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_

LINE = 1.3  # of the size of the type
PIECE = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff-]*-|[^\s\u2e80-\uffff-]+\s*")
Lines = tuple[int, float, list[str]]  # how many, how uneven, and the words of each


@dataclass(frozen=True, kw_only=True)
class BoothFacts:
    """What a team says of a booth; `zone` is a zone's code, `delegation` its holder's id in the file."""

    code: str
    zone: str
    delegation: str | None
    name_zh: str
    name_en: str
    category: str
    kind: str
    size_m: str
    power_kw: float
    appliances_zh: tuple[str, ...]
    needs_water: bool
    open_flame: bool
    food_permit_required: bool
    staff_passes: int
    vehicle_passes: int
    status: str
    map_x: float
    map_y: float
    map_w: float
    map_h: float
    note_zh: str | None

    @property
    def box(self) -> Box:
        """Return its place on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)


def check_place(facts: BoothFacts, zone: Box, neighbours: Mapping[str, Box]) -> None:
    """Raise `Conflict` unless the booth stands in its zone and on no neighbour's ground (boxes by code)."""
    if not zone.contains(facts.box):
        raise Conflict(
            N_(
                "Booth %(code)s would reach out of zone %(zone)s: the zone spans %(left)g to %(right)g "
                "across and %(top)g to %(bottom)g down."
            ),
            field="map_x",
            code=facts.code,
            zone=facts.zone,
            left=zone.x,
            right=zone.right,
            top=zone.y,
            bottom=zone.bottom,
        )
    for code, box in neighbours.items():
        if facts.box.overlaps(box):
            raise Conflict(
                N_("Booth %(code)s would stand on the ground of booth %(other)s."),
                field="map_x",
                code=facts.code,
                other=code,
            )


def is_moved(before: BoothFacts, after: BoothFacts) -> bool:
    """Tell whether the booth changes its ground."""
    return (before.zone, before.box) != (after.zone, after.box)


def natural_key(code: str) -> tuple[str | int, ...]:
    """Return the key that sorts codes as people count: A-2 before A-10."""
    return tuple(
        int(part) if index % 2 else part for index, part in enumerate(re.split(r"([0-9]+)", code.casefold()))
    )


def total_power(loads: Iterable[float]) -> float:
    """Return the sum of loads in kW, free of the tails of binary fractions."""
    return round(fsum(loads), 2)


class Spot(Enum):
    """A ninth of the plan; the value says where it is."""

    TOP_LEFT = N_("top left")
    TOP = N_("top")
    TOP_RIGHT = N_("top right")
    LEFT = N_("left")
    MIDDLE = N_("middle")
    RIGHT = N_("right")
    BOTTOM_LEFT = N_("bottom left")
    BOTTOM = N_("bottom")
    BOTTOM_RIGHT = N_("bottom right")


def spot_of(x: float, y: float, ground: Box) -> Spot:
    """Return the ninth of the plan that a point lies in; points outside count to the nearest."""
    column = min(max(int(3 * (x - ground.x) / ground.w), 0), 2)
    row = min(max(int(3 * (y - ground.y) / ground.h), 0), 2)
    return tuple(Spot)[3 * row + column]


def nearest(x: float, y: float, boxes: Mapping[str, Box]) -> str | None:
    """Return the code of the box nearest to a point, the first of equals; `None` where there are no boxes."""
    return min(boxes, key=lambda code: boxes[code].distance(x, y), default=None)


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words fitted into a box on the plan: the lines with their baselines, and the size of the type."""

    size: float
    lines: tuple[tuple[float, str], ...]


def fit_label(text: str, box: Box, sizes: Sequence[float]) -> Label | None:
    """Set the words in the middle of the box, in the first size in which they fit; `None` if none does."""
    for size in sizes:
        lines = _wrap(text, box.w / size)
        if lines and len(lines) * LINE * size <= box.h:
            first = box.center[1] - (len(lines) / 2 - 0.8) * LINE * size
            placed = ((round(first + i * LINE * size, 1), line) for i, line in enumerate(lines))
            return Label(size=size, lines=tuple(placed))
    return None


def head_height(zone: Box, booths: Iterable[Box], *, least: float, most: float) -> float:
    """Return how high the name bar of a zone may be without covering its booths, within the two bounds."""
    free = min((booth.y for booth in booths), default=zone.y + most) - zone.y
    return min(max(free, least), most)


def _wrap(text: str, width: float) -> list[str]:
    """Break a text into the fewest lines of `width` ems, as even as they can be; [] if a word is wider.

    Chinese breaks between any two signs, other words at blanks and hyphens. Of equal ways the one with the
    short lines first: most names begin with a city of two signs.
    """
    pieces = PIECE.findall(text)
    best: list[Lines | None] = [(0, 0.0, [])]
    for end in range(1, len(pieces) + 1):
        ways: list[Lines] = []
        for start, before in enumerate(best):
            line = "".join(pieces[start:end]).strip()
            ems = _ems(line)
            if before and ems <= width:
                ways.append((before[0] + 1, before[1] + ems**2, [*before[2], line]))
        best.append(min(ways, key=lambda way: way[:2], default=None))
    return best[-1][2] if best[-1] else []


def _ems(text: str) -> float:
    return fsum(1 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in text)
