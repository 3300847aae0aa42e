import os

import pytest

from eventsite.kernel.canon import NotCanonical
from eventsite.kernel.lanes import Lane, Lanes, first_link, link


class Person:
    """An actor."""

    ref = "account:7"
    origin = "192.0.2.1"


def test_entry_chains_each_row_to_the_one_before() -> None:
    lane = Lane()

    first = lane.entry("pass:1", "stamp", "booth:2", event_id=3)
    second = lane.entry(
        Person(), "rename", "booth:2", before={"name": "甲"}, after={"name": "乙"}, why="错字"
    )

    assert (first[0], first[1], first[3:8]) == (lane.id, 1, (3, "pass:1", "stamp", "booth:2", "{}"))
    assert first[8] == link(first_link(lane.id), first[:8])
    assert second[7] == '{"after":{"name":"乙"},"before":{"name":"甲"},"from":"192.0.2.1","why":"错字"}'
    assert second[8] == link(first[8], second[:8])


def test_reset_makes_the_next_row_follow_on_the_mark() -> None:
    lane = Lane()
    mark = lane.mark()
    lane.entry("a", "b", "c:1")

    lane.reset(mark)

    assert lane.entry("a", "b", "c:2")[1] == 1


def test_entry_with_a_float_raises_and_leaves_the_lane() -> None:
    lane = Lane()
    mark = lane.mark()

    with pytest.raises(NotCanonical):
        lane.entry("a", "b", "c:1", x=0.5)

    assert lane.mark() == mark


def test_lanes_lend_a_lane_to_one_at_a_time() -> None:
    lanes = Lanes()
    one, other = lanes.borrow(), lanes.borrow()
    lanes.give_back(one)

    assert other is not one
    assert lanes.borrow() is one


def test_a_forked_child_starts_with_no_lanes() -> None:
    lanes = Lanes()
    mine = lanes.borrow()
    lanes.give_back(mine)
    child = os.fork()
    if child == 0:
        os._exit(0 if lanes.borrow().id != mine.id else 1)

    assert os.waitpid(child, 0)[1] == 0
    assert lanes.borrow() is mine
