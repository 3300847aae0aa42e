"""Laying a picture of the ground under the plan, and taking it away."""

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.events.queries import hold_event
from eventsite.files.core import Upload
from eventsite.files.operations import forget_file, keep_file
from eventsite.market.models import PlanBackground
from eventsite.market.queries import find_background


def lay_background(actor: Actor, event: Event, upload: Upload) -> PlanBackground:
    """Lay a picture that was read before (`read_upload`) under the plan, in place of an older one."""
    with atomic():
        hold_event(event)  # one picture at a time, whoever sends another meanwhile
        remove_background(actor, event)
        stored = keep_file(actor, event, upload)
        background = PlanBackground(event_id=event.id, file_id=stored.id)
        with attempt() as session:
            session.add(background)
        thing = f"plan_background:{background.id}"
        record(actor, "create", thing, event_id=event.id, after={"file": upload.name})
    return background


def remove_background(actor: Actor, event: Event) -> None:
    """Take the picture away and let its file go; nothing happens where there is none."""
    with atomic():
        background = find_background(event)
        if background is None:
            return
        thing, stored = f"plan_background:{background.id}", background.file
        with attempt() as session:
            session.delete(background)
        record(actor, "remove", thing, event_id=event.id, before={"file": stored.name})
        forget_file(actor, stored)
