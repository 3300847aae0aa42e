"""Handing out microphones: the lowest free numbers in the order of time, and peaks."""

from eventsite.runsheets.core.microphones import Need, Peak, allot, peak_of, ranges
from tests.support.factories_programme import a_slot, an_item, at


def need(ref: str, start: str, end: str, amount: int) -> Need:
    return Need(item=an_item(ref, start, end), span=a_slot(start, end), amount=amount)


FIRST = need("pg-1", "10:00", "10:20", 2)
BESIDE = need("pg-2", "10:10", "10:40", 2)
AFTER = need("pg-3", "10:20", "10:40", 3)


def test_what_comes_back_goes_out_again_at_the_same_instant():
    given = allot([AFTER, FIRST, BESIDE], 5)
    assert [one.numbers for one in given] == [(1, 2), (3, 4), (1, 2, 5)]
    assert [one.short for one in given] == [0, 0, 0]


def test_what_is_not_there_is_short():
    given = allot([FIRST, BESIDE, AFTER], 3)
    assert [(one.numbers, one.short) for one in given] == [((1, 2), 0), ((3,), 1), ((1, 2), 1)]


def test_without_a_quantity_there_are_always_enough():
    assert all(one.short == 0 for one in allot([FIRST, BESIDE, AFTER], None))


def test_the_peak_is_the_first_moment_at_which_most_are_out():
    assert peak_of([FIRST, BESIDE, AFTER]) == Peak(amount=5, at=at("10:20"))
    assert peak_of([]) is None


def test_numbers_are_written_as_people_write_them():
    assert [ranges(()), ranges((2,)), ranges((1, 2, 3, 5))] == ["", "2", "1–3, 5"]
