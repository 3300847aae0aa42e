"""A first morning on the stages of a demonstration: a plan for rain, and a desk that is at work."""

from datetime import datetime

from eventsite.accounts.core import Actor
from eventsite.events.models import Event
from eventsite.kernel.ranges import TimeRange
from eventsite.programme.core.desk import look_at
from eventsite.programme.core.plans import PlanFacts, PlanPlace
from eventsite.programme.core.values import Item, Place, Programme
from eventsite.programme.enums import ActKind, CheckKind
from eventsite.programme.operations import create_plan, place_in_plan
from eventsite.programme.operations.live import Seen, Wish, act
from eventsite.programme.queries import ReleaseView, current_release, list_plans
from eventsite.stagedesk.operations import tick

RAIN = PlanFacts(
    name_zh="雨天方案（演示）",
    name_en="Rain plan (demo)",
    why_zh="因下雨，部分节目移到有棚的舞台（演示）",
    why_en="Because of rain some items move under a roof (demo)",
)
MOVED = 2  # items that find room under a roof
LATE = 4


def run_stages(actor: Actor, event: Event, *, now: datetime) -> bool:
    """Prepare a plan for rain, and put one stage a few minutes late; tell whether anything was done."""
    view = current_release(event)
    if view is None or list_plans(event) or view.live_revision:
        return False
    _plan_for_rain(actor, event, view.alone, now)
    _open_desk(actor, event, view, now)
    return True


def _plan_for_rain(actor: Actor, event: Event, programme: Programme, now: datetime) -> None:
    create_plan(actor, event, RAIN)
    roof = next((place for place in programme.stages if place.covered), None)
    if roof is None:
        return
    outside = [item for item in programme.items if _gets_wet(item, programme, now)]
    found = [item for item in outside if _has_room(programme, roof, item.slot)]
    for item in found[:MOVED]:
        place_in_plan(actor, event, "B", item.number, PlanPlace(stage=roof.code, slot=item.slot))


def _gets_wet(item: Item, programme: Programme, now: datetime) -> bool:
    return not programme.places[item.stage].covered and not item.fixed and item.slot.start > now


def _has_room(programme: Programme, roof: Place, slot: TimeRange) -> bool:
    return not any(item.stage == roof.code and item.slot.overlaps(slot) for item in programme.items)


def _open_desk(actor: Actor, event: Event, view: ReleaseView, now: datetime) -> None:
    """Call the next troupe, and put it off a little, on the first stage where something comes."""
    for place in view.full.stages:
        desk = look_at(view.live, place.code, now)
        if desk.standby and not desk.standby[0].item.fixed:
            item = desk.standby[0].item
            wish = Wish(stage=place.code, kind=ActKind.DELAY, items=(item.ref,), minutes=LATE)
            act(actor, event, wish, seen=Seen(release=view.number, revision=0), now=now)
            tick(actor, event, place.code, item.ref, CheckKind.CALLED, now=now)
            return
