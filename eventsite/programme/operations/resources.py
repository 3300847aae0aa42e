"""Adding, editing and removing what items share, and saying which item uses how many."""

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.models import Event
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError, NotFound
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_
from eventsite.programme.core.resources import ResourceFacts, settled_resource
from eventsite.programme.enums import ResourceKind
from eventsite.programme.models import ItemResource, Resource
from eventsite.programme.queries import get_item_to_write, get_resource_to_write, list_resources


def create_resource(actor: Actor, event: Event, facts: ResourceFacts) -> Resource:
    """Add a person, a prop or a set of microphones; raises `DomainError` on `quantity`."""
    facts = settled_resource(facts)
    with atomic() as session:
        last = session.scalar(select(func.max(Resource.position)).where(Resource.event_id == event.id))
        resource = Resource(
            event_id=event.id, ref=f"rs-{typed_code().lower()}", source="article", position=(last or 0) + 1
        )
        _write(resource, facts)
        session.add(resource)
        session.flush()
        record(actor, "create", f"resource:{resource.id}", event_id=event.id, after=asdict(facts))
        return resource


def edit_resource(
    actor: Actor, event: Event, resource_id: int, facts: ResourceFacts, *, version: int
) -> Resource:
    """Change what was read at `version`; a save that changes nothing writes nothing.

    Raises `StaleEdit` if somebody saved since, and `DomainError` on `quantity`.
    """
    facts = settled_resource(facts)
    with atomic():
        resource = get_resource_to_write(event, resource_id)
        before = ResourceFacts.of(resource)
        if facts != before:
            old, new = changed(asdict(before), asdict(facts))
            refuse_stale(resource.version, version, theirs=old, mine=new)
            _write(resource, facts)
            record(actor, "edit", f"resource:{resource.id}", event_id=event.id, before=old, after=new)
        return resource


def remove_resource(actor: Actor, event: Event, resource_id: int, *, version: int) -> None:
    """Remove what no item uses; raises `StaleEdit`, and `Conflict` where an item does."""
    needed = Conflict(N_("Items still use it: set their amounts to nothing first."))
    with atomic():
        resource = get_resource_to_write(event, resource_id)
        refuse_stale(resource.version, version, theirs={}, mine={})
        thing, before = f"resource:{resource.id}", asdict(ResourceFacts.of(resource))
        with attempt({FOREIGN_KEY: needed}) as session:
            session.delete(resource)
        record(actor, "remove", thing, event_id=event.id, before=before)


def set_uses(actor: Actor, event: Event, item_id: int, amounts: Mapping[int, int], *, version: int) -> None:
    """Say how many of each shared thing (by its id) an item uses; what is not named is not used.

    Raises `StaleEdit` if somebody saved the item since, `DomainError` where there are not so many, and
    `NotFound` for a thing of another event.
    """
    with atomic() as session:
        item = get_item_to_write(event, item_id)
        known = {resource.id: resource for resource in list_resources(event)}
        before = {use.resource_id: use.amount for use in item.uses}
        after = {key: amount for key, amount in amounts.items() if amount}
        if after == before:
            return
        refuse_stale(item.version, version, theirs=_named(before, known), mine=_named(after, known))
        _refuse_excess(after, known)
        for use in [use for use in item.uses if use.resource_id not in after]:
            item.uses.remove(use)
        held = {use.resource_id: use for use in item.uses}
        for key, amount in after.items():
            if key in held:
                held[key].amount = amount
            else:
                item.uses.append(ItemResource(event_id=event.id, resource_id=key, amount=amount))
        flag_modified(item, "languages")  # the item's version rises with what it uses
        session.flush()
        old, new = changed(_named(before, known), _named(after, known))
        record(actor, "use", f"programme_item:{item.id}", event_id=event.id, before=old, after=new)


def _write(resource: Resource, facts: ResourceFacts) -> None:
    resource.kind = ResourceKind(facts.kind)
    resource.name_zh, resource.name_en, resource.quantity = facts.name_zh, facts.name_en, facts.quantity


def _named(amounts: Mapping[int, int], known: Mapping[int, Resource]) -> dict[str, int]:
    """Return the amounts by name, nothing left out, so that both sides of a change have the same keys."""
    return {resource.name_zh: amounts.get(key, 0) for key, resource in known.items()}


def _refuse_excess(amounts: Mapping[int, int], known: Mapping[int, Resource]) -> None:
    for key, amount in amounts.items():
        if key not in known:
            raise NotFound(N_("There is no such thing in this event."))
        if not 0 < amount <= known[key].quantity:
            raise DomainError(
                N_("There are %(count)s of “%(name)s”."),
                field=f"use_{key}",
                count=known[key].quantity,
                name=known[key].name_zh,
            )
