"""What a prepared demonstration holds for somebody who wants to try the market by hand."""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from eventsite.applications.enums import Status
from eventsite.applications.models import Application
from eventsite.applications.queries import list_holdings
from eventsite.applications.queries.sheets import opinions_of
from eventsite.cli.exhibitors import LATE_CALL
from eventsite.cli.latecomers import HALVED, LATECOMERS
from eventsite.cli.prepare import furnish
from eventsite.database import db
from eventsite.events.queries import get_event
from eventsite.market.queries import list_booths
from eventsite.placement.queries import task_for
from tests.support.clocks import running_clock
from tests.support.demo_fair import EVENT, open_fair


def test_some_booths_are_empty_and_applications_stand_in_every_state(real_app: Flask) -> None:
    with running_clock("2025-09-06T10:20+08:00"):
        open_fair(real_app)
        for _time in range(2):
            with real_app.app_context():
                furnish(get_event(EVENT))
        with real_app.app_context():
            event = get_event(EVENT)
            late = [row for row in db.session.scalars(select(Application)) if _is_late(row)]
            assert Counter(row.status for row in late) == Counter(one.status for one in LATECOMERS)
            assert all("演示" in row.unit_zh and "demo" in row.unit_en for row in late)
            hung = {booth.code: booth.circuit.code for booth in list_booths(event) if booth.circuit}
            assert all(hung[halved] == hung[fresh] for halved, fresh in HALVED.items())
            empty = {booth.code for booth in list_booths(event) if booth.status == "planned"}
            assert empty == set(HALVED.values())
            assert all(booth.circuit for booth in list_booths(event))
            held = {holding.booth.code for holding in list_holdings(event)}
            free = {place.code for place in task_for(event).places}
            assert empty - held <= free
            waiting = [row for row in late if row.status is Status.APPROVED and not row.holdings]
            assert len(waiting) == 3
            assert all(opinion.verdict for row in waiting for opinion in opinions_of(row))


def _is_late(row: Application) -> bool:
    return row.call is not None and row.call.code == LATE_CALL
