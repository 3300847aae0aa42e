"""The rules of the floor plan: what is wrong, between which things, by how many metres."""

import pytest

from eventsite.kernel.boxes import Box
from eventsite.market.core import RULES, Thing, load_by, warnings
from tests.market.plan_cases import Case, cases


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_what_is_wrong_is_told_and_nothing_else(case: Case) -> None:
    found = warnings(case.things, case.ground)
    told = [{"rule": one.rule, "of": [list(of) for of in one.of], "values": one.values} for one in found]
    assert told == case.breaches


def test_every_rule_has_a_case() -> None:
    assert {breach["rule"] for case in cases() for breach in case.breaches} == set(RULES)


def test_every_sentence_names_its_things_and_figures() -> None:
    for case in cases():
        for breach in case.breaches:
            names = dict(zip("ab", breach["of"], strict=False))
            assert RULES[breach["rule"]].words % {**names, **breach["values"]}


def test_only_neighbours_are_compared_and_none_is_missed() -> None:
    booths = [
        Thing(
            kind="booth",
            key=str(nth),
            code=str(nth),
            box=Box(x=70 * (nth % 25), y=70 * (nth // 25), w=60, h=60),
            category="food" if nth % 2 else "heritage",
        )
        for nth in range(500)
    ]
    assert len(warnings(booths)) == 20 * 24 + 19 * 25  # beside each other, and one above the other


def test_load_is_added_up_by_what_gives_it() -> None:
    def booth(key: str, kw: float, zone: str, circuit: str | None = None, off: bool = False) -> Thing:
        return Thing(kind="booth", key=key, kw=kw, zone=zone, circuit=circuit, off=off)

    things = [booth("1", 0.1, "A", "A-1"), booth("2", 0.2, "A"), booth("3", 4, "B", "A-1", off=True)]
    assert load_by(things, "zone") == {"A": 0.3}
    assert load_by(things, "circuit") == {"A-1": 0.1}
