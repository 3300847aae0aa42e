"""Saving what the plan's editor changed: all of it or nothing, in one transaction.

The final state counts, not the steps to it: two booths may change places and codes with each other. Where
things stand is left to the plan's warnings; what two things cannot share, their code, is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import String, cast, literal, update

from eventsite.accounts.core import Actor
from eventsite.database import atomic
from eventsite.events.core import FacilityFacts, StageFacts, ZoneFacts
from eventsite.events.models import Event
from eventsite.events.operations import places, zones
from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_
from eventsite.market.core import BoothFacts, Change, Kind, Op, ShapeFacts, Stale, StalePlan
from eventsite.market.models import Booth
from eventsite.market.operations import booths, shapes
from eventsite.market.queries import find_on_plan, plan_facts

Rows = Mapping[tuple[str, str], Any]
FIXED = {Kind.ZONE: "code", Kind.STAGE: "code", Kind.SHAPE: "kind"}  # what a thing keeps for good
USUAL_ZONE = {
    "order": 99,
    "literal_gloss": "",
    "suffix_zh": "",
    "description_zh": "",
    "description_en": "",
    "highlights_zh": (),
    "capacity": 0,
}


def save_plan(actor: Actor, event: Event, changes: Sequence[Change]) -> list[tuple[Change, int]]:
    """Write all changes with an audit row for each thing, and return the versions that things have now.

    What is already so is not written again: a save that was sent twice is one. Raises `StalePlan` with
    everything that somebody else changed first, and the refusals of the things' own operations.
    """
    with atomic() as session:
        rows = _rows(event, changes)
        news = [change for change in changes if not _is_done(change, rows.get(change.id))]
        _refuse_stale(news, rows)
        _free_codes(session, news, rows)
        for change in sorted(news, key=_step):
            ACTS[change.op](actor, event, change, rows.get(change.id))
        left = [change for change in changes if change.op is not Op.REMOVE]
        session.flush()
        now = _rows(event, left)
    return [(change, now[change.id].version) for change in left]


def _rows(event: Event, changes: Sequence[Change]) -> Rows:
    keys = {kind: [change.key for change in changes if change.kind is kind] for kind in Kind}
    return {
        (kind.value, ref): row
        for kind, refs in keys.items()
        if refs
        for ref, row in find_on_plan(event, kind, refs).items()
    }


def _is_done(change: Change, row: Any) -> bool:
    """Tell whether the plan is already as the change wants it."""
    if change.op is Op.REMOVE or row is None:
        return change.op is Op.REMOVE and row is None
    stored = plan_facts(change.kind, row)
    return all(stored[name] == value for name, value in change.facts.items())


def _refuse_stale(changes: Sequence[Change], rows: Rows) -> None:
    stale = []
    for change in changes:
        row = rows.get(change.id)
        if row is None and change.op is Op.EDIT:
            stale.append(Stale(kind=change.kind, key=change.key, version=0, theirs=None))
        elif row is not None and (change.op is Op.CREATE or row.version != change.version):
            theirs = plan_facts(change.kind, row)
            stale.append(Stale(kind=change.kind, key=change.key, version=row.version, theirs=theirs))
    if stale:
        raise StalePlan(stale)


def _free_codes(session: Any, changes: Sequence[Change], rows: Rows) -> None:
    """Take codes away from booths that lose them, so that two booths can change codes with each other."""
    losing = [
        rows[change.id].id
        for change in changes
        if change.kind is Kind.BOOTH
        and change.op is Op.EDIT
        and change.facts.get("code", rows[change.id].code) != rows[change.id].code
    ]
    session.execute(
        update(Booth).where(Booth.id.in_(losing)).values(code=literal("~") + cast(Booth.id, String)),
        execution_options={"synchronize_session": False},
    )


def _step(change: Change) -> int:
    """Return when a change has its turn: zones before what lies in them, codes free before they are taken."""
    if change.kind is Kind.ZONE:
        return {Op.CREATE: 0, Op.EDIT: 1, Op.REMOVE: 5}[change.op]
    return {Op.REMOVE: 2, Op.EDIT: 3, Op.CREATE: 4}[change.op]


def _create(actor: Actor, event: Event, change: Change, _: Any) -> None:
    facts = change.facts
    if change.kind is Kind.ZONE:
        zone = ZoneFacts(**{**USUAL_ZONE, "grid_code": f"G-{facts['code']}", **facts})
        zones.create_zone(actor, event, zone, ref=change.key, drafting=True)
    elif change.kind is Kind.BOOTH:
        booths.create_booth(actor, event, BoothFacts(**facts), ref=change.key, drafting=True)
    elif change.kind is Kind.STAGE:
        places.create_stage(actor, event, StageFacts(**facts), ref=change.key)
    elif change.kind is Kind.FACILITY:
        places.create_facility(actor, event, FacilityFacts(**facts), ref=change.key)
    else:
        shapes.create_shape(actor, event, ShapeFacts(**facts), ref=change.key)


def _edit(actor: Actor, event: Event, change: Change, row: Any) -> None:
    before, version = row.facts, change.version
    fixed = FIXED.get(change.kind)
    if fixed and change.facts.get(fixed, getattr(before, fixed)) != getattr(before, fixed):
        raise DomainError(N_("The code of a zone or a stage and the kind of a shape stay."), field=fixed)
    facts = replace(before, **change.facts)
    if change.kind is Kind.ZONE:
        zones.edit_zone(actor, event, row.code, facts, version=version, drafting=True)
    elif change.kind is Kind.BOOTH:
        booths.change_booth(actor, event, row, facts, version=version, drafting=True)
    elif change.kind is Kind.STAGE:
        places.edit_stage(actor, event, change.key, facts, version=version)
    elif change.kind is Kind.FACILITY:
        places.edit_facility(actor, event, change.key, facts, version=version)
    else:
        shapes.edit_shape(actor, event, change.key, facts, version=version)


def _remove(actor: Actor, event: Event, change: Change, row: Any) -> None:
    version = change.version
    if change.kind is Kind.ZONE:
        zones.remove_zone(actor, event, row.code, version=version)
    elif change.kind is Kind.BOOTH:
        booths.drop_booth(actor, event, row, version=version)
    elif change.kind is Kind.STAGE:
        places.remove_stage(actor, event, change.key, version=version)
    elif change.kind is Kind.FACILITY:
        places.remove_facility(actor, event, change.key, version=version)
    else:
        shapes.remove_shape(actor, event, change.key, version=version)


ACTS: Mapping[Op, Callable[[Actor, Event, Change, Any], None]] = {
    Op.CREATE: _create,
    Op.EDIT: _edit,
    Op.REMOVE: _remove,
}
