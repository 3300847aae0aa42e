"""Preparing plans for rain or heat beside the draft. Visitors see none of them before one is switched on."""

from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.programme.core.plans import PlanFacts, PlanPlace
from eventsite.programme.models import PlanSlot, ProgrammePlan
from eventsite.programme.operations.releases import hold_releases, plan_in_force
from eventsite.programme.queries import get_item_to_write, get_plan, get_stage

CODES = "BCDEFGH"


def create_plan(actor: Actor, event: Event, facts: PlanFacts) -> ProgrammePlan:
    """Prepare another plan, which begins as the draft is; raises `Conflict` where there are seven already."""
    taken = Conflict(N_("Somebody added a plan at the same moment. Try again."))
    with atomic(), attempt({"uq_programme_plan_event_id_code": taken}) as session:
        used = set(session.scalars(select(ProgrammePlan.code).where(ProgrammePlan.event_id == event.id)))
        code = next((code for code in CODES if code not in used), None)
        if code is None:
            raise Conflict(N_("There are seven plans already. Remove one first."))
        plan = ProgrammePlan(event_id=event.id, code=code, **asdict(facts))
        session.add(plan)
        session.flush()
        record(actor, "create", f"programme_plan:{plan.id}", event_id=event.id, after=asdict(facts))
        return plan


def edit_plan(actor: Actor, event: Event, code: str, facts: PlanFacts, *, version: int) -> ProgrammePlan:
    """Change the words of a plan that was read at `version`; raises `StaleEdit` if somebody saved since."""
    with atomic():
        plan = get_plan(event, code)
        before = PlanFacts.of(plan)
        if facts != before:
            refuse_stale(plan.version, version, theirs=asdict(before), mine=asdict(facts))
            old, new = changed(asdict(before), asdict(facts))
            for name, value in new.items():
                setattr(plan, name, value)
            record(actor, "edit", f"programme_plan:{plan.id}", event_id=event.id, before=old, after=new)
        return plan


def place_in_plan(actor: Actor, event: Event, code: str, item_id: int, place: PlanPlace) -> PlanSlot:
    """Put an item elsewhere in a plan than in the draft, or nowhere."""
    with atomic() as session:
        plan = get_plan(event, code)
        item = get_item_to_write(event, item_id)
        stage_id = get_stage(event, place.stage).id if place.stage else None
        slot = _find_slot(session, plan, item.id)
        if slot is None:
            slot = PlanSlot(event_id=event.id, plan_id=plan.id, item_id=item.id)
            session.add(slot)
        slot.stage_id = stage_id
        slot.starts_at, slot.ends_at = (place.slot.start, place.slot.end) if place.slot else (None, None)
        slot.status, slot.notice_zh, slot.notice_en = place.status, place.notice_zh, place.notice_en
        session.flush()
        record(
            actor,
            "place",
            f"programme_plan:{plan.id}",
            event_id=event.id,
            item=item.ref,
            stage=place.stage,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            status=place.status,
        )
        return slot


def reset_in_plan(actor: Actor, event: Event, code: str, item_id: int) -> None:
    """Put an item of a plan back to where the draft has it; one that is there already stays."""
    with atomic() as session:
        plan = get_plan(event, code)
        item = get_item_to_write(event, item_id)
        slot = _find_slot(session, plan, item.id)
        if slot is not None:
            record(actor, "reset", f"programme_plan:{plan.id}", event_id=event.id, item=item.ref)
            session.delete(slot)


def remove_plan(actor: Actor, event: Event, code: str, *, version: int) -> None:
    """Remove a plan that is not in force; what was released from it stays as it is."""
    with atomic() as session:
        hold_releases(session, event)
        plan = get_plan(event, code)
        refuse_stale(plan.version, version, theirs={}, mine={})
        if plan_in_force(event) == code:
            raise Conflict(N_("This plan is in force. Go back to the programme as planned first."))
        before = asdict(PlanFacts.of(plan))
        record(actor, "remove", f"programme_plan:{plan.id}", event_id=event.id, before=before)
        session.execute(delete(PlanSlot).where(PlanSlot.plan_id == plan.id))
        session.delete(plan)


def _find_slot(session: Session, plan: ProgrammePlan, item_id: int) -> PlanSlot | None:
    return session.scalar(select(PlanSlot).where(PlanSlot.plan_id == plan.id, PlanSlot.item_id == item_id))
