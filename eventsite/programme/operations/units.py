"""Units: a city's act and its presentation, which keep together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event
from eventsite.kernel.edits import refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_
from eventsite.programme.core.facts import LONGEST, clock_of
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations.items import create_item
from eventsite.programme.queries import facts_of, get_item_to_write, list_parts

NOTHING_BEFORE = {"day": "", "start": "", "end": "", "overnight": False}


def join_unit(actor: Actor, event: Event, item_id: int, other_id: int, *, version: int) -> str:
    """Make a unit of two items, or let the second join the unit of the first; returns the unit's word.

    Raises `StaleEdit` if somebody saved the first since, and `Conflict` where the second is in another unit.
    """
    with atomic():
        item, other = get_item_to_write(event, item_id), get_item_to_write(event, other_id)
        refuse_stale(item.version, version, theirs={}, mine={})
        if item.id == other.id:
            raise DomainError(N_("A unit has two parts: choose another item."), field="other")
        if other.unit and other.unit != item.unit:
            raise Conflict(N_("“%(title)s” is part of another unit."), field="other", title=other.title_zh)
        unit = item.unit or f"u-{typed_code().lower()}"
        for one in (item, other):
            if one.unit != unit:
                _set(actor, event, one, unit)
        return unit


def part_unit(actor: Actor, event: Event, item_id: int, *, version: int) -> None:
    """Dissolve the unit that an item is part of; raises `StaleEdit` and `Conflict`."""
    with atomic():
        item = get_item_to_write(event, item_id)
        refuse_stale(item.version, version, theirs={}, mine={})
        if not item.unit:
            raise Conflict(N_("This item is part of no unit."))
        for part in _held(event, item):
            _set(actor, event, part, None)


def add_presentation(
    actor: Actor,
    event: Event,
    item_id: int,
    *,
    title_zh: str,
    title_en: str,
    minutes: int,
    version: int,
) -> ProgrammeItem:
    """Add a city's presentation behind its act, as a unit with it; one of an act that waits waits, too."""
    if not 0 < minutes <= LONGEST:
        raise DomainError(N_("An item has 1 to %(most)s minutes."), field="minutes", most=LONGEST)
    with atomic():
        item = get_item_to_write(event, item_id)
        facts = facts_of(event, item)
        behind: dict[str, object] = {**NOTHING_BEFORE, "minutes": minutes}
        if item.ends_at is not None:
            slot = TimeRange(item.ends_at, item.ends_at + timedelta(minutes=minutes))
            behind = {**clock_of(slot, event.zone), "minutes": None}
        part = create_item(
            actor,
            event,
            replace(
                facts,
                **behind,  # type: ignore[arg-type]
                title_zh=title_zh,
                title_en=title_en,
                kind="presentation",
                troupe=None,
                setup_minutes=0,
                teardown_minutes=0,
                walk_minutes=0,
                props_zh="",
                audio="",
                notice_zh="",
                notice_en="",
                unit=None,
            ),
        )
        join_unit(actor, event, item.id, part.id, version=version)
        return part


def _held(event: Event, item: ProgrammeItem) -> Sequence[ProgrammeItem]:
    return [get_item_to_write(event, part.id) for part in list_parts(event, item)]


def _set(actor: Actor, event: Event, item: ProgrammeItem, unit: str | None) -> None:
    before, item.unit = item.unit, unit
    verb = "join" if unit else "part"
    thing = f"programme_item:{item.id}"
    record(actor, verb, thing, event_id=event.id, before={"unit": before}, after={"unit": unit})
