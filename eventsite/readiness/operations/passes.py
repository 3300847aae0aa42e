"""Issuing and withdrawing vehicle and staff passes; a booth has no more of them than it may."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from eventsite.accounts.core import Actor
from eventsite.applications.models import Application, Holding
from eventsite.applications.operations.ending import also_ends
from eventsite.applications.operations.leaving import also_leaves
from eventsite.applications.queries import find_holding, get_application_to_write
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt, db
from eventsite.events.models import Delegation, Event
from eventsite.events.queries import get_delegation
from eventsite.kernel.errors import Conflict
from eventsite.kernel.tokens import new_body, typed_code
from eventsite.kernel.words import N_
from eventsite.market.models import Booth
from eventsite.market.queries import get_booth, get_booth_to_write
from eventsite.readiness.core import AccessFacts, check_window, masked
from eventsite.readiness.enums import PassKind
from eventsite.readiness.models import AccessPass
from eventsite.readiness.queries import get_pass_to_write

VEHICLES_OF_ALL = 4  # that a delegation has beside those of its booths: coaches, vans
LEEWAY = timedelta(days=7)


def issue_pass(actor: Actor, event: Event, code: str, facts: AccessFacts, *, now: datetime) -> AccessPass:
    """Issue a pass to a booth under the lowest free number.

    Raises `Conflict` where the booth has all the passes of the kind that it may have, whoever issues at the
    same time: of two who take one number the database takes one. Who stands at the booth is held meanwhile,
    so that nobody withdraws or moves beside it and leaves a pass in force.
    """
    _check(event, facts)
    with atomic():
        holder = _hold_exhibitor(event, code)
        booth = get_booth_to_write(event, code)
        if _exhibitor_of(booth) != (holder.id if holder else None):
            raise Conflict(N_("The booth changed hands at this moment. Please look again."))
        kind = PassKind(facts.kind)
        number = _lowest_free(booth, kind)
        if number > (booth.vehicle_passes if kind is PassKind.VEHICLE else booth.staff_passes):
            raise _spent()
        issued = _new(actor, event, facts, number, now)
        issued.booth, issued.delegation_id = booth, booth.delegation_id
        issued.application = holder
        _keep(actor, event, issued, facts, code)
    return issued


def issue_delegation_pass(
    actor: Actor, event: Event, ref: str, facts: AccessFacts, *, now: datetime
) -> AccessPass:
    """Issue a pass to a delegation as a whole, such as for its coach.

    Raises `Conflict` where it has as many staff passes as heads, or `VEHICLES_OF_ALL` vehicle passes.
    """
    _check(event, facts)
    kind = PassKind(facts.kind)
    with atomic() as session:
        delegation = session.get_one(Delegation, get_delegation(event, ref).id, with_for_update=True)
        own = select(func.max(AccessPass.number), func.count().filter(AccessPass.revoked_at.is_(None))).where(
            AccessPass.delegation_id == delegation.id,
            AccessPass.booth_id.is_(None),
            AccessPass.kind == kind,
        )
        last, in_force = session.execute(own).one()
        if in_force >= (VEHICLES_OF_ALL if kind is PassKind.VEHICLE else delegation.headcount):
            raise Conflict(
                N_("All passes of this kind that the delegation may have are issued."), field="kind"
            )
        issued = _new(actor, event, facts, (last or 0) + 1, now)
        issued.delegation = delegation
        _keep(actor, event, issued, facts, delegation.ref)
    return issued


def revoke_pass(actor: Actor, event: Event, pass_id: int, *, reason: str, now: datetime) -> AccessPass:
    """Withdraw a pass; its number is free again. Who is inside is still let out by it."""
    with atomic():
        found = get_pass_to_write(event, pass_id)
        if found.revoked_at is None:
            found.revoked_at, found.revoked_by, found.revoked_reason = now, actor.ref, reason
            record(actor, "revoke", f"access_pass:{found.id}", event_id=event.id, reason=reason)
    return found


@also_ends
def revoke_passes_of(actor: Actor, application: Application, *, now: datetime) -> None:
    """Withdraw the passes of an exhibitor that does not come; who is inside is still let out by them."""
    _revoke_all(actor, application, now=now)


@also_leaves
def revoke_passes_at(actor: Actor, application: Application, booth: Booth, *, now: datetime) -> None:
    """Withdraw the passes that an exhibitor has for a booth that it leaves; those of its new one are new."""
    _revoke_all(actor, application, AccessPass.booth_id == booth.id, now=now)


def _revoke_all(actor: Actor, application: Application, *which: ColumnElement[bool], now: datetime) -> None:
    own = select(AccessPass.id).where(
        AccessPass.application_id == application.id, AccessPass.revoked_at.is_(None), *which
    )
    with atomic() as session:
        event = session.get_one(Event, application.event_id)
        for pass_id in session.scalars(own.order_by(AccessPass.id)).all():
            revoke_pass(actor, event, pass_id, reason="", now=now)


def _hold_exhibitor(event: Event, code: str) -> Application | None:
    """Return who stands at a booth, its row locked until the commit: before the booth, as all others do."""
    holding = find_holding(get_booth(event, code))
    return get_application_to_write(event, holding.application.ref) if holding else None


def _exhibitor_of(booth: Booth) -> int | None:
    """Return who stands at a booth as the database says now."""
    return db.session.scalar(select(Holding.application_id).where(Holding.booth_id == booth.id))


def _check(event: Event, facts: AccessFacts) -> None:
    check_window(facts.valid_from, facts.valid_until, field="valid_until")
    days = [day.date for day in event.days]
    if days and facts.valid_until.astimezone(event.zone).date() > days[-1] + LEEWAY:
        raise Conflict(
            N_("A pass ends with the fair: a week after its last day at the latest."), field="valid_until"
        )
    if facts.kind == PassKind.VEHICLE.value and not facts.plate:
        raise Conflict(N_("A vehicle pass is for one number plate."), field="plate")


def _spent() -> Conflict:
    return Conflict(N_("All passes of this kind that the booth may have are issued."), field="kind")


def _lowest_free(booth: Booth, kind: PassKind) -> int:
    own = select(AccessPass.number).where(
        AccessPass.booth_id == booth.id, AccessPass.kind == kind, AccessPass.revoked_at.is_(None)
    )
    taken = set(db.session.scalars(own))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _new(actor: Actor, event: Event, facts: AccessFacts, number: int, now: datetime) -> AccessPass:
    return AccessPass(
        event_id=event.id,
        kind=PassKind(facts.kind),
        number=number,
        label=facts.label,
        plate=facts.plate,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        single_use=facts.single_use,
        key=new_body(),
        typed_code=typed_code(),
        issued_at=now,
        issued_by=actor.ref,
    )


def _keep(actor: Actor, event: Event, issued: AccessPass, facts: AccessFacts, holder: str) -> None:
    with attempt({"uq_access_pass_booth_id_kind_number": _spent()}) as session:
        session.add(issued)
    record(
        actor,
        "issue",
        f"access_pass:{issued.id}",
        event_id=event.id,
        holder=holder,
        after={"kind": facts.kind, "number": issued.number, "plate": masked(facts.plate)},
    )
