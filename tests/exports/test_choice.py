"""A part of a programme: what fits all filters, under its own name and address."""

import pytest

from eventsite.exports.core.choice import Choice, is_known, narrow
from eventsite.exports.core.values import Both, Links
from eventsite.programme.core.values import City
from tests.support.factories_programme import a_day, a_programme, a_snapshot, an_item

JINZHOU = City(ref="dl-jz", name_zh="锦州市展团", name_en="Jinzhou team", city_zh="锦州", city_en="Jinzhou")
PROGRAMME = a_programme(
    an_item("pg-1", delegation=JINZHOU),
    an_item("pg-2", stage="S2"),
    an_item("pg-3", day=1, delegation=JINZHOU),
    days=(a_day(), a_day(1)),
)
SNAPSHOT = a_snapshot(PROGRAMME)
LINKS = Links(home="h", programme="p", calendar="c?x=y")
MARK = SNAPSHOT.entries[1].mark


@pytest.mark.parametrize(
    ("choice", "refs", "words"),
    [
        (Choice(), ["pg-1", "pg-2", "pg-3"], ""),
        (Choice(stage="S2"), ["pg-2"], "主舞台S2"),
        (Choice(day="2025-09-07"), ["pg-3"], "2025-09-07"),
        (Choice(city="dl-jz"), ["pg-1", "pg-3"], "锦州"),
        (Choice(city="dl-jz", day="2025-09-06"), ["pg-1"], "2025-09-06 · 锦州"),
        (Choice(marks=(MARK,)), ["pg-2"], "我的收藏"),
        (Choice(marks=()), [], "我的收藏"),
        (Choice(stage="S9"), [], ""),
    ],
)
def test_a_choice_takes_what_fits_all_of_it(choice: Choice, refs: list[str], words: str) -> None:
    part = narrow(SNAPSHOT, choice, LINKS)

    assert ([entry.ref for entry in part.entries], part.part.zh) == (refs, words)
    assert part.links == LINKS


def test_rooms_and_days_are_the_chosen_ones() -> None:
    part = narrow(SNAPSHOT, Choice(stage="S2", day="2025-09-07"), LINKS)

    assert ([room.code for room in part.rooms], len(part.days)) == (["S2"], 1)


def test_everything_is_said_in_both_languages() -> None:
    assert narrow(SNAPSHOT, Choice(city="dl-jz"), LINKS).part == Both("锦州", "Jinzhou")


@pytest.mark.parametrize(
    ("choice", "known"),
    [
        (Choice(), True),
        (Choice(stage="S2", city="dl-jz", day="2025-09-06"), True),
        (Choice(stage="S9"), False),
        (Choice(city="x"), False),
        (Choice(day="2025-09-09"), False),
        (Choice(marks=(MARK,)), False),
    ],
)
def test_what_is_known_is_what_the_programme_has(choice: Choice, known: bool) -> None:
    assert is_known(SNAPSHOT, choice) is known


def test_a_choice_is_written_as_the_address_asked() -> None:
    assert Choice(stage="S2", marks=("ab", "cd")).asked == {"stage": "S2", "fav": "ab.cd"}
