"""A public lot: prepared, frozen by two people, drawn from digits made in public, applied or voided."""

from datetime import datetime
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.applications.enums import How
from eventsite.audit.operations import record
from eventsite.database import atomic, attempt
from eventsite.events.models import Event
from eventsite.events.operations.hands import refuse_same_hands
from eventsite.events.queries import get_zone
from eventsite.kernel.errors import Conflict
from eventsite.kernel.fairdraw.drawing import play_round
from eventsite.kernel.fairdraw.entries import format_entries, parse_entries
from eventsite.kernel.fairdraw.freeze import Freeze, freeze_draw
from eventsite.kernel.fairdraw.record import format_record, new_record
from eventsite.kernel.fairdraw.sources import read_stage
from eventsite.kernel.tokens import typed_code
from eventsite.kernel.transitions import check_move
from eventsite.kernel.words import N_
from eventsite.placement.core.choosing import choose_in_order
from eventsite.placement.core.lots import SOURCES, entries_of, lot_rules, task_sha256, turns
from eventsite.placement.core.packing import pack_task, unpack_spots, unpack_task
from eventsite.placement.core.pairs import JOINT
from eventsite.placement.core.values import Task
from eventsite.placement.enums import LOT_MOVES, LotStatus
from eventsite.placement.models import Lot, LotEntry
from eventsite.placement.operations.proposals import give_out
from eventsite.placement.queries import applications_by_ref, hold_lot, list_members, task_for

ENTRY = 10  # signs of a random entry id


def create_lot(
    actor: Actor,
    event: Event,
    *,
    code: str,
    title_zh: str,
    title_en: str,
    zone: str,
    category: str,
    now: datetime,
) -> Lot:
    """Prepare a lot; `zone` and `category` narrow who takes part. Raises `Conflict` on a `code` in use."""
    with atomic() as session:
        lot = Lot(
            event_id=event.id,
            code=code,
            title_zh=title_zh,
            title_en=title_en,
            zone=get_zone(event, zone) if zone else None,
            category=category,
            made_at=now,
        )
        taken = Conflict(N_("Another lot has the code %(code)s."), field="code", code=code)
        with attempt({"uq_lot_event_id_code": taken}):
            session.add(lot)
        after = {"code": code, "title_zh": title_zh, "zone": zone, "category": category}
        record(actor, "create", f"lot:{lot.id}", event_id=event.id, after=after)
        return lot


def propose_freeze(actor: Actor, event: Event, code: str, *, now: datetime) -> None:
    """Propose to freeze the list; another person has to confirm it. Again: nothing changes."""
    with atomic():
        lot = hold_lot(event, code)
        check_move(LOT_MOVES, lot.status, LotStatus.FROZEN)
        if lot.proposed_by is None:
            _expect_takers(_task(event, lot))
            lot.proposed_by, lot.proposed_label, lot.proposed_at = actor.ref, actor.label, now
            _log(actor, lot, "propose freeze")


def withdraw_freeze(actor: Actor, event: Event, code: str) -> None:
    """Take the waiting proposal back; none waiting: nothing happens."""
    with atomic():
        lot = hold_lot(event, code)
        if lot.status is LotStatus.DRAFT and lot.proposed_by is not None:
            lot.proposed_by = lot.proposed_label = lot.proposed_at = None
            _log(actor, lot, "withdraw freeze")


def confirm_freeze(actor: Actor, event: Event, code: str, *, now: datetime) -> Lot:
    """Freeze who takes part, with their wishes and the free booths, before any chance is known.

    Raises `NotAllowed` for the person who proposed it or one of the same line, `Conflict` where nobody did.
    """
    with atomic() as session:
        lot = hold_lot(event, code)
        check_move(LOT_MOVES, lot.status, LotStatus.FROZEN)
        if lot.proposed_by is None:
            raise Conflict(N_("Nothing waits for a second person here."))
        yourself = N_("You proposed this yourself; another person has to confirm it.")
        refuse_same_hands(actor, event.id, lot.proposed_by, yourself)
        task = _task(event, lot)
        _expect_takers(task)
        packed = pack_task(task)
        refs = sorted(unit.ref for unit in task.units if not unit.fixed)
        codes = {ref: typed_code(ENTRY) for ref in refs}
        rules = lot_rules(lot.code, lot.title_zh, entries=len(refs), task_sha256=task_sha256(packed))
        entries = entries_of(list(codes.values()))
        freeze = freeze_draw(rules, entries, witness_commits=(), frozen_at=now)
        lot.task, lot.rules, lot.freeze = packed, rules, freeze.as_dict()
        lot.freeze_sha256, lot.entries = freeze.sha256, format_entries(entries)
        lot.frozen_by, lot.frozen_at, lot.status = actor.label, now, LotStatus.FROZEN
        known = applications_by_ref(event, [one for ref in refs for one in ref.split(JOINT)])
        session.add_all(
            LotEntry(
                event_id=event.id,
                lot_id=lot.id,
                application_id=known[ref.split(JOINT)[0]].id,
                entry_code=codes[ref],
            )
            for ref in refs
        )
        _log(actor, lot, "freeze", sha256=freeze.sha256, entries=len(refs), proposed_by=lot.proposed_by)
        return lot


def draw_lot(actor: Actor, event: Event, code: str, *, digits: str, now: datetime) -> Lot:
    """Draw the order from digits made before everybody, and let each choose in turn; again: as it was drawn.

    Raises `Faulty` (a `DomainError`) for fewer than 20 digits or foreign signs.
    """
    values = read_stage(digits, SOURCES[0])
    with atomic():
        lot = hold_lot(event, code)
        if lot.status in (LotStatus.DRAWN, LotStatus.APPLIED):
            return lot
        check_move(LOT_MOVES, lot.status, LotStatus.DRAWN)
        assert lot.rules is not None and lot.freeze is not None and lot.entries is not None  # noqa: PT018
        assert lot.task is not None
        frozen = new_record(lot.rules, _freeze(lot))
        entries = parse_entries(lot.entries, max_weight=1)
        drawn = play_round(frozen, entries, values=values, sources=SOURCES)
        refs = _refs(lot)
        order = [refs[entry] for entry in turns(drawn)]
        spots = choose_in_order(unpack_task(lot.task), order)
        lot.record = format_record(drawn)
        lot.choices = {
            "order": [{"entry": entry, "unit": refs[entry]} for entry in turns(drawn)],
            "spots": {ref: list(spot) for ref, spot in spots.items()},
        }
        lot.drawn_at, lot.status = now, LotStatus.DRAWN
        _log(actor, lot, "draw", seed=drawn.rounds[0].seed, placed=len(spots))
        return lot


def apply_lot(actor: Actor, event: Event, code: str) -> int:
    """Give out the booths as they were chosen, all or none; return how many exhibitors got one.

    Raises `Conflict` where an application or booth is no longer what it was.
    """
    with atomic():
        lot = hold_lot(event, code)
        check_move(LOT_MOVES, lot.status, LotStatus.APPLIED)
        assert lot.task is not None and lot.choices is not None  # noqa: PT018
        given = give_out(actor, event, unpack_task(lot.task), unpack_spots(lot.choices), how=How.LOT)
        lot.status = LotStatus.APPLIED
        _log(actor, lot, "apply", given=given)
        return given


def void_lot(actor: Actor, event: Event, code: str, *, reason: str) -> None:
    """Declare a lot void, with the reason that the public page gives; what was drawn stays readable."""
    with atomic():
        lot = hold_lot(event, code)
        check_move(LOT_MOVES, lot.status, LotStatus.VOIDED)
        lot.status, lot.void_reason = LotStatus.VOIDED, reason
        _log(actor, lot, "void", reason=reason)


def _task(event: Event, lot: Lot) -> Task:
    return task_for(event, zone=lot.zone.code if lot.zone else "", category=lot.category)


def _expect_takers(task: Task) -> None:
    if all(unit.fixed for unit in task.units):
        raise Conflict(N_("Nobody who is accepted waits for a booth here."))


def _freeze(lot: Lot) -> Freeze:
    assert lot.freeze is not None
    return Freeze(**lot.freeze | {"witness_commits": tuple(lot.freeze["witness_commits"])})


def _refs(lot: Lot) -> dict[str, str]:
    """Return the unit of the frozen task behind each entry."""
    assert lot.task is not None
    units = {ref: unit.ref for unit in unpack_task(lot.task).units for ref in unit.ref.split(JOINT)}
    return {member.entry_code: units[member.application.ref] for member in list_members(lot)}


def _log(actor: Actor, lot: Lot, verb: str, **detail: Any) -> None:
    record(actor, verb, f"lot:{lot.id}", event_id=lot.event_id, **detail)
