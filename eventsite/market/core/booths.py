"""Booths as plain values: what a booth is, where it may stand, and in what order booths come."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from eventsite.kernel.boxes import Box, metres
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.market.enums import PLANNED, LiveState


@dataclass(frozen=True, kw_only=True)
class BoothFacts:
    """What a team says of a booth.

    `zone` and `circuit` are codes, `delegation` is its holder's id in the file.
    """

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
    circuit: str | None = None

    @property
    def box(self) -> Box:
        """Return its place on the plan."""
        return Box(x=self.map_x, y=self.map_y, w=self.map_w, h=self.map_h)


def check_place(facts: BoothFacts, zone: Box, neighbours: Mapping[str, Box]) -> None:
    """Raise `Conflict` unless the booth stands in its zone and on no neighbour's ground (boxes by code)."""
    if not zone.contains(facts.box):
        raise Conflict(
            N_(
                "Booth %(code)s would reach out of zone %(zone)s: the zone spans %(left)g to %(right)g m "
                "across and %(top)g to %(bottom)g m down."
            ),
            field="map_x",
            code=facts.code,
            zone=facts.zone,
            left=metres(zone.x),
            right=metres(zone.right),
            top=metres(zone.y),
            bottom=metres(zone.bottom),
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


def check_status(before: BoothFacts, after: BoothFacts, state: LiveState) -> None:
    """Raise `Conflict` on `status` where an open booth would be planned anew, and so be free for others."""
    if after.status == PLANNED and before.status != PLANNED and state is not LiveState.CLOSED:
        raise Conflict(
            N_("Booth %(code)s is open: say under “How booths do” that it is not, then plan it anew."),
            field="status",
            code=before.code,
        )


def natural_key(code: str) -> tuple[str | int, ...]:
    """Return the key that sorts codes as people count: A-2 before A-10."""
    return tuple(
        int(part) if index % 2 else part for index, part in enumerate(re.split(r"([0-9]+)", code.casefold()))
    )


def total_power(loads: Iterable[float]) -> float:
    """Return the sum of loads in kW, free of the tails of binary fractions."""
    return round(fsum(loads), 2)
