"""Adding, editing and removing stages and facilities. Each act is one transaction with its audit row."""

from dataclasses import asdict

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import FOREIGN_KEY, atomic, attempt
from eventsite.events.core import FacilityFacts, StageFacts, check_stage
from eventsite.events.models import Event, Facility, Stage
from eventsite.events.queries import get_facility_to_write, get_stage_to_write, get_zone
from eventsite.kernel.edits import changed, refuse_stale
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.words import N_


def create_stage(actor: Actor, event: Event, facts: StageFacts, *, ref: str | None = None) -> Stage:
    """Add a stage; raises `Conflict` on `code` if another stage has it, and what `check_stage` finds."""
    check_stage(facts)
    with atomic():
        stage = Stage(event_id=event.id, ref=ref or f"st-{typed_code().lower()}", source="article")
        with attempt(_conflicts(facts)) as session:
            _write(stage, event, facts)
            session.add(stage)
        record(actor, "create", f"stage:{stage.id}", event_id=event.id, after=asdict(facts))
    return stage


def edit_stage(actor: Actor, event: Event, ref: str, facts: StageFacts, *, version: int) -> Stage:
    """Change a stage that was read at `version`; a save that changes nothing writes nothing.

    Its code stays: it stands in addresses and in the scopes of people's roles. Raises `StaleEdit` if somebody
    saved since, and what `create_stage` does.
    """
    check_stage(facts)
    with atomic():
        stage = get_stage_to_write(event, ref)
        before = stage.facts
        if facts == before:
            return stage
        old, new = changed(asdict(before), asdict(facts))
        refuse_stale(stage.version, version, theirs=old, mine=new)
        with attempt(_conflicts(facts)):
            _write(stage, event, facts)
        record(actor, "edit", f"stage:{stage.id}", event_id=event.id, before=old, after=new)
    return stage


def remove_stage(actor: Actor, event: Event, ref: str, *, version: int) -> None:
    """Remove a stage on which nothing happens; raises `StaleEdit`, and `Conflict` where something does."""
    with atomic():
        stage = get_stage_to_write(event, ref)
        facts = stage.facts
        refuse_stale(stage.version, version, theirs={}, mine={})
        thing = f"stage:{stage.id}"
        with attempt(_conflicts(facts)) as session:
            session.delete(stage)
        record(actor, "remove", thing, event_id=event.id, before=asdict(facts))


def create_facility(actor: Actor, event: Event, facts: FacilityFacts, *, ref: str | None = None) -> Facility:
    """Add a gate, a toilet, a first-aid point or a desk."""
    with atomic() as session:
        facility = Facility(
            event_id=event.id, ref=ref or f"fc-{typed_code().lower()}", source="article", **asdict(facts)
        )
        session.add(facility)
        session.flush()
        record(actor, "create", f"facility:{facility.id}", event_id=event.id, after=asdict(facts))
    return facility


def edit_facility(actor: Actor, event: Event, ref: str, facts: FacilityFacts, *, version: int) -> Facility:
    """Change a facility that was read at `version`; raises `StaleEdit` if somebody saved since."""
    with atomic() as session:
        facility = get_facility_to_write(event, ref)
        before = facility.facts
        if facts == before:
            return facility
        old, new = changed(asdict(before), asdict(facts))
        refuse_stale(facility.version, version, theirs=old, mine=new)
        for name, value in asdict(facts).items():
            setattr(facility, name, value)
        session.flush()
        record(actor, "edit", f"facility:{facility.id}", event_id=event.id, before=old, after=new)
    return facility


def remove_facility(actor: Actor, event: Event, ref: str, *, version: int) -> None:
    """Remove a facility; raises `StaleEdit` if somebody saved since, `Conflict` where it is needed."""
    with atomic():
        facility = get_facility_to_write(event, ref)
        facts = facility.facts
        refuse_stale(facility.version, version, theirs={}, mine={})
        thing = f"facility:{facility.id}"
        needed = Conflict(N_("“%(name)s” is still needed by another record."), name=facts.name_zh)
        with attempt({FOREIGN_KEY: needed}) as session:
            session.delete(facility)
        record(actor, "remove", thing, event_id=event.id, before=asdict(facts))


def _write(stage: Stage, event: Event, facts: StageFacts) -> None:
    for name, value in asdict(facts).items():
        if name != "zone":
            setattr(stage, name, value)
    stage.zone = get_zone(event, facts.zone)


def _conflicts(facts: StageFacts) -> dict[str, DomainError]:
    return {
        "uq_stage_event_id_code": Conflict(
            N_("Another stage has the code %(code)s."), field="code", code=facts.code
        ),
        FOREIGN_KEY: Conflict(
            N_("Stage %(code)s is still needed: a programme item or another record stands on it."),
            code=facts.code,
        ),
    }
