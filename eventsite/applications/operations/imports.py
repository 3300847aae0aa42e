"""Taking exhibitors from a spreadsheet: all of its rows or none, as they were shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventsite.accounts.core import Actor
from eventsite.applications.core.facts import logged
from eventsite.applications.core.imports import BOOTHS, Rows
from eventsite.applications.enums import How, Matter, Status
from eventsite.applications.models import Application, MatterReview
from eventsite.applications.operations.holdings import assign_booth, release_booth, rename_at_booths
from eventsite.applications.queries.imports import AS_THEY_STAND, dry_run_exhibitors
from eventsite.applications.queries.lookup import get_application_to_write
from eventsite.audit.operations import record
from eventsite.database import atomic, db
from eventsite.events.models import Event
from eventsite.events.queries import get_delegation, get_zone_to_write
from eventsite.kernel.dryrun import DryRun, Move, Step
from eventsite.kernel.tokens import typed_code

OF_MATTER: Mapping[Matter, frozenset[str]] = {
    Matter.BOOTH: frozenset({"category", "zone", "products_zh", "places"}),
    Matter.POWER: frozenset({"power_kw", "appliances_zh"}),
    Matter.FIRE: frozenset({"needs_water", "open_flame"}),
    Matter.FOOD: frozenset({"food_required", "category"}),
    Matter.STREET: frozenset({"street_occupation"}),
    Matter.VEHICLES: frozenset({"vehicle_passes", "staff_passes"}),
    Matter.INSURANCE: frozenset({"insured"}),
    Matter.COMMITMENT: frozenset({"unit_zh", "unit_en"}),
}
"""What each office has read: its word is asked for again where that changes."""


def import_exhibitors(
    actor: Actor, event: Event, rows: Rows, *, seen: str, sha256: str, now: datetime
) -> DryRun:
    """Add and change exhibitors and give booths as the rows say; one that no row names stays.

    A new exhibitor stands at the desk as if it had been submitted `now`. `seen` is the dry run's own mark:
    `Conflict` where the rows do something else by now. `sha256` of the file goes into the log.
    """
    with atomic():
        run = dry_run_exhibitors(event, rows)
        run.refuse_other(seen)
        acting = [step for step in run.steps if step.move is not Move.SAME]
        for step in acting:
            _write_step(actor, event, step, now)
        giving = [step for step in acting if BOOTHS in step.new]
        for step in giving:  # all free first: two exhibitors may change booths with each other
            release_booth(actor, event, step.key)
        for step in giving:
            assign_booth(actor, event, step.key, step.new[BOOTHS], how=How.HAND)
        if acting:
            told: dict[str, Any] = {move.value: run.counts.get(move, 0) for move in (Move.NEW, Move.CHANGED)}
            record(actor, "import exhibitors", f"event:{event.id}", event_id=event.id, sha256=sha256, **told)
    return run


def _write_step(actor: Actor, event: Event, step: Step, now: datetime) -> None:
    facts = {name: value for name, value in step.new.items() if name != BOOTHS}
    if not facts:
        return
    session = db.session
    if step.move is Move.NEW:
        row = Application(
            event_id=event.id,
            ref=f"ap-{typed_code().lower()}",
            source="article",
            status=Status.SUBMITTED,
            submitted_at=now,
        )
    else:
        row = get_application_to_write(event, step.key)
    _set(row, event, facts)
    session.add(row)
    session.flush()
    if step.move is Move.CHANGED:
        _ask_again(row, facts)
        rename_at_booths(actor, row)
    verb = "take in" if step.move is Move.NEW else "edit"
    old = {name: value for name, value in step.old.items() if name != BOOTHS}
    before, after = logged(old) or None, logged(facts)
    record(actor, verb, f"application:{row.id}", event_id=event.id, before=before, after=after)


def _set(row: Application, event: Event, facts: Mapping[str, Any]) -> None:
    for name in AS_THEY_STAND:
        if name in facts:
            setattr(row, name, facts[name])
    for name in ("products_zh", "appliances_zh", "wishes"):
        if name in facts:
            setattr(row, name, list(facts[name]))
    if "products_zh" in facts:
        row.products = [{"name": name, "price_fen": None} for name in facts["products_zh"]]
    if "zone" in facts:
        row.zone_id = get_zone_to_write(event, facts["zone"]).id
    if "delegation" in facts:
        row.delegation_id = get_delegation(event, facts["delegation"]).id if facts["delegation"] else None


def _ask_again(row: Application, facts: Mapping[str, Any]) -> None:
    """Set aside what offices said of matters that changed."""
    changed = {matter for matter, names in OF_MATTER.items() if names & facts.keys()}
    own = select(MatterReview).where(MatterReview.application_id == row.id)
    for review in db.session.scalars(own.where(MatterReview.matter.in_(changed))):
        review.stale = True
    db.session.flush()
