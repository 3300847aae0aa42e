"""Booths from a spreadsheet: what its rows would add and change, and where that does not fit the plan.

The final state counts, as in the plan's editor: two booths may change places with each other.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from eventsite.kernel.boxes import METRE, Box, metres
from eventsite.kernel.dryrun import DryRun, RowFault, Step, repeated
from eventsite.kernel.words import N_
from eventsite.market.core.booths import BoothFacts, is_moved

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SIZE = re.compile(r"([0-9.]{1,6})\s*[x×*X]\s*([0-9.]{1,6})")
PLACE = ("map_x", "map_y", "map_w", "map_h")
NEEDED = ("zone", "name_zh", "name_en")  # of a new booth
CLEARED = ("delegation", "circuit", "note_zh")  # an empty cell empties these; others it leaves as they are
HEAD, GAP = 44.0, 10.0  # the zone's name bar, and the ground left free around a booth that the site places
USUAL_SIZE = (3.0, 3.0)  # metres
MOST_CHANGES = 1000
USUAL: Mapping[str, Any] = {
    "delegation": None,
    "category": "service",
    "kind": "booth",
    "status": "planned",
    "size_m": "3x3",
    "power_kw": 0.0,
    "appliances_zh": (),
    "needs_water": False,
    "open_flame": False,
    "food_permit_required": False,
    "staff_passes": 2,
    "vehicle_passes": 0,
    "note_zh": None,
    "circuit": None,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A booth as it stands, with its id in the file and its version."""

    ref: str
    version: int
    facts: BoothFacts


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What booths may name: zones with their boxes, circuits and delegations."""

    zones: Mapping[str, Box]
    circuits: Collection[str]
    delegations: Collection[str]


Rows = Sequence[tuple[int, Mapping[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """A booth as the sheet wants it; without a place it gets one."""

    row: int
    before: Standing | None
    facts: BoothFacts
    placed: bool


def plan_booths(rows: Rows, standing: Mapping[str, Standing], ground: Ground) -> DryRun:
    """Return what the rows would do to the booths that stand, by code."""
    faults = list(_faults_of_keys(rows, standing))
    bad = {fault.row for fault in faults}
    wanted = []
    for row, values in rows:
        if row in bad:
            continue
        before = standing.get(values["code"])
        wrong = list(_faults_of_row(row, values, before, ground))
        faults += wrong
        if not wrong:
            wanted.append(_wanted(row, values, before))
    placed, unplaced = _placed(wanted, standing, ground)
    faults += unplaced
    faults += _faults_of_ground(placed, standing, ground)
    steps = tuple(_step(one) for one in placed)
    faults += _too_many(steps)
    return DryRun(steps=steps, faults=tuple(sorted(faults, key=lambda fault: fault.row)))


def _faults_of_keys(rows: Rows, standing: Mapping[str, Standing]) -> Iterator[RowFault]:
    codes = [(row, str(values["code"])) for row, values in rows]
    for row, code in repeated([(row, code.casefold()) for row, code in codes]):
        yield RowFault(
            row=row,
            name="code",
            message=N_("Another row has this code: %(code)s."),
            params={"code": code.upper()},
        )
    alike = {code.casefold(): code for code in standing}
    for row, code in codes:
        if not CODE.fullmatch(code):
            yield RowFault(
                row=row,
                name="code",
                message=N_("Letters, digits, dot, hyphen and underscore; a letter or digit first."),
            )
        elif code not in standing and code.casefold() in alike:
            yield RowFault(
                row=row,
                name="code",
                message=N_("There is booth %(code)s already: write its code exactly so."),
                params={"code": alike[code.casefold()]},
            )


def _faults_of_row(
    row: int, values: Mapping[str, Any], before: Standing | None, ground: Ground
) -> Iterator[RowFault]:
    known: Mapping[str, Collection[str]] = {
        "zone": ground.zones,
        "circuit": ground.circuits,
        "delegation": ground.delegations,
    }
    for name, there in known.items():
        named = values.get(name)
        if named is not None and named not in there:
            yield RowFault(
                row=row,
                name=name,
                message=N_("“%(named)s” is not in this event."),
                params={"named": named},
            )
    for name in NEEDED if before is None else ():
        if not values.get(name):
            yield RowFault(row=row, name=name, message=N_("A new booth needs this."))
    given = [name for name in PLACE if values.get(name) is not None]
    if before is None and given and len(given) < len(PLACE):
        yield RowFault(
            row=row,
            name=next(name for name in PLACE if name not in given),
            message=N_("Give a new booth all four of its place, or none of them."),
        )


def _wanted(row: int, values: Mapping[str, Any], before: Standing | None) -> _Wanted:
    own = {
        name: value
        for name, value in values.items()
        if name not in PLACE and (value is not None or name in CLEARED)
    }
    if "appliances_zh" in values:
        own["appliances_zh"] = tuple(values["appliances_zh"] or ())
    place = {name: values[name] for name in PLACE if values.get(name) is not None}
    if before is not None:
        facts = before.facts
        kept: dict[str, Any] = {name: _units(place[name], getattr(facts, name)) for name in place}
        return _Wanted(row=row, before=before, facts=replace(facts, **own, **kept), placed=True)
    boxed = {name: _units(place.get(name, 0.0), 0.0) for name in PLACE}
    facts = BoothFacts(**{**USUAL, **own, **boxed})
    return _Wanted(row=row, before=None, facts=facts, placed=bool(place))


def _units(length: float, before: float) -> float:
    """Return metres in the plan's units; what was only rounded for the sheet stays as it was."""
    return before if metres(before) == length else round(length * METRE, 2)


def _placed(
    wanted: Sequence[_Wanted], standing: Mapping[str, Standing], ground: Ground
) -> tuple[list[_Wanted], list[RowFault]]:
    """Return the booths with a place each; those without get the first free ground of their zone."""
    named = {one.facts.code for one in wanted}
    taken: dict[str, list[Box]] = {code: [] for code in ground.zones}
    for facts in (
        *(one.facts for one in wanted if one.placed),
        *(there.facts for code, there in standing.items() if code not in named),
    ):
        taken[facts.zone].append(facts.box)
    placed, faults = [], []
    for one in wanted:
        if one.placed:
            placed.append(one)
            continue
        zone = ground.zones[one.facts.zone]
        box = _free_ground(zone, _size(one.facts.size_m), taken[one.facts.zone])
        if box is None:
            faults.append(_no_ground(one))
            continue
        taken[one.facts.zone].append(box)
        facts = replace(one.facts, map_x=box.x, map_y=box.y, map_w=box.w, map_h=box.h)
        placed.append(replace(one, facts=facts, placed=True))
    return placed, faults


def _size(text: str) -> tuple[float, float]:
    """Return width and depth of `3x3` in the plan's units."""
    found = SIZE.fullmatch(text.strip())
    try:
        width, depth = (float(found[1]), float(found[2])) if found else USUAL_SIZE
    except ValueError:
        width, depth = USUAL_SIZE
    return max(width * METRE, 1.0), max(depth * METRE, 1.0)


def _free_ground(zone: Box, size: tuple[float, float], taken: Sequence[Box]) -> Box | None:
    """Return the first free place, from the left and in rows from below the zone's name."""
    width, depth = size
    y = zone.y + HEAD + GAP
    while y + depth + GAP <= zone.bottom:
        x = zone.x + GAP
        while x + width + GAP <= zone.right:
            around = Box(x=x - GAP, y=y - GAP, w=width + 2 * GAP, h=depth + 2 * GAP)
            hit = next((box for box in taken if box.overlaps(around)), None)
            if hit is None:
                return Box(x=x, y=y, w=width, h=depth)
            x = hit.right + GAP
        y += depth + GAP
    return None


def _no_ground(one: _Wanted) -> RowFault:
    return RowFault(
        row=one.row,
        name="map_x",
        message=N_("Zone %(zone)s has no free ground for a booth of %(size)s m: say where it stands."),
        params={"zone": one.facts.zone, "size": one.facts.size_m},
    )


def _faults_of_ground(
    placed: Sequence[_Wanted], standing: Mapping[str, Standing], ground: Ground
) -> Iterator[RowFault]:
    """Yield what a booth that is new or moves breaks: its zone's edge, or another booth's ground."""
    moving = {one.facts.code: one.row for one in placed if _moves(one)}
    for one in placed:
        if _moves(one) and not ground.zones[one.facts.zone].contains(one.facts.box):
            yield RowFault(
                row=one.row,
                name="map_x",
                message=N_("Booth %(code)s would reach out of zone %(zone)s."),
                params={"code": one.facts.code, "zone": one.facts.zone},
            )
    named = {one.facts.code for one in placed}
    final = [one.facts for one in placed]
    final += [there.facts for code, there in standing.items() if code not in named]
    for facts, other in _overlaps(final):
        hit, there = (facts, other) if facts.code in moving else (other, facts)
        if hit.code in moving:
            yield RowFault(
                row=moving[hit.code],
                name="map_x",
                message=N_("Booth %(code)s would stand on the ground of booth %(other)s."),
                params={"code": hit.code, "other": there.code},
            )


def _moves(one: _Wanted) -> bool:
    return one.before is None or is_moved(one.before.facts, one.facts)


def _overlaps(booths: Iterable[BoothFacts]) -> Iterator[tuple[BoothFacts, BoothFacts]]:
    """Yield the pairs of a zone that share ground, by a line that sweeps from the left."""
    near: list[BoothFacts] = []
    for facts in sorted(booths, key=lambda facts: (facts.zone, facts.map_x)):
        near = [one for one in near if one.zone == facts.zone and one.box.right > facts.map_x]
        yield from ((facts, one) for one in near if one.box.overlaps(facts.box))
        near.append(facts)


def _step(one: _Wanted) -> Step:
    after = asdict(one.facts)
    if one.before is None:
        return Step(row=one.row, key=one.facts.code, version=0, old={}, new=after)
    before = asdict(one.before.facts)
    changed = [name for name in after if after[name] != before[name]]
    return Step(
        row=one.row,
        key=one.facts.code,
        version=one.before.version,
        old={name: before[name] for name in changed},
        new={name: after[name] for name in changed},
    )


def _too_many(steps: Sequence[Step]) -> Iterator[RowFault]:
    """Yield a fault where one act would hold everybody else's up for too long."""
    acting = [step for step in steps if step.new]
    if len(acting) > MOST_CHANGES:
        yield RowFault(
            row=acting[MOST_CHANGES].row,
            name="",
            message=N_("One import adds or changes at most %(most)s booths. Split the table."),
            params={"most": MOST_CHANGES},
        )
