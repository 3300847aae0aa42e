"""Two desks press at the same moment, beside a careless twin that the check must catch."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from eventsite.database import Unsettled, atomic, db
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.programme.enums import ActKind
from eventsite.programme.errors import StaleDesk
from eventsite.programme.models import LiveAct
from eventsite.programme.operations.live import Seen, Wish, act
from eventsite.programme.queries import current_release, find_live_state
from eventsite.programme.queries.live import list_acts, list_acts_since
from tests.support.factories import make_event
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release

pytestmark = pytest.mark.both_databases
DESKS = 4
ALL_LOOKED = Barrier(DESKS)
Press = Callable[[Event, Wish, Seen], None]


def well(event: Event, wish: Wish, seen: Seen) -> None:
    """Press as the product does."""
    act(ORGANIZER, event, wish, seen=seen, now=at("9:00"))


def carelessly(event: Event, wish: Wish, seen: Seen) -> None:
    """Look first whether somebody was here, and write later, as one does without a turn."""
    if list_acts_since(event, wish.stage, seen.revision):
        raise StaleDesk("stale")
    ALL_LOOKED.wait()
    newest = len(list_acts(event)) + 1
    with atomic() as session:
        session.add(
            LiveAct(
                event_id=event.id,
                revision=newest,
                stage=wish.stage,
                kind=wish.kind,
                items=list(wish.items),
                anchors=["2025-09-06T01:00:00Z"],
                minutes=wish.minutes,
                release_number=1,
                at=at("9:00"),
                by="account:1",
                by_label="x",
            )
        )
        session.flush()
        state = find_live_state(event)
        assert state is not None
        state.live_revision = newest


def play(app: Flask, press: Press) -> list[str]:
    """Let four desks press +5 on the same page; return what went wrong."""
    with app.app_context():
        event = make_event(slug="desks")
        make_acts(event, 3)
        make_release(event)
        view = current_release(event)
        assert view is not None
        item = view.programme.items[0]
        wish = Wish(stage=item.stage, kind=ActKind.DELAY, items=(item.ref,), minutes=5)
    gate = Barrier(DESKS)

    def desk(_n: int) -> str:
        with app.app_context():
            event = get_event("desks")
            db.session.rollback()
            gate.wait()
            try:
                press(event, wish, Seen(release=1, revision=0))
            except StaleDesk:
                return "stale"
            except (IntegrityError, Unsettled) as lost:
                return type(lost).__name__
            return "done"

    with ThreadPoolExecutor(DESKS) as pool:
        ends = sorted(pool.map(desk, range(DESKS)))
    with app.app_context():
        event = get_event("desks")
        view = current_release(event)
        assert view is not None
        faults = [] if ends == ["done", *["stale"] * (DESKS - 1)] else [f"the desks ended as {ends}"]
        late = view.programme.items[0].late_minutes
        return faults + ([] if late == 5 else [f"the item is {late} minutes late"])


def test_of_desks_at_once_one_wins_and_the_others_are_told(real_app: Flask):
    assert play(real_app, well) == []


def test_the_check_catches_a_careless_desk(real_app: Flask):
    assert play(real_app, carelessly) != []
