"""A demo crowd: the same visitors each time, labelled, stamped by the real act, never in the future."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from eventsite.audit.queries import list_history, verify_log
from eventsite.checkin.core.crowd import plan_walk
from eventsite.checkin.errors import CheckpointClosed
from eventsite.checkin.models import Stamp, VisitorPass
from eventsite.checkin.operations.crowd import CrowdReport, make_crowd
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.ranges import TimeRange
from tests.support.factories import NOW, make_checkpoint, make_event, make_rally

OPENING = datetime(2025, 9, 6, 1, tzinfo=UTC)  # 09:00 in Jinan
MORNING = TimeRange(OPENING, OPENING + timedelta(hours=3))
GAP = timedelta(seconds=61)


def make_fair(**rally: object) -> Event:
    event = make_event()
    make_rally(event, **{"code_mode": "static", **rally})
    for _ in range(3):
        make_checkpoint(event)
    return event


def test_walks_are_the_same_for_the_same_number_alone() -> None:
    first = [plan_walk("seed", n, places=6, hours=MORNING, gap=GAP) for n in range(50)]
    assert first == [plan_walk("seed", n, places=6, hours=MORNING, gap=GAP) for n in range(50)]
    assert len({walk.key for walk in first}) == 50
    assert {walk.key for walk in first}.isdisjoint(
        plan_walk("other", n, places=6, hours=MORNING, gap=GAP).key for n in range(50)
    )


def test_walks_keep_the_hours_and_the_gap_and_visit_a_place_once() -> None:
    for number in range(300):
        walk = plan_walk("seed", number, places=6, hours=MORNING, gap=GAP)
        times = [visit.at for visit in walk.visits]
        assert all(at in MORNING for at in times)
        assert all(later - earlier >= GAP for earlier, later in pairwise(times))
        assert max(Counter(visit.place for visit in walk.visits).values()) == 1


def test_walks_are_of_every_length() -> None:
    lengths = Counter(len(plan_walk("seed", n, places=6, hours=MORNING, gap=GAP).visits) for n in range(300))
    assert set(lengths) == {1, 2, 3, 4, 5, 6}
    assert sum(lengths[n] for n in (4, 5, 6)) > 150


@pytest.mark.parametrize("minutes", [0.5, 1, 2.5])
def test_short_hours_make_short_walks(minutes: float) -> None:
    hours = TimeRange(OPENING, OPENING + timedelta(minutes=minutes))
    for number in range(50):
        visits = plan_walk("seed", number, places=6, hours=hours, gap=GAP).visits
        assert 1 <= len(visits) <= 1 + int(minutes)
        assert all(visit.at in hours for visit in visits)


@pytest.mark.both_databases
def test_crowd_is_labelled_logged_and_before_now(context: None) -> None:
    event, other = make_fair(), make_fair()
    report = make_crowd(event, passes=30, seed="crowd", now=NOW)
    visitors = db.session.scalars(select(VisitorPass).where(VisitorPass.event_id == event.id)).all()
    stamps = db.session.scalars(select(Stamp).where(Stamp.event_id == event.id)).all()
    assert report == CrowdReport(passes=30, stamps=len(stamps), fresh=len(stamps))
    assert (len(visitors), all(visitor.is_demo for visitor in visitors)) == (30, True)
    assert all(OPENING <= stamp.at < NOW for stamp in stamps)
    assert sum(visitor.stamps for visitor in visitors) == len(stamps)
    assert len([1 for e in list_history(event.id, per_page=500).entries if e.verb == "stamp"]) == len(stamps)
    assert verify_log().sound
    assert db.session.scalars(select(VisitorPass).where(VisitorPass.event_id == other.id)).all() == []


@pytest.mark.both_databases
def test_second_run_finds_the_stamps_and_a_later_day_adds_some(context: None) -> None:
    event = make_fair()
    first = make_crowd(event, passes=10, seed="crowd", now=NOW)
    again = make_crowd(event, passes=10, seed="crowd", now=NOW + timedelta(hours=2))
    assert (again.stamps, again.fresh) == (first.stamps, 0)
    more = make_crowd(event, passes=10, seed="next", now=NOW)
    assert more.fresh == more.stamps


@pytest.mark.parametrize(
    "rally", [{"code_mode": "rotating_code", "code_period_seconds": 60}, {"code_mode": "staff_scan"}]
)
def test_crowd_passes_every_kind_of_code(context: None, rally: dict[str, object]) -> None:
    report = make_crowd(make_fair(**rally), passes=10, seed="crowd", now=NOW)
    assert report.fresh > 10


def test_crowd_comes_before_the_first_day_too(context: None) -> None:
    report = make_crowd(make_fair(), passes=5, seed="crowd", now=OPENING - timedelta(days=3))
    assert report.fresh >= 5


def test_event_without_checkpoints_has_no_crowd(context: None) -> None:
    with pytest.raises(CheckpointClosed):
        make_crowd(make_event(), passes=5, seed="crowd", now=NOW)
