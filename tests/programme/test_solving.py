"""What one press solves, and what it leaves alone."""

import pytest

from eventsite.programme.core.clashes import Rules, find_clashes
from eventsite.programme.core.solving import Solution, solve
from eventsite.programme.core.values import Act, Item, Programme, lasting_uuid
from eventsite.programme.enums import ClashRule
from tests.support.factories_programme import SLUG, a_programme, an_item

TROUPE = Act(ref="tp-1", uuid=lasting_uuid(SLUG, "troupe", "tp-1"), name_zh="队", name_en="Team")


def solved(programme: Programme) -> Solution | None:
    """Return what would solve the first clash."""
    return solve(programme, find_clashes(programme)[0], Rules())


def told(solution: Solution | None) -> list[tuple[str, str]]:
    zone = a_programme().fair.zone
    items = solution.items if solution else ()
    return [(item.ref, item.slot.start.astimezone(zone).strftime("%H:%M")) for item in items]


def test_later_item_goes_behind_the_first_set_up_and_tear_down_included() -> None:
    first, second = an_item("p1", "10:00", "10:30", teardown=5), an_item("p2", "10:20", "10:40", setup=5)

    solution = solved(a_programme(first, second))

    assert solution is not None
    assert (solution.minutes, told(solution)) == (20, [("p2", "10:40")])


def test_those_behind_give_way_until_a_gap_takes_it_up() -> None:
    items = [
        an_item("p1", "10:00", "10:30"),
        an_item("p2", "10:20", "10:40"),
        an_item("p3", "10:40", "11:00"),
        an_item("p4", "11:30", "12:00"),
    ]

    assert told(solved(a_programme(*items))) == [("p2", "10:30"), ("p3", "10:50")]


@pytest.mark.parametrize(
    "others",
    [
        [an_item("p2", "10:20", "10:40", fixed=True)],
        [an_item("p2", "10:20", "10:40"), an_item("p3", "10:45", "11:00", fixed=True)],
        [an_item("p2", "10:20", "20:25")],
    ],
)
def test_nothing_is_offered_at_a_fixed_point_or_past_closing(others: list[Item]) -> None:
    assert solved(a_programme(an_item("p1", "10:00", "10:30"), *others)) is None


def test_nothing_is_offered_that_breaks_another_rule() -> None:
    first, second = an_item("p1", "10:00", "10:30"), an_item("p2", "10:20", "10:40", troupe=TROUPE)
    elsewhere = an_item("p3", "10:42", "11:00", stage="S2", troupe=TROUPE)

    assert solved(a_programme(first, second, elsewhere)) is None


def test_troupe_gets_the_time_to_walk() -> None:
    first = an_item("p1", "10:00", "10:30", troupe=TROUPE, walk=10)
    second = an_item("p2", "10:35", "10:55", stage="S2", troupe=TROUPE)
    programme = a_programme(first, second)

    assert [clash.rule for clash in find_clashes(programme)] == [ClashRule.WALK]
    assert told(solved(programme)) == [("p2", "10:40")]


def test_item_alone_is_not_put_off() -> None:
    assert solved(a_programme(an_item("p1", "8:00", "8:30"))) is None
