"""Reading the plans that stand ready beside the draft."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.models import PlanSlot, ProgrammePlan

DRAFT = "A"
"""The plan that is the draft itself."""


def list_plans(event: Event) -> Sequence[ProgrammePlan]:
    """Return the plans that stand ready beside the draft, by code."""
    return db.session.scalars(
        select(ProgrammePlan).where(ProgrammePlan.event_id == event.id).order_by(ProgrammePlan.code)
    ).all()


def get_plan(event: Event, code: str) -> ProgrammePlan:
    """Return the plan with that code; raises `NotFound`, for the draft itself too."""
    own = select(ProgrammePlan).where(ProgrammePlan.event_id == event.id, ProgrammePlan.code == code)
    plan = db.session.scalar(own)
    if plan is None:
        raise NotFound(N_("There is no plan “%(code)s” here."), code=code)
    return plan


def list_plan_slots(event: Event, code: str) -> Sequence[PlanSlot]:
    """Return what a plan changes, in the order of the items; raises `NotFound`."""
    plan = get_plan(event, code)
    return db.session.scalars(
        select(PlanSlot)
        .where(PlanSlot.plan_id == plan.id)
        .options(joinedload(PlanSlot.stage), joinedload(PlanSlot.item))
        .order_by(PlanSlot.item_id)
    ).all()


def overrides_of(event: Event, plan: str) -> Mapping[int, PlanSlot]:
    """Return the places that a plan has instead of the draft's, by item; none for the draft itself."""
    if plan == DRAFT:
        return {}
    return {slot.item_id: slot for slot in list_plan_slots(event, plan)}
