"""Reading what items share: people, props and microphones."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from eventsite.database import db
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.models import ItemResource, Resource


def list_resources(event: Event) -> Sequence[Resource]:
    """Return the people, props and microphones that items share, by kind and name."""
    return db.session.scalars(
        select(Resource)
        .where(Resource.event_id == event.id)
        .order_by(Resource.kind, Resource.name_zh, Resource.id)
    ).all()


def get_resource(event: Event, resource_id: int) -> Resource:
    """Return a shared thing of the event; raises `NotFound`."""
    return _resource(db.session.scalar(_one_resource(event, resource_id)))


def get_resource_to_write(event: Event, resource_id: int) -> Resource:
    """Return a shared thing as it is now, held until the running operation ends; raises `NotFound`."""
    held = _one_resource(event, resource_id).with_for_update().execution_options(populate_existing=True)
    return _resource(db.session.scalar(held))


def _one_resource(event: Event, resource_id: int) -> Select[*tuple[Any, ...]]:
    return select(Resource).where(Resource.event_id == event.id, Resource.id == resource_id)


def _resource(resource: Resource | None) -> Resource:
    if resource is None:
        raise NotFound(N_("There is no such thing in this event."))
    return resource


def count_uses(event: Event) -> Mapping[int, int]:
    """Return how many items use each shared thing, by its id."""
    rows = db.session.execute(
        select(ItemResource.resource_id, func.count())
        .where(ItemResource.event_id == event.id)
        .group_by(ItemResource.resource_id)
    )
    return {row[0]: row[1] for row in rows}
