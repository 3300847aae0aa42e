"""Adding, editing and removing booths. Each act is one transaction with its row in the audit log."""

from dataclasses import asdict

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.models import Event, Zone
from eventsite.events.queries import get_delegation, get_zone_to_write
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_
from eventsite.market.core import BoothFacts, check_place, check_status, is_moved
from eventsite.market.models import BOOTH_FIELDS, Booth
from eventsite.market.queries import boxes_in, find_clearance, find_float_at, get_booth_to_write, get_circuit


def create_booth(
    actor: Actor, event: Event, facts: BoothFacts, *, ref: str | None = None, drafting: bool = False
) -> Booth:
    """Add a booth to its zone.

    Raises `Conflict` on `code` if another booth has it, on `map_x` if its ground is taken or not in the zone.
    While drafting, the plan's warnings say that instead.
    """
    with atomic():
        zone = get_zone_to_write(event, facts.zone)  # held, so that nobody takes the same ground meanwhile
        if not drafting:
            check_place(facts, zone.box, boxes_in(zone))
        booth = Booth(event_id=event.id, ref=ref or f"bt-{typed_code().lower()}", source="article")
        with attempt(_conflicts(facts)) as session:
            _write(booth, event, zone, facts)
            session.add(booth)
        record(actor, "create", f"booth:{booth.id}", event_id=event.id, after=asdict(facts))
    return booth


def edit_booth(actor: Actor, event: Event, code: str, facts: BoothFacts, *, version: int) -> Booth:
    """Change a booth that was read at `version`; a save that changes nothing writes nothing.

    Raises `StaleEdit` if somebody saved since, the conflicts of `create_booth`, and one on `status` for an
    open booth that would be planned anew. Only a booth that moves is asked about its place.
    """
    with atomic():
        return change_booth(actor, event, get_booth_to_write(event, code), facts, version=version)


def change_booth(
    actor: Actor, event: Event, booth: Booth, facts: BoothFacts, *, version: int, drafting: bool = False
) -> Booth:
    """Change a booth whose row is held, as a part of an operation; raises as `edit_booth` does.

    While drafting, the plan's warnings say where a booth must not stand.
    """
    with atomic():
        before = booth.facts
        if facts == before:
            return booth
        old, new = changed(asdict(before), asdict(facts))
        refuse_stale(booth.version, version, theirs=old, mine=new)
        check_status(before, facts, booth.live_state)
        zone = get_zone_to_write(event, facts.zone)
        if is_moved(before, facts) and not drafting:
            check_place(facts, zone.box, boxes_in(zone, without=before.code))
        with attempt(_conflicts(facts)):
            _write(booth, event, zone, facts)
        record(actor, "edit", f"booth:{booth.id}", event_id=event.id, before=old, after=new)
    return booth


def remove_booth(actor: Actor, event: Event, code: str, *, version: int) -> None:
    """Remove a booth that nothing stands on.

    Raises `StaleEdit` if somebody saved since `version`, `Conflict` with what still needs the booth.
    """
    with atomic():
        drop_booth(actor, event, get_booth_to_write(event, code), version=version)


def drop_booth(actor: Actor, event: Event, booth: Booth, *, version: int) -> None:
    """Remove a booth whose row is held, as a part of an operation; raises as `remove_booth` does."""
    with atomic():
        facts = booth.facts
        refuse_stale(booth.version, version, theirs={}, mine={})
        _refuse_used(booth)
        thing = f"booth:{booth.id}"
        with attempt(_conflicts(facts)) as session:
            session.delete(booth)
        record(actor, "remove", thing, event_id=event.id, before=asdict(facts))


def _write(booth: Booth, event: Event, zone: Zone, facts: BoothFacts) -> None:
    for name in BOOTH_FIELDS:
        setattr(booth, name, getattr(facts, name))
    booth.appliances_zh = list(facts.appliances_zh)
    booth.zone = zone
    booth.circuit = get_circuit(event, facts.circuit) if facts.circuit else None
    booth.delegation = get_delegation(event, facts.delegation) if facts.delegation else None


def _refuse_used(booth: Booth) -> None:
    if carried := find_float_at(booth):
        raise Conflict(
            N_("Booth %(code)s carries the float “%(name)s”."), code=booth.code, name=carried.name_zh
        )
    if find_clearance(booth):
        raise Conflict(
            N_("Booth %(code)s was opened, and that stays in the log: cancel it instead."), code=booth.code
        )


def _conflicts(facts: BoothFacts) -> dict[str, DomainError]:
    return {
        "uq_booth_event_id_code": Conflict(
            N_("Another booth has the code %(code)s."), field="code", code=facts.code
        ),
        FOREIGN_KEY: Conflict(
            N_(
                "Booth %(code)s is still needed: it was given to an exhibitor, "
                "or a gift or a workshop stands there."
            ),
            code=facts.code,
        ),
    }
