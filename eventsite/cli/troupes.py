"""What troupes of a demo fair said: one has confirmed, one has a problem, for one something has changed."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select

from eventsite.accounts.core import Actor
from eventsite.database import atomic, db
from eventsite.events.models import Event
from eventsite.events.queries import open_days
from eventsite.kernel.ranges import TimeRange, local_range
from eventsite.programme.models import ProgrammeItem, Troupe
from eventsite.programme.operations import edit_item, release_programme
from eventsite.programme.queries import current_release, facts_of, list_troupes
from eventsite.sealing.core import Sealer
from eventsite.troupes.core.notices import Outgoing
from eventsite.troupes.core.slots import only
from eventsite.troupes.operations import (
    answer_problem,
    confirm_slots,
    draft_notices,
    issue_missing,
    propose_time,
    report_problem,
    send_notices,
    set_contact,
)
from eventsite.troupes.queries import list_accesses, list_drafts

CONFIRMED, TROUBLED, CHANGED = "tp-dalian", "tp-benxi", "tp-shenyang"
WRITTEN_TO = (CONFIRMED, TROUBLED, CHANGED, "tp-tieling")
PROBLEM = "抬阁车高 3.2 米，候场通道能否通过？（演示）"
EARLIER = "音响需要一路 3.5 毫米接口。（演示）"
ANSWER = "调音台已预留，请提前十分钟试音。（演示）"
WHY = "返程动车 17:40 发车（演示）"
NOTE = "沈阳曲艺提前 10 分钟（演示）"
SOONER = timedelta(minutes=10)


def meet_troupes(actor: Actor, event: Event, *, sealer: Sealer, now: datetime) -> bool:
    """Let troupes answer, once, and release a version that moves one of them; tell whether it was done.

    Of a fair that is over nobody asks: its troupes have gone home.
    """
    if all(day.hours.end <= now for day in open_days(event)):
        return False
    troupes = {troupe.ref: troupe for troupe in list_troupes(event)}
    view = current_release(event)
    if view is None or not set(WRITTEN_TO) <= set(troupes) or list_accesses(event):
        return False
    with atomic():
        issue_missing(actor, event, sealer=sealer, now=now)
        for ref in WRITTEN_TO:
            set_contact(actor, event, ref, f"{ref}@demo.invalid", sealer=sealer, now=now)
        for ref in (CONFIRMED, CHANGED):
            _confirm(event, troupes[ref], view.number, now)
        _report(actor, event, troupes[TROUBLED], now)
        _tell_first_times(actor, event, now)
        if _move(actor, event, troupes[CHANGED]):
            release_programme(actor, event, note=NOTE, now=now)
        draft_notices(actor, event, now=now)
    return True


def _confirm(event: Event, troupe: Troupe, number: int, now: datetime) -> None:
    view = current_release(event)
    refs = {item.ref for item in only({troupe.ref}, view.programme.items)} if view else set()
    if refs:
        confirm_slots(_speaker(troupe), event, troupe, refs, seen=number, now=now)


def _tell_first_times(actor: Actor, event: Event, now: datetime) -> None:
    """Let every troupe know its first times from its own page; nobody is written to."""
    draft_notices(actor, event, now=now)
    going = [
        Outgoing(notice_id=notice.id, version=notice.version, text="", sent_to=())
        for notice in list_drafts(event)
    ]
    if going:
        send_notices(actor, event, going, (), now=now)


def _report(actor: Actor, event: Event, troupe: Troupe, now: datetime) -> None:
    speaker = _speaker(troupe)
    earlier = now - timedelta(hours=3)
    settled = report_problem(speaker, event, troupe, item=None, text=EARLIER, now=earlier)
    answer_problem(actor, event, troupe.ref, settled.id, text=ANSWER, now=now - timedelta(hours=2))
    report_problem(speaker, event, troupe, item=None, text=PROBLEM, now=now - timedelta(minutes=25))
    propose_time(speaker, event, troupe, slot=_evening(event), why=WHY, now=now - timedelta(minutes=20))


def _evening(event: Event) -> TimeRange:
    return local_range(event.days[-1].date, time(17), time(20, 30), event.zone)


def _move(actor: Actor, event: Event, troupe: Troupe) -> bool:
    """Put the troupe's first item of the draft ten minutes earlier; tell whether it has one."""
    own = select(ProgrammeItem).where(ProgrammeItem.troupe_id == troupe.id).order_by(ProgrammeItem.starts_at)
    item = db.session.scalars(own).first()
    if item is None or item.starts_at is None or item.ends_at is None:
        return False
    start, end = (
        f"{(instant - SOONER).astimezone(event.zone):%H:%M}" for instant in (item.starts_at, item.ends_at)
    )
    facts = replace(facts_of(event, item), start=start, end=end)
    edit_item(actor, event, item.id, facts, version=item.version)
    return True


def _speaker(troupe: Troupe) -> Actor:
    return Actor(ref=f"troupe:{troupe.ref}", label=troupe.name_zh)
