"""Why a unit stands where it stands, and why not where it wished to: facts for sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from eventsite.placement.core.grounds import Ground
from eventsite.placement.core.judging import load_on
from eventsite.placement.core.values import Spot, Task, Unit


class Reason(Enum):
    """What speaks for a spot, or against a wish."""

    STOOD_THERE = "stood_there"
    WISH = "wish"
    NO_WISH = "no_wish"
    WISH_TAKEN = "wish_taken"
    WISH_OFF = "wish_off"
    CATEGORY = "category"
    BESIDE = "beside"
    DELEGATION = "delegation"
    POWER = "power"
    ZONE_POWER = "zone_power"


@dataclass(frozen=True, kw_only=True)
class Because:
    """One reason: `place` a code, `other` a unit's ref, `rank` of a wish, `room` in tenths of a kW."""

    reason: Reason
    place: str = ""
    other: str = ""
    rank: int = 0
    room: int = 0


def said(because: Because) -> str:
    """Return a reason as it is kept with a holding: its word and what it names."""
    facts = (because.place, because.other, str(because.rank or ""))
    return ":".join((because.reason.value, *filter(None, facts)))


def reasons(unit: Unit, task: Task, ground: Ground, spots: Mapping[str, Spot]) -> tuple[Because, ...]:
    """Return the reasons for a placed unit, the strongest first."""
    spot = spots[unit.ref]
    if unit.fixed:
        return (Because(reason=Reason.STOOD_THERE, place=spot[0]),)
    return (
        *_of_wishes(unit, spot, ground, spots),
        *_of_company(unit, spot, task, ground, spots),
        *_of_place(unit, spot, task, ground, spots),
    )


def _of_wishes(unit: Unit, spot: Spot, ground: Ground, spots: Mapping[str, Spot]) -> Iterator[Because]:
    ranks = [rank for rank, code in enumerate(unit.wishes, 1) if code in spot]
    if ranks:
        yield Because(reason=Reason.WISH, place=unit.wishes[ranks[0] - 1], rank=ranks[0])
    elif not unit.wishes:
        yield Because(reason=Reason.NO_WISH)
    holders = {code: ref for ref, held in spots.items() for code in held}
    for rank, code in enumerate(unit.wishes[: ranks[0] - 1 if ranks else None], 1):
        if code in holders:
            yield Because(reason=Reason.WISH_TAKEN, place=code, other=holders[code], rank=rank)
        elif code not in ground.places:
            yield Because(reason=Reason.WISH_OFF, place=code, rank=rank)


def _of_company(
    unit: Unit, spot: Spot, task: Task, ground: Ground, spots: Mapping[str, Spot]
) -> Iterator[Because]:
    own = ground.rows_of(spot)
    if unit.near in spots and own & ground.rows_of(spots[unit.near]):
        yield Because(reason=Reason.BESIDE, other=unit.near)
    for other in task.units:
        together = unit.delegation and other.delegation == unit.delegation and other is not unit
        if together and other.ref in spots and own & ground.rows_of(spots[other.ref]):
            yield Because(reason=Reason.DELEGATION, other=other.ref)
            return


def _of_place(
    unit: Unit, spot: Spot, task: Task, ground: Ground, spots: Mapping[str, Spot]
) -> Iterator[Because]:
    place = ground.places[spot[0]]
    if place.category == unit.category:
        yield Because(reason=Reason.CATEGORY, place=place.code)
    for circuit in task.circuits:
        if circuit.feeds(place) and unit.load:
            left = circuit.room - load_on(circuit, task, ground, spots)
            reason = Reason.ZONE_POWER if circuit.of_zone else Reason.POWER
            yield Because(reason=reason, place=circuit.code, room=left)
