"""Vouchers: taken once a pass while there are any, used once. Visits: counted once a pass and day."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import CursorResult, update

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.checkin.core.passes import pass_id
from eventsite.checkin.models import VisitorPass
from eventsite.checkin.queries import find_pass
from eventsite.database import atomic, attempt, perform
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.lanes import Lane
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.kernel.words import N_
from eventsite.showcase.core import check_offered, check_valid
from eventsite.showcase.errors import NeedsStamp, NoneLeft
from eventsite.showcase.models import CityVoucher, TakenVoucher
from eventsite.showcase.queries import find_taken, get_entry, get_taken

VISIT = """
INSERT INTO city_visit (delegation_id, day, pass_id)
SELECT d.id, {day}, p.id FROM visitor_pass p JOIN delegation d ON d.event_id = p.event_id
WHERE p.id = {pass} AND p.key = {key} AND p.stamps > 0 AND d.id = {city}
ON CONFLICT DO NOTHING
"""
SQLITE_VISIT = VISIT.format(**{"day": ":day", "pass": ":pass", "key": ":key", "city": ":city"})
POSTGRES_VISIT = VISIT.format(
    **{"day": "%(day)s::date", "pass": "%(pass)s", "key": "%(key)s", "city": "%(city)s"}
)


class _TakenBefore(Conflict):
    """The same pass took the voucher at the same instant."""


@dataclass(frozen=True, kw_only=True)
class TakeReceipt:
    """A visitor's voucher; `fresh` is false where it was taken before."""

    taken: TakenVoucher
    fresh: bool


@dataclass(frozen=True, kw_only=True)
class UseReceipt:
    """A used voucher; `fresh` is false where it was used before."""

    taken: TakenVoucher
    fresh: bool


@dataclass(frozen=True, kw_only=True)
class VisitCity:
    """Count a stamped pass that opened a city's page, once a day; a pass without a stamp is not counted."""

    delegation_id: int
    pass_id: int
    key: bytes
    day: date

    def sqlite(self, cx: sqlite3.Connection, lane: Lane) -> bool:
        """Insert the row unless it is there, and tell whether it is new."""
        return cx.execute(SQLITE_VISIT, self._values() | {"day": self.day.isoformat()}).rowcount == 1

    def postgres(self, cx: psycopg.Connection[Any], lane: Lane) -> bool:
        """Insert the row unless it is there, and tell whether it is new."""
        return cx.execute(POSTGRES_VISIT, self._values()).rowcount == 1

    def _values(self) -> dict[str, Any]:
        return {"city": self.delegation_id, "pass": self.pass_id, "key": self.key, "day": self.day}


def take_voucher(actor: Actor, event: Event, voucher_id: int, key: bytes, *, now: datetime) -> TakeReceipt:
    """Give the pass its voucher of an offer; the second time it is the first one again.

    Raises `NeedsStamp` for a pass without a stamp, `NotOffered`, and `NoneLeft`. The number left is decided
    by one conditional UPDATE, once per pass by a unique key.
    """
    today = now.astimezone(ZoneInfo(event.timezone)).date()
    with atomic():
        voucher = get_entry(CityVoucher, event, voucher_id)
        visitor = find_pass(event, key)
        if visitor is None or not visitor.stamps:
            raise NeedsStamp(
                N_("City vouchers are for visitors of the fair: collect your first stamp, then come back.")
            )
        if (before := find_taken(voucher, visitor)) is not None:
            return TakeReceipt(taken=before, fresh=False)
        check_offered(offered=voucher.offered, valid_until=voucher.valid_until, today=today)
        try:
            taken = _take(event, voucher, visitor, now)
        except _TakenBefore:
            first = find_taken(voucher, visitor)
            assert first is not None
            return TakeReceipt(taken=first, fresh=False)
        record(actor, "take", f"city_voucher:{voucher.id}", event_id=event.id, taken=taken.id)
    return TakeReceipt(taken=taken, fresh=True)


def use_voucher(actor: Actor, event: Event, taken_id: int, *, now: datetime) -> UseReceipt:
    """Use a voucher, exactly once; the second time the first use is told.

    Raises `NotOffered` after the voucher's last day. An archived event's vouchers can still be used.
    """
    today = now.astimezone(ZoneInfo(event.timezone)).date()
    with atomic() as session:
        taken = get_taken(event, taken_id)
        if taken.used_at is None:
            check_valid(taken.voucher.valid_until, today)
        done = session.execute(
            update(TakenVoucher)
            .where(TakenVoucher.id == taken.id, TakenVoucher.used_at.is_(None))
            .values(used_at=now, used_by=actor.ref, used_by_label=actor.label)
            .execution_options(synchronize_session=False)
        )
        fresh = cast("CursorResult[Any]", done).rowcount == 1
        session.refresh(taken)
        if fresh:
            record(actor, "use", f"taken_voucher:{taken.id}", event_id=event.id, voucher=taken.voucher_id)
    return UseReceipt(taken=taken, fresh=fresh)


def visit_city(event: Event, delegation_id: int, key: bytes, *, now: datetime) -> bool:
    """Count the pass as a visitor of a city's page today; tell whether it is the first time."""
    day = now.astimezone(ZoneInfo(event.timezone)).date()
    return perform(VisitCity(delegation_id=delegation_id, pass_id=pass_id(event.id, key), key=key, day=day))


def _take(event: Event, voucher: CityVoucher, visitor: VisitorPass, now: datetime) -> TakenVoucher:
    taken = TakenVoucher(
        event_id=event.id,
        voucher_id=voucher.id,
        pass_id=visitor.id,
        key=new_body(),
        typed_code=typed_code(),
        taken_at=now,
    )
    with attempt(
        {"uq_taken_voucher_voucher_id_pass_id": _TakenBefore(N_("This voucher is yours already."))}
    ) as session:
        counted = session.execute(
            update(CityVoucher)
            .where(CityVoucher.id == voucher.id, CityVoucher.offered, CityVoucher.taken < CityVoucher.stock)
            .values(taken=CityVoucher.taken + 1)
            .execution_options(synchronize_session=False)
        )
        if cast("CursorResult[Any]", counted).rowcount != 1:
            raise NoneLeft(N_("All vouchers of this offer are taken."))
        session.add(taken)
    return taken
