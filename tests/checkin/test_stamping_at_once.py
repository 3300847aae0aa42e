"""Many taps at once on a database where commits are commits; each check stands beside a careless twin."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.audit.queries import list_history
from eventsite.checkin import queries
from eventsite.checkin.core.passes import deal, new_key, pass_id
from eventsite.checkin.core.stamping import CheckpointFacts
from eventsite.checkin.errors import TooSoon
from eventsite.checkin.models import Stamp, VisitorPass
from eventsite.checkin.operations.stamping import stamp
from eventsite.database import Busy, atomic, db
from eventsite.events.queries import find_event
from tests.support.factories import NOW, make_checkpoint, make_event, make_rally

pytestmark = pytest.mark.both_databases
TAPS = 50


def stand(app: Flask, *, min_seconds: int = 0, checkpoints: int = 1) -> tuple[str, list[CheckpointFacts]]:
    with app.app_context():
        event = make_event()
        make_rally(event, min_seconds_between_stamps=min_seconds)
        made = [queries.find_facts(make_checkpoint(event).key) for _ in range(checkpoints)]
        return event.slug, [facts for facts in made if facts]


def at_once(app: Flask, work: Callable[[int], Any], jobs: int) -> list[Any]:
    def one(job: int) -> Any:
        with app.app_context():
            try:
                return work(job)
            except Busy:
                return "busy"
            except TooSoon:
                return "too soon"

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(jobs)))


def faults(app: Flask, slug: str, key: bytes, fresh: int) -> list[str]:
    """Return what is wrong after one pass was tapped often at one checkpoint."""
    with app.app_context():
        event = find_event(slug)
        assert event is not None
        visitor = queries.find_pass(event, key)
        stamps = len(queries.list_stamps(visitor)) if visitor else 0
        logged = sum(entry.verb == "stamp" for entry in list_history(event.id, per_page=500).entries)
        found = {
            "told fresh": fresh,
            "stamps": stamps,
            "counted": visitor.stamps if visitor else 0,
            "places": visitor.checkpoints if visitor else 0,
            "logged": logged,
        }
    return [f"{name}: {number}" for name, number in found.items() if number != 1]


def test_fifty_taps_of_one_pass_are_one_stamp(real_app: Flask) -> None:
    slug, (here,) = stand(real_app)
    key = new_key()
    answers = at_once(real_app, lambda _: stamp(key, here, now=NOW), TAPS)
    fresh = sum(answer != "busy" and answer.fresh for answer in answers)
    assert faults(real_app, slug, key, fresh) == []


def test_the_check_catches_a_stamp_that_looks_first(real_app: Flask) -> None:
    slug, (here,) = stand(real_app)
    key = new_key()

    def careless(_: int) -> bool:
        with real_app.app_context():
            there = db.session.scalar(
                select(VisitorPass.stamps).where(VisitorPass.id == pass_id(here.event_id, key))
            )
            db.session.rollback()
        if there:
            return False
        with atomic() as session:
            number = pass_id(here.event_id, key)
            visitor = session.get(VisitorPass, number)
            if visitor is None:
                new = deal()
                visitor = VisitorPass(
                    id=number,
                    event_id=here.event_id,
                    key=key,
                    recovery_code=new.recovery_code,
                    entry_code=new.entry_code,
                    created_at=NOW,
                    stamps=0,
                    checkpoints=0,
                )
                session.add(visitor)
                session.flush()
            visitor.stamps += 1
            visitor.checkpoints += 1
            day = NOW.date() + timedelta(days=visitor.stamps)  # without the key, nothing stops a second row
            session.add(
                Stamp(
                    event_id=here.event_id,
                    pass_id=number,
                    checkpoint_id=here.id,
                    day=day,
                    at=NOW,
                    mode="static",
                )
            )
        return True

    def tolerant(job: int) -> bool:
        try:
            return careless(job)
        except Exception:  # noqa: BLE001 - the twin may fail in any way; what it leaves behind is checked
            return False

    fresh = sum(answer is True for answer in at_once(real_app, tolerant, TAPS))
    assert faults(real_app, slug, key, fresh) != []


def test_one_pass_at_many_checkpoints_at_once_waits_between_stamps(real_app: Flask) -> None:
    slug, there = stand(real_app, min_seconds=60, checkpoints=8)
    key = new_key()
    answers = at_once(real_app, lambda job: stamp(key, there[job % 8], now=NOW), 40)
    fresh = sum(not isinstance(answer, str) and answer.fresh for answer in answers)
    assert faults(real_app, slug, key, fresh) == []


def test_many_passes_at_one_checkpoint_are_all_stamped(real_app: Flask) -> None:
    slug, (here,) = stand(real_app)
    answers = at_once(real_app, lambda _: stamp(new_key(), here, now=NOW), 120)
    fresh = sum(not isinstance(answer, str) and answer.fresh for answer in answers)
    with real_app.app_context():
        event = find_event(slug)
        assert event is not None
        assert queries.count_stamps(event) == {here.id: fresh}
    assert fresh == 120 - answers.count("busy")
