"""Loading an event file: whole or not at all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from eventsite.accounts.core import Actor
from eventsite.applications.operations import follow_file
from eventsite.audit.operations import record
from eventsite.database import atomic, violated
from eventsite.eventfile.core.differences import find_differences
from eventsite.eventfile.core.eventfile import EventFile
from eventsite.eventfile.enums import Outcome
from eventsite.eventfile.errors import Differs, ReadOnly, SlugTaken
from eventsite.eventfile.mapping.rows import DatabasePlace
from eventsite.eventfile.mapping.sections import ALL
from eventsite.eventfile.operations.add import add_event, add_rows
from eventsite.eventfile.operations.replace import replace_rows
from eventsite.eventfile.queries import dump_event, normal_form
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.events.queries import find_event


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What loading came to; `changes` counts the places that were changed."""

    outcome: Outcome
    event: Event
    changes: int = 0


def load_event(
    actor: Actor, file: EventFile, *, replace: bool = False, publish: bool, now: datetime
) -> Loaded:
    """Bring the site to what the file says; loading the same file again changes nothing.

    A new event is published where `publish` says so, else a draft. For an event that is there and differs:
    raises `Differs` without `replace`; with it `InUse` where a record that the file leaves out has activity,
    `ReadOnly` where the event is archived.
    """
    with atomic():
        event = find_event(file.slug)
        if event is None:
            status = EventStatus.PUBLISHED if publish else EventStatus.DRAFT
            made = create_event(actor, "load", file, status=status, now=now)
            return Loaded(outcome=Outcome.CREATED, event=made)
        return _bring_up_to_date(actor, event, file, replace=replace)


def create_event(actor: Actor, verb: str, file: EventFile, *, status: EventStatus, now: datetime) -> Event:
    """Add the event of a file with all of its records; raises `SlugTaken` if another was faster."""
    with atomic() as session:
        try:
            event = add_event(session, file, status=status, now=now)
        except IntegrityError as error:
            if violated(error) != "uq_event_slug":
                raise
            raise SlugTaken(file.slug) from error
        place = DatabasePlace(zone=file.zone)
        counts = {name: add_rows(session, section, event, file, place) for name, section in ALL.items()}
        follow_file(event)
        after = {"slug": event.slug, "name_zh": event.name_zh, "status": status}
        record(actor, verb, f"event:{event.id}", event_id=event.id, after=after, records=counts)
    return event


def _bring_up_to_date(actor: Actor, event: Event, file: EventFile, *, replace: bool) -> Loaded:
    differences = find_differences(dump_event(event), normal_form(file))
    if not differences:
        return Loaded(outcome=Outcome.IDENTICAL, event=event)
    if not replace:
        raise Differs(event.slug, differences)
    if event.status is EventStatus.ARCHIVED:
        raise ReadOnly(event.slug)
    replace_rows(actor, event, file)
    record(actor, "replace", f"event:{event.id}", event_id=event.id, places=len(differences))
    return Loaded(outcome=Outcome.REPLACED, event=event, changes=len(differences))
