"""Giving booths to applications and taking them back: a booth never has two holders."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from eventsite.accounts.core import Actor
from eventsite.applications.enums import PLACEABLE, How
from eventsite.applications.models import Application, Holding
from eventsite.applications.operations.leaving import leave_booth
from eventsite.applications.queries.lookup import get_application_to_write
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt, db
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.market.enums import LiveState
from eventsite.market.models import Booth
from eventsite.market.operations import follow_exhibitors, name_exhibitor
from eventsite.market.queries import get_booth_to_write


def assign_booth(
    actor: Actor,
    event: Event,
    ref: str,
    booth_codes: Sequence[str],
    *,
    how: How,
    reasons: Sequence[str] = (),
) -> Application:
    """Let an accepted application hold exactly these booths; what it held besides is free again.

    The booths say who stands there from then on. Holding them already changes nothing. Raises `Conflict` on
    `booths` for a booth that another holds or that is open or cancelled, and for an application that is not
    accepted or wants fewer booths.
    """
    codes = tuple(dict.fromkeys(booth_codes))
    with atomic() as session:
        application = get_application_to_write(event, ref)
        _refuse_unplaceable(application, codes)
        held = {holding.booth_id: holding for holding in _holdings_of(application)}
        left = {holding.booth.code for holding in held.values()} - set(codes)
        rows = [get_booth_to_write(event, code) for code in sorted({*codes, *left})]  # in one order for all
        booths = [booth for booth in rows if booth.code not in left]
        if {booth.id for booth in booths} == set(held):
            return application
        for booth_id, holding in held.items():
            if booth_id not in {booth.id for booth in booths}:
                leave_booth(actor, application, holding, now=clock.now())
        session.flush()
        for booth in booths:
            if booth.id in held:
                continue
            _refuse_unfit(booth)
            taken = Conflict(
                N_("Booth %(code)s has another holder already."), field="booths", code=booth.code
            )
            with attempt({"uq_holding_booth_id": taken}):
                session.add(_holding(actor, application, booth.id, how, reasons))
            name_exhibitor(actor, booth, _names_of(application))
        application.booth_id = next(booth.id for booth in booths if booth.code == codes[0])
        session.flush()
        record(
            actor,
            "assign booth",
            f"application:{application.id}",
            event_id=event.id,
            booths=list(codes),
            how=how.value,
            reasons=list(reasons),
        )
    return application


def release_booth(actor: Actor, event: Event, ref: str, *, reason: str = "") -> Application:
    """Take all booths of an application back; where it holds none, nothing changes."""
    with atomic():
        application = get_application_to_write(event, ref)
        free_booths(actor, application, reason=reason, now=clock.now())
    return application


def free_booths(actor: Actor, application: Application, *, reason: str, now: datetime) -> None:
    """Take back what an application holds, within the operation that ends its right to it."""
    with atomic() as session:
        held = _holdings_of(application)
        if not held:
            return
        codes = [holding.booth.code for holding in held]
        application.booth_id = None
        event = session.get_one(Event, application.event_id)
        for code in sorted(codes):
            get_booth_to_write(event, code)  # in one order for all
        for holding in held:
            leave_booth(actor, application, holding, now=now)
        session.flush()
        record(
            actor,
            "release booth",
            f"application:{application.id}",
            event_id=application.event_id,
            booths=codes,
            reason=reason,
        )


def follow_file(event: Event, *, gone: Collection[int] = ()) -> None:
    """Bring the holdings to what an event file says: each application's booth, and no other holder of it.

    `gone` are the keys of applications that the file leaves out. Raises `Conflict` for a booth that is held
    by an application which the file does not know.
    """
    with atomic() as session:
        session.execute(delete(Holding).where(Holding.application_id.in_(gone), Holding.how == How.FILE))
        own = select(Application).where(Application.event_id == event.id).order_by(Application.id)
        rows = [row for row in session.scalars(own) if row.id not in gone]
        unlike = [row for row in rows if row.booth_id not in _booths_of(row)]
        for row in unlike:
            session.execute(delete(Holding).where(Holding.application_id == row.id))
        for row in unlike:
            if row.booth_id is None:
                continue
            taken = Conflict(N_("“%(unit)s” cannot have its booth: another holds it."), unit=row.unit_zh)
            with attempt({"uq_holding_booth_id": taken}):
                session.add(_holding(None, row, row.booth_id, How.FILE, ()))
        session.flush()
        held = select(Holding).where(Holding.event_id == event.id).order_by(Holding.id)
        names = {one.booth_id: _names_of(one.application) for one in session.scalars(held)}
        follow_exhibitors(event, names)


def rename_at_booths(actor: Actor, application: Application) -> None:
    """Let the booths of an application that changed its name say the new one."""
    for holding in _holdings_of(application):
        name_exhibitor(actor, holding.booth, _names_of(application))


def _names_of(application: Application) -> tuple[str, str]:
    return application.unit_zh, application.unit_en


def _booths_of(application: Application) -> set[int | None]:
    held = select(Holding.booth_id).where(Holding.application_id == application.id)
    return set(db.session.scalars(held)) or {None}


def _holdings_of(application: Application) -> Sequence[Holding]:
    own = select(Holding).where(Holding.application_id == application.id).order_by(Holding.id)
    return db.session.scalars(own).all()


def _holding(
    actor: Actor | None, application: Application, booth_id: int, how: How, reasons: Sequence[str]
) -> Holding:
    return Holding(
        event_id=application.event_id,
        application_id=application.id,
        booth_id=booth_id,
        how=how,
        reasons=list(reasons),
        by=actor.ref if actor else "file",
        at=clock.now(),
    )


def _refuse_unfit(booth: Booth) -> None:
    if booth.is_cancelled:
        raise Conflict(
            N_("Booth %(code)s is cancelled: nobody can stand there."), field="booths", code=booth.code
        )
    if booth.live_state is not LiveState.CLOSED:
        raise Conflict(
            N_("Booth %(code)s is open: who stands there now comes first. Close it, then give it out."),
            field="booths",
            code=booth.code,
        )


def _refuse_unplaceable(application: Application, codes: Sequence[str]) -> None:
    if application.status not in PLACEABLE:
        raise Conflict(
            N_("“%(unit)s” is not approved: only what is approved or confirmed gets a booth."),
            field="booths",
            unit=application.unit_zh,
        )
    if not codes:
        raise Conflict(N_("Say which booth."), field="booths")
    if len(codes) > application.places:
        raise Conflict(
            N_("“%(unit)s” applied for %(places)s, not for %(asked)s booths."),
            field="booths",
            unit=application.unit_zh,
            places=application.places,
            asked=len(codes),
        )
