"""What is wrong with a floor plan: the rules as data, and the breaches that warnings tell of.

`static/js/plan/rules.js` says the same for the editor as things are dragged; both are held to
`tests/market/plan_cases.json`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from math import floor

from eventsite.kernel.boxes import METRE, Box, metres
from eventsite.kernel.words import N_

SLACK = 0.5  # of a unit is no fault: 2.5 cm
FLAME_METRES, HERITAGE_METRES = 3.0, 1.0
FAR = FLAME_METRES * METRE  # beyond it two things do not concern each other
GROUNDED = ("booth", "stage")  # what stands on ground of its own
Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the plan: what breaks it is bad, or to be looked at, and what is then said."""

    bad: bool
    words: str
    metres: float | None = None


RULES: Mapping[str, Rule] = {
    "same_code": Rule(bad=True, words=N_("%(a)s and %(b)s have the same code.")),
    "off_plan": Rule(bad=True, words=N_("%(a)s reaches %(metres)s m out of the plan.")),
    "overlap": Rule(bad=True, words=N_("%(a)s and %(b)s overlap by %(metres)s m.")),
    "outside": Rule(bad=True, words=N_("%(a)s reaches %(metres)s m out of %(b)s.")),
    "other_zone": Rule(
        bad=True, words=N_("%(a)s stands %(metres)s m deep in %(b)s, which is not the zone it belongs to.")
    ),
    "lane": Rule(bad=True, words=N_("%(a)s stands %(metres)s m deep in %(b)s, which stays free.")),
    "covers": Rule(bad=True, words=N_("%(a)s stands on %(b)s.")),
    "food_heritage": Rule(
        bad=True,
        metres=HERITAGE_METRES,
        words=N_("%(a)s, food, is %(metres)s m from %(b)s, heritage; %(least)s m are needed."),
    ),
    "flame": Rule(
        bad=False,
        metres=FLAME_METRES,
        words=N_("%(a)s has an open flame %(metres)s m from %(b)s; %(least)s m are needed."),
    ),
    "circuit": Rule(
        bad=True, words=N_("%(a)s: %(load)s kW are announced, the circuit carries %(limit)s kW.")
    ),
    "zone_power": Rule(
        bad=True, words=N_("%(a)s: %(load)s kW are announced, the zone's feeder carries %(limit)s kW.")
    ),
    "circuit_zone": Rule(bad=False, words=N_("%(a)s hangs on %(b)s, a circuit of another zone.")),
}
RANK = {name: rank for rank, name in enumerate(sorted(RULES, key=lambda name: not RULES[name].bad))}


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A thing on the plan: zone, booth, stage, facility (a box without size), fire lane or circuit.

    `zone` and `circuit` are codes. What is `off`, a booth that is cancelled, takes part in no rule but
    that of its code.
    """

    kind: str
    key: str
    code: str = ""
    box: Box | None = None
    zone: str | None = None
    category: str = ""
    flame: bool = False
    kw: float = 0.0
    circuit: str | None = None
    limit: float | None = None
    off: bool = False

    @property
    def id(self) -> Key:
        """Return what tells it from all others."""
        return self.kind, self.key


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A rule that is broken, by which things, and the figures of its sentence; lengths in metres."""

    rule: str
    of: tuple[Key, ...]
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def bad(self) -> bool:
        """Tell whether it has to be solved, not only looked at."""
        return RULES[self.rule].bad


def warnings(things: Sequence[Thing], ground: Box | None = None) -> list[Breach]:
    """Return all that is wrong, what has to be solved first, then in the order of rules and things."""
    place = {thing.id: index for index, thing in enumerate(things)}
    found = chain(
        _same_codes(things),
        _off_plan(things, ground),
        _pairs(things),
        _outside(things),
        _loads(things),
        _strayed(things),
    )
    return sorted(found, key=lambda one: (RANK[one.rule], *(place[of] for of in one.of)))


def _same_codes(things: Sequence[Thing]) -> Iterator[Breach]:
    first: dict[str, Thing] = {}
    for thing in things:
        if thing.kind == "booth" and first.setdefault(thing.code, thing) is not thing:
            yield Breach(rule="same_code", of=(first[thing.code].id, thing.id))


def _off_plan(things: Sequence[Thing], ground: Box | None) -> Iterator[Breach]:
    for thing in things:
        if ground and thing.kind == "zone" and thing.box:
            out = thing.box.reach(ground)
            if out > SLACK:
                yield Breach(rule="off_plan", of=(thing.id,), values={"metres": metres(out)})


def _outside(things: Sequence[Thing]) -> Iterator[Breach]:
    zones = {thing.code: thing for thing in things if thing.kind == "zone"}
    grounds = {code: zone.box for code, zone in zones.items() if zone.box}
    for thing in things:
        own = grounds.get(thing.zone or "")
        if thing.kind in GROUNDED and not thing.off and thing.box and thing.zone and own:
            out = thing.box.reach(own)
            if out > SLACK:
                of = (thing.id, zones[thing.zone].id)
                yield Breach(rule="outside", of=of, values={"metres": metres(out)})
            for code, deep in other_grounds(thing.box, thing.zone, grounds).items():
                of = (thing.id, zones[code].id)
                yield Breach(rule="other_zone", of=of, values={"metres": metres(deep)})


def other_grounds(box: Box, own: str, grounds: Mapping[str, Box]) -> dict[str, float]:
    """Return the codes of the zones on whose ground a box stands beside its own, and how deep, in units.

    What stays in its own zone is on no other ground, also where two zones overlap.
    """
    if own not in grounds or box.reach(grounds[own]) <= SLACK:
        return {}
    depths = {code: box.depth(ground) for code, ground in grounds.items() if code != own}
    return {code: deep for code, deep in depths.items() if deep > SLACK}


def _pairs(things: Sequence[Thing]) -> Iterator[Breach]:
    """Compare neighbours: things from left to right, each with those that begin before it ends."""
    placed = [(index, thing, thing.box) for index, thing in enumerate(things) if thing.box and not thing.off]
    placed.sort(key=lambda one: (one[2].x, one[0]))
    for nth, one in enumerate(placed):
        for other in islice(placed, nth + 1, None):
            if other[2].x > one[2].right + FAR:
                break
            (_, first, box), (_, second, beside) = sorted((one, other), key=lambda each: each[0])
            yield from _pair(first, box, second, beside)


def _pair(one: Thing, box: Box, two: Thing, other: Box) -> Iterator[Breach]:
    kinds = {one.kind, two.kind}
    deep = box.depth(other)
    if kinds <= {*GROUNDED} or kinds == {"zone"}:
        if deep > SLACK:
            yield Breach(rule="overlap", of=(one.id, two.id), values={"metres": metres(deep)})
        elif kinds == {"booth"}:
            yield from _distance(one, two, box.gap(other))
        return
    standing, lying = (one, two) if one.kind in GROUNDED else (two, one)
    if standing.kind not in GROUNDED:
        return
    if lying.kind == "lane" and deep > SLACK:
        yield Breach(rule="lane", of=(standing.id, lying.id), values={"metres": metres(deep)})
    if lying.kind == "facility" and deep >= 0:
        yield Breach(rule="covers", of=(standing.id, lying.id))


def _distance(one: Thing, two: Thing, apart: float) -> Iterator[Breach]:
    if {one.category, two.category} == {"food", "heritage"} and _near(apart, HERITAGE_METRES):
        food, heritage = (one, two) if one.category == "food" else (two, one)
        yield _near_by("food_heritage", food, heritage, apart)
    burning, beside = (one, two) if _endangers(one, two) else (two, one)
    if _endangers(burning, beside) and _near(apart, FLAME_METRES):
        yield _near_by("flame", burning, beside, apart)


def _endangers(burning: Thing, beside: Thing) -> bool:
    """Tell whether a flame has to keep away: from heritage always, from food where it cooks none itself."""
    if not burning.flame:
        return False
    return beside.category == "heritage" or (beside.category == "food" and burning.category != "food")


def _near(apart: float, least: float) -> bool:
    return apart < least * METRE - SLACK


def _near_by(rule: str, one: Thing, two: Thing, apart: float) -> Breach:
    least = RULES[rule].metres or 0.0
    return Breach(rule=rule, of=(one.id, two.id), values={"metres": metres(apart), "least": least})


def _loads(things: Sequence[Thing]) -> Iterator[Breach]:
    for source, rule, of in (("circuit", "circuit", "circuit"), ("zone", "zone_power", "zone")):
        loads = load_by(things, of)
        for thing in things:
            load = loads.get(thing.code, 0.0)
            if thing.kind == source and thing.limit is not None and load > thing.limit:
                yield Breach(rule=rule, of=(thing.id,), values={"load": load, "limit": thing.limit})


def load_by(things: Sequence[Thing], of: str) -> dict[str, float]:
    """Return the announced kW by the code of the `zone` or `circuit` that gives them."""
    hundredths: dict[str, int] = {}
    for thing in things:
        code = getattr(thing, of)
        if thing.kind == "booth" and not thing.off and code:
            hundredths[code] = hundredths.get(code, 0) + floor(thing.kw * 100 + 0.5)
    return {code: total / 100 for code, total in hundredths.items()}


def _strayed(things: Sequence[Thing]) -> Iterator[Breach]:
    circuits = {thing.code: thing for thing in things if thing.kind == "circuit"}
    for thing in things:
        circuit = circuits.get(thing.circuit or "")
        if thing.kind == "booth" and not thing.off and circuit and circuit.zone != thing.zone:
            yield Breach(rule="circuit_zone", of=(thing.id, circuit.id))
