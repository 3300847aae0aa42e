"""Drawing fire lanes, routes, water and words. Each act is one transaction with its audit row."""

from dataclasses import asdict

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import NotFound
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_
from eventsite.market.core import ShapeFacts, check_shape
from eventsite.market.enums import ShapeKind
from eventsite.market.models import PlanShape
from eventsite.market.queries import find_float, get_shape_to_write


def create_shape(actor: Actor, event: Event, facts: ShapeFacts, *, ref: str | None = None) -> PlanShape:
    """Draw a shape; raises what `check_shape` finds, and `NotFound` for a float that is not the event's."""
    sound = check_shape(facts)
    with atomic() as session:
        shape = PlanShape(event_id=event.id, ref=ref or f"sh-{typed_code().lower()}")
        _write(shape, event, sound)
        session.add(shape)
        session.flush()
        record(actor, "create", f"plan_shape:{shape.id}", event_id=event.id, after=asdict(sound))
    return shape


def edit_shape(actor: Actor, event: Event, ref: str, facts: ShapeFacts, *, version: int) -> PlanShape:
    """Change a shape that was read at `version`; raises `StaleEdit` if somebody saved since."""
    sound = check_shape(facts)
    with atomic() as session:
        shape = get_shape_to_write(event, ref)
        before = shape.facts
        if sound == before:
            return shape
        old, new = changed(asdict(before), asdict(sound))
        refuse_stale(shape.version, version, theirs=old, mine=new)
        _write(shape, event, sound)
        session.flush()
        record(actor, "edit", f"plan_shape:{shape.id}", event_id=event.id, before=old, after=new)
    return shape


def remove_shape(actor: Actor, event: Event, ref: str, *, version: int) -> None:
    """Remove a shape; raises `StaleEdit` if somebody saved since."""
    with atomic() as session:
        shape = get_shape_to_write(event, ref)
        facts = shape.facts
        refuse_stale(shape.version, version, theirs={}, mine={})
        thing = f"plan_shape:{shape.id}"
        session.delete(shape)
        session.flush()
        record(actor, "remove", thing, event_id=event.id, before=asdict(facts))


def _write(shape: PlanShape, event: Event, facts: ShapeFacts) -> None:
    carried = find_float(event, facts.carried) if facts.carried else None
    if facts.carried and carried is None:
        raise NotFound(N_("There is no float “%(ref)s” here."), ref=facts.carried)
    shape.kind, shape.carried = ShapeKind(facts.kind), carried
    shape.name_zh, shape.name_en = facts.name_zh, facts.name_en
    shape.map_x, shape.map_y, shape.map_w, shape.map_h = facts.map_x, facts.map_y, facts.map_w, facts.map_h
    shape.points = facts.points
