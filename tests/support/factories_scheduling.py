"""Items that wait for their place, what they share, and when troupes can perform."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.events.queries import list_stages
from eventsite.programme.enums import ResourceKind
from eventsite.programme.models import ItemResource, ProgrammeItem, Resource, Troupe, TroupeWindow
from tests.support.factories import make_item


def make_waiting(event: Event, ref: str, *, minutes: int = 30, **given: Any) -> ProgrammeItem:
    """Make an item of the event that has a length and no place."""
    item = make_item(event, stage=list_stages(event)[0], ref=ref, **given)
    with atomic() as session:
        item.stage_id = item.starts_at = item.ends_at = None
        item.length_minutes = minutes
        session.flush()
        session.refresh(item)
    return item


def make_window(troupe: Troupe, starts_at: datetime, ends_at: datetime) -> TroupeWindow:
    """Make a time in which a troupe can perform."""
    window = TroupeWindow(event_id=troupe.event_id, troupe_id=troupe.id, starts_at=starts_at, ends_at=ends_at)
    with atomic() as session:
        session.add(window)
    return window


def make_shared(
    event: Event, ref: str, users: Iterable[ProgrammeItem], *, quantity: int = 1, **given: Any
) -> Resource:
    """Make a prop that these items use."""
    defaults = {
        "kind": ResourceKind.PROP,
        "name_zh": "大鼓",
        "name_en": "Drum",
        "position": 1,
        "source": "demo",
    }
    resource = Resource(event_id=event.id, ref=ref, quantity=quantity, **{**defaults, **given})
    with atomic() as session:
        session.add(resource)
        session.flush()
        session.add_all(
            ItemResource(event_id=event.id, item_id=item.id, resource_id=resource.id) for item in users
        )
    return resource
