"""Two people at the same moment: one of them wins, the other is told; nothing is overwritten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from eventsite.events.queries import get_event, get_zone
from eventsite.kernel.errors import Conflict, StaleEdit
from eventsite.market.core import check_place
from eventsite.market.operations import create_booth, edit_booth
from eventsite.market.queries import boxes_in, get_booth, list_booths
from tests.support.factories import make_booth
from tests.support.factories_market import ORGANIZER, booth_facts, make_fair

pytestmark = pytest.mark.both_databases
PEOPLE = 4


def outcomes(app: Flask, act: Callable[[int], object]) -> list[str]:
    """Let some people do something at once and return what each was told."""
    start = Barrier(PEOPLE)

    def one(number: int) -> str:
        start.wait()
        with app.app_context():
            try:
                act(number)
            except StaleEdit:
                return "stale"
            except Conflict:
                return "conflict"
            return "done"

    with ThreadPoolExecutor(PEOPLE) as people:
        return sorted(people.map(one, range(PEOPLE)))


def test_one_of_the_editors_saves(real_app: Flask) -> None:
    with real_app.app_context():
        version = create_booth(ORGANIZER, make_fair(slug="fair-a").event, booth_facts()).version

    def edit(number: int) -> None:
        facts = booth_facts(name_en=f"Edited by {number}")
        edit_booth(ORGANIZER, get_event("fair-a"), "A-01", facts, version=version)

    assert outcomes(real_app, edit) == ["done", *["stale"] * (PEOPLE - 1)]
    with real_app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").version == version + 1


def test_one_of_the_booths_gets_the_code(real_app: Flask) -> None:
    with real_app.app_context():
        make_fair(slug="fair-a")

    def create(number: int) -> None:
        create_booth(ORGANIZER, get_event("fair-a"), booth_facts(map_x=30 + 85 * number))

    assert outcomes(real_app, create) == [*["conflict"] * (PEOPLE - 1), "done"]


def test_one_of_the_booths_gets_the_ground(real_app: Flask) -> None:
    with real_app.app_context():
        make_fair(slug="fair-a")

    def create(number: int) -> None:
        create_booth(ORGANIZER, get_event("fair-a"), booth_facts(code=f"A-{number}"))

    assert outcomes(real_app, create) == [*["conflict"] * (PEOPLE - 1), "done"]
    with real_app.app_context():
        assert len(list_booths(get_event("fair-a"))) == 1


def test_twin_that_checks_before_its_turn_lets_all_on_the_same_ground(real_app: Flask) -> None:
    with real_app.app_context():
        make_fair(slug="fair-a")
    checked = Barrier(PEOPLE)

    def create_carelessly(number: int) -> None:
        event = get_event("fair-a")
        facts = booth_facts(code=f"A-{number}")
        zone = get_zone(event, "A")
        check_place(facts, zone.box, boxes_in(zone))
        checked.wait()
        make_booth(zone=get_zone(event, "A"), code=facts.code, map_x=facts.map_x)

    assert outcomes(real_app, create_carelessly) == ["done"] * PEOPLE
