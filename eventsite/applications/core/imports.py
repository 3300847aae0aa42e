"""Exhibitors from a spreadsheet: what its rows would add, change and give, and where that does not fit.

A row is known by the application's number or, without one, by the unit's name. What an applicant wrote by the
private link is the applicant's: a sheet gives such an application booths and changes nothing else of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from eventsite.applications.enums import PLACEABLE, Status
from eventsite.kernel.dryrun import DryRun, RowFault, Step, repeated
from eventsite.kernel.words import N_

NEEDED = ("unit_zh", "zone", "category")  # of a new exhibitor
CLEARED = ("delegation",)  # an empty cell empties it; others it leaves as they are
LISTS = ("products_zh", "appliances_zh", "wishes")  # an empty cell empties them too
OVER = (Status.REJECTED, Status.WITHDRAWN)
CHANGEABLE = (Status.SUBMITTED, Status.WAITLISTED)
BOOTHS = "booths"
MOST_CHANGES = 1000
Rows = Sequence[tuple[int, Mapping[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class ExhibitorFacts:
    """What a sheet says of an exhibitor. `zone` is a code, `delegation` an id of the file."""

    unit_zh: str
    unit_en: str = ""
    category: str
    zone: str
    delegation: str | None = None
    contact_post_zh: str = ""
    products_zh: tuple[str, ...] = ()
    places: int = 1
    wishes: tuple[str, ...] = ()
    power_kw: float = 0.0
    appliances_zh: tuple[str, ...] = ()
    needs_water: bool = False
    open_flame: bool = False
    food_required: bool = False
    street_occupation: bool = False
    vehicle_passes: int = 0
    staff_passes: int = 0
    insured: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An application as it stands; `by_link`: its applicant wrote it."""

    ref: str
    version: int
    status: Status
    by_link: bool
    facts: ExhibitorFacts
    booths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Places:
    """What rows may name: zones, booths and delegations of the event."""

    zones: Collection[str]
    booths: Collection[str]
    delegations: Collection[str]


def plan_exhibitors(rows: Rows, standing: Sequence[Standing], places: Places) -> DryRun:
    """Return what the rows would do to the applications that stand."""
    by_ref = {one.ref: one for one in standing}
    by_unit: dict[str, list[Standing]] = {}
    for one in standing:
        if one.status not in OVER:
            by_unit.setdefault(one.facts.unit_zh, []).append(one)
    faults: list[RowFault] = []
    steps: list[Step] = []
    for row, values in rows:
        known = _known(values, by_ref, by_unit)
        wrong = [*_faults_of_key(row, values, by_ref, by_unit), *_faults_of_names(row, values, known, places)]
        if not wrong:
            step = _step(row, values, known)
            wrong = [] if known is None else list(_faults_of_change(step, known))
            steps.append(step)
        faults += wrong
    faults += _doubled(steps)
    faults += _shared(steps, standing)
    faults += _too_many(steps)
    return DryRun(steps=tuple(steps), faults=tuple(sorted(faults, key=lambda fault: fault.row)))


def _known(
    values: Mapping[str, Any], by_ref: Mapping[str, Standing], by_unit: Mapping[str, Sequence[Standing]]
) -> Standing | None:
    if values.get("ref"):
        return by_ref.get(values["ref"])
    found = by_unit.get(values.get("unit_zh") or "", ())
    return found[0] if len(found) == 1 else None


def _faults_of_key(
    row: int,
    values: Mapping[str, Any],
    by_ref: Mapping[str, Standing],
    by_unit: Mapping[str, Sequence[Standing]],
) -> Iterator[RowFault]:
    ref, unit = values.get("ref"), values.get("unit_zh") or ""
    if ref and ref not in by_ref:
        yield RowFault(
            row=row,
            name="ref",
            message=N_("There is no application %(number)s. Leave the number empty for a new exhibitor."),
            params={"number": ref},
        )
    elif not ref and len(by_unit.get(unit, ())) > 1:
        yield RowFault(
            row=row,
            name="ref",
            message=N_("“%(unit)s” has several applications: give the number of the one that is meant."),
            params={"unit": unit},
        )


def _faults_of_names(
    row: int, values: Mapping[str, Any], known: Standing | None, places: Places
) -> Iterator[RowFault]:
    for name in NEEDED if known is None else ():
        if not values.get(name):
            yield RowFault(row=row, name=name, message=N_("A new exhibitor needs this."))
    if known is None and values.get(BOOTHS):
        yield RowFault(
            row=row,
            name=BOOTHS,
            message=N_("A new exhibitor has to be accepted before a booth can be given."),
        )
    named = [
        ("zone", places.zones, [values.get("zone")]),
        ("delegation", places.delegations, [values.get("delegation")]),
        ("wishes", places.booths, values.get("wishes") or ()),
        (BOOTHS, places.booths, values.get(BOOTHS) or ()),
    ]
    for name, there, given in named:
        for one in given:
            if one and one not in there:
                yield RowFault(
                    row=row, name=name, message=N_("“%(named)s” is not in this event."), params={"named": one}
                )


def _step(row: int, values: Mapping[str, Any], known: Standing | None) -> Step:
    fields = ExhibitorFacts.__annotations__
    given = {
        name: value
        for name, value in values.items()
        if name in fields and (value is not None or name in CLEARED)
    }
    given |= {name: tuple(values[name] or ()) for name in LISTS if name in values}
    if known is None:
        facts = ExhibitorFacts(**given)
        return Step(row=row, key=facts.unit_zh, version=0, old={}, new=asdict(facts))
    before, after = asdict(known.facts), asdict(replace(known.facts, **given))
    old = {name: before[name] for name in after if after[name] != before[name]}
    new = {name: after[name] for name in old}
    booths = tuple(dict.fromkeys(values.get(BOOTHS) or ()))
    if booths and set(booths) != set(known.booths):
        old, new = {**old, BOOTHS: known.booths}, {**new, BOOTHS: booths}
    return Step(row=row, key=known.ref, version=known.version, old=old, new=new)


def _faults_of_change(step: Step, known: Standing) -> Iterator[RowFault]:
    changed = [name for name in step.new if name != BOOTHS]
    if changed and known.by_link:
        message = N_(
            "The applicant wrote this: a sheet gives this application booths and changes nothing else."
        )
        yield from (RowFault(row=step.row, name=name, message=message) for name in changed)
    elif changed and known.status not in CHANGEABLE:
        message = N_("This application is decided: a sheet gives it booths and changes nothing else.")
        yield from (RowFault(row=step.row, name=name, message=message) for name in changed)
    if BOOTHS in step.new and known.status not in PLACEABLE:
        yield RowFault(
            row=step.row,
            name=BOOTHS,
            message=N_("“%(unit)s” is not approved: only what is approved or confirmed gets a booth."),
            params={"unit": known.facts.unit_zh},
        )
    elif BOOTHS in step.new and len(step.new[BOOTHS]) > known.facts.places:
        yield RowFault(
            row=step.row,
            name=BOOTHS,
            message=N_("“%(unit)s” applied for %(places)s, not for %(asked)s booths."),
            params={
                "unit": known.facts.unit_zh,
                "places": known.facts.places,
                "asked": len(step.new[BOOTHS]),
            },
        )


def _doubled(steps: Sequence[Step]) -> Iterator[RowFault]:
    for row, key in repeated([(step.row, step.key) for step in steps]):
        yield RowFault(
            row=row, name="", message=N_("Another row is about “%(key)s” too."), params={"key": key}
        )


def _shared(steps: Sequence[Step], standing: Sequence[Standing]) -> Iterator[RowFault]:
    """Yield a fault for each booth that would have a second holder; who gives one up in the sheet is done."""
    named = {step.key: step.new[BOOTHS] for step in steps if BOOTHS in step.new}
    holders: dict[str, str] = {}
    for one in standing:
        if one.ref not in named:
            holders |= dict.fromkeys(one.booths, one.facts.unit_zh)
    for step in steps:
        for code in step.new.get(BOOTHS, ()):
            if code in holders:
                yield RowFault(
                    row=step.row,
                    name=BOOTHS,
                    message=N_("Booth %(code)s is held by “%(unit)s”."),
                    params={"code": code, "unit": holders[code]},
                )
            holders[code] = step.key


def _too_many(steps: Sequence[Step]) -> Iterator[RowFault]:
    """Yield a fault where one act would hold everybody else's up for too long."""
    acting = [step for step in steps if step.new]
    if len(acting) > MOST_CHANGES:
        yield RowFault(
            row=acting[MOST_CHANGES].row,
            name="",
            message=N_("One import adds or changes at most %(most)s exhibitors. Split the table."),
            params={"most": MOST_CHANGES},
        )
