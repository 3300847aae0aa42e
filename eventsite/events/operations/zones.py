"""Adding, editing and removing zones. Each act is one transaction with its row in the audit log."""

from dataclasses import asdict

from sqlalchemy.orm.attributes import flag_modified

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.core import ZoneFacts, check_colour, check_zone
from eventsite.events.models import Event, Zone
from eventsite.events.queries import find_venue, get_zone_to_write, hold_event, list_zones
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_

USUAL_CROWD_LEVELS = {"notice": 0.6, "warning": 0.8, "limit": 0.95}  # shares of the capacity


def create_zone(
    actor: Actor, event: Event, facts: ZoneFacts, *, ref: str | None = None, drafting: bool = False
) -> Zone:
    """Add a zone to the plan.

    Raises `Conflict` on `code` if another zone has it, and what `check_zone` finds; while drafting, warnings
    on the plan say instead where a zone must not lie.
    """
    with atomic():
        _check(event, facts, drafting)
        zone = Zone(event_id=event.id, ref=ref or f"zone-{typed_code().lower()}", source="article")
        zone.crowd_levels = dict(USUAL_CROWD_LEVELS)
        with attempt(_conflicts(facts)) as session:
            _write(zone, facts)
            session.add(zone)
        _renew_theme(event)
        record(actor, "create", f"zone:{zone.id}", event_id=event.id, after=asdict(facts))
    return zone


def edit_zone(
    actor: Actor, event: Event, code: str, facts: ZoneFacts, *, version: int, drafting: bool = False
) -> Zone:
    """Change a zone that was read at `version`; a save that changes nothing writes nothing.

    Its code stays: it stands on signs, in addresses and in the scopes of people's roles. Raises `StaleEdit`
    if somebody saved since, and what `create_zone` does.
    """
    with atomic():
        zone = get_zone_to_write(event, code)
        before = zone.facts
        if facts == before:
            return zone
        old, new = changed(asdict(before), asdict(facts))
        refuse_stale(zone.version, version, theirs=old, mine=new)
        _check(event, facts, drafting)
        with attempt(_conflicts(facts)):
            _write(zone, facts)
        if facts.color != before.color:
            _renew_theme(event)
        record(actor, "edit", f"zone:{zone.id}", event_id=event.id, before=old, after=new)
    return zone


def remove_zone(actor: Actor, event: Event, code: str, *, version: int) -> None:
    """Remove a zone that holds nothing; raises `StaleEdit`, and `Conflict` where something lies in it."""
    with atomic():
        zone = get_zone_to_write(event, code)
        facts = zone.facts
        refuse_stale(zone.version, version, theirs={}, mine={})
        thing = f"zone:{zone.id}"
        with attempt(_conflicts(facts)) as session:
            session.delete(zone)
        _renew_theme(event)
        record(actor, "remove", thing, event_id=event.id, before=asdict(facts))


def _check(event: Event, facts: ZoneFacts, drafting: bool) -> None:
    check_colour(facts.code, facts.color)
    if drafting:
        return
    hold_event(event)  # so that nobody takes the same ground meanwhile
    venue = find_venue(event)
    neighbours = {zone.code: zone.box for zone in list_zones(event) if zone.code != facts.code}
    check_zone(facts, venue.ground if venue else None, neighbours)


def _write(zone: Zone, facts: ZoneFacts) -> None:
    for name, value in asdict(facts).items():
        setattr(zone, name, list(value) if isinstance(value, tuple) else value)


def _renew_theme(event: Event) -> None:
    """Raise the event's version: its style sheet's address names it, so browsers fetch the new colours."""
    flag_modified(event, "theme_colors")


def _conflicts(facts: ZoneFacts) -> dict[str, DomainError]:
    return {
        "uq_zone_event_id_code": Conflict(
            N_("Another zone has the code %(code)s."), field="code", code=facts.code
        ),
        FOREIGN_KEY: Conflict(
            N_("Zone %(code)s still holds booths, stages or other records."), code=facts.code
        ),
    }
