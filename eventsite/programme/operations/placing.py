"""Putting items of the draft, or of a plan beside it, where the editor has them: all of them or none."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from eventsite.accounts.core import Actor
from eventsite.audit.operations import record
from eventsite.database import atomic
from eventsite.events.models import Event, Stage
from eventsite.kernel.edits import changed
from eventsite.kernel.errors import Conflict, NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.placing import Move, Spot, StaleMove, StaleMoves
from eventsite.programme.enums import SCHEDULED
from eventsite.programme.models import PlanSlot, ProgrammeItem
from eventsite.programme.queries import DRAFT, get_plan


def place_items(actor: Actor, event: Event, moves: Sequence[Move], *, plan: str = DRAFT) -> Mapping[int, int]:
    """Put every item where its move says, and return the versions that items have now, by their id.

    An item that is there already is not written again: a move that was sent twice is one. Raises
    `StaleMoves` with everything that somebody else moved first, `Conflict` for a fixed point of the draft,
    `NotFound` for an item, stage or plan of another event.
    """
    with atomic() as session:
        place = _InDraft(session, event, moves) if plan == DRAFT else _InPlan(session, event, moves, plan)
        news = [move for move in moves if not place.is_done(move)]
        stale = [place.stale(move) for move in news if place.version(move) != move.version]
        if stale:
            raise StaleMoves(stale)
        for move in news:
            place.put(actor, move)
        session.flush()
        return {move.item_id: place.version(move) for move in moves}


class _Rows(ABC):
    """The rows that moves name, read once and held."""

    def __init__(self, session: Session, event: Event, moves: Sequence[Move]) -> None:
        self.session, self.event = session, event
        named = select(ProgrammeItem).where(
            ProgrammeItem.event_id == event.id, ProgrammeItem.id.in_([move.item_id for move in moves])
        )
        held = named.with_for_update(of=ProgrammeItem).execution_options(populate_existing=True)
        self.items = {
            item.id: item for item in session.scalars(held.options(joinedload(ProgrammeItem.stage)))
        }
        stages = session.scalars(select(Stage).where(Stage.event_id == event.id))
        self.stages = {stage.code: stage for stage in stages}

    def item(self, move: Move) -> ProgrammeItem:
        """Return the item of a move."""
        item = self.items.get(move.item_id)
        if item is None:
            raise NotFound(N_("There is no such item in this programme."))
        return item

    def stage(self, spot: Spot) -> Stage | None:
        """Return the stage of a spot."""
        if spot.stage is None:
            return None
        stage = self.stages.get(spot.stage)
        if stage is None:
            raise NotFound(N_("There is no stage “%(code)s” here."), code=spot.stage)
        return stage

    def told(self, spot: Spot) -> dict[str, Any]:
        """Return a spot as the log has it."""
        slot = spot.slot
        ends_at = slot.end if slot else None
        return {"stage": spot.stage, "starts_at": spot.starts_at, "ends_at": ends_at}

    @abstractmethod
    def spot(self, move: Move) -> Spot:
        """Return where the item of a move is."""

    @abstractmethod
    def is_done(self, move: Move) -> bool:
        """Tell whether the item is where the move wants it."""

    @abstractmethod
    def version(self, move: Move) -> int:
        """Return the version of what the move changes."""

    @abstractmethod
    def put(self, actor: Actor, move: Move) -> None:
        """Do the move."""

    def stale(self, move: Move) -> StaleMove:
        """Return both places of an item that somebody else moved."""
        item = self.item(move)
        return StaleMove(
            item_id=item.id,
            version=self.version(move),
            title_zh=item.title_zh,
            title_en=item.title_en,
            theirs=self.spot(move),
            mine=move.spot,
        )


class _InDraft(_Rows):
    """Items at their places in the draft itself."""

    def spot(self, move: Move) -> Spot:
        """Return where the item is."""
        item = self.item(move)
        stage = item.stage.code if item.stage else None
        return Spot(stage=stage, starts_at=item.starts_at, minutes=item.minutes)

    def is_done(self, move: Move) -> bool:
        """Tell whether the item is there already."""
        return self.spot(move) == move.spot

    def version(self, move: Move) -> int:
        """Return the version of what the move changes."""
        return self.item(move).version

    def put(self, actor: Actor, move: Move) -> None:
        """Move the item; raises `Conflict` for a fixed point."""
        item, was = self.item(move), self.spot(move)
        if item.is_fixed:
            raise Conflict(
                N_("“%(title)s” is a fixed point: only its own form moves it."), title=item.title_zh
            )
        stage, slot = self.stage(move.spot), move.spot.slot
        item.stage_id = stage.id if stage else None
        item.starts_at, item.ends_at = (slot.start, slot.end) if slot else (None, None)
        item.length_minutes = None if slot else move.spot.minutes
        before, after = changed(self.told(was), self.told(move.spot))
        thing = f"programme_item:{item.id}"
        record(actor, "place", thing, event_id=self.event.id, before=before, after=after)


class _InPlan(_Rows):
    """Items at their places in a plan beside the draft."""

    def __init__(self, session: Session, event: Event, moves: Sequence[Move], code: str) -> None:
        super().__init__(session, event, moves)
        self.plan = get_plan(event, code)
        own = select(PlanSlot).where(PlanSlot.plan_id == self.plan.id, PlanSlot.item_id.in_(self.items))
        held = own.with_for_update(of=PlanSlot).execution_options(populate_existing=True)
        slots = session.scalars(held.options(joinedload(PlanSlot.stage)))
        self.slots = {slot.item_id: slot for slot in slots}

    def spot(self, move: Move) -> Spot:
        """Return where the item is in the plan."""
        item, slot = self.item(move), self.slots.get(move.item_id)
        row = slot or item
        stage = row.stage.code if row.stage else None
        minutes = item.minutes
        if slot is not None and slot.starts_at and slot.ends_at:
            minutes = int((slot.ends_at - slot.starts_at).total_seconds() // 60)
        return Spot(stage=stage, starts_at=row.starts_at, minutes=minutes)

    def is_done(self, move: Move) -> bool:
        """Tell whether the item is there already."""
        if move.reset:
            return move.item_id not in self.slots
        return self.spot(move) == move.spot

    def version(self, move: Move) -> int:
        """Return the version of the item's place in the plan, 0 where the draft has it."""
        self.item(move)
        slot = self.slots.get(move.item_id)
        return slot.version if slot else 0

    def put(self, actor: Actor, move: Move) -> None:
        """Move the item in the plan, or put it back to where the draft has it."""
        item, before = self.item(move), self.told(self.spot(move))
        thing = f"programme_plan:{self.plan.id}"
        if move.reset:
            self.session.delete(self.slots.pop(move.item_id))
            record(actor, "reset", thing, event_id=self.event.id, item=item.ref, before=before)
            return
        stage, range_ = self.stage(move.spot), move.spot.slot
        slot = self.slots.get(item.id)
        if slot is None:
            slot = PlanSlot(event_id=self.event.id, plan_id=self.plan.id, item_id=item.id, status=SCHEDULED)
            self.slots[item.id] = slot
            self.session.add(slot)
        slot.stage_id = stage.id if stage else None
        slot.starts_at, slot.ends_at = (range_.start, range_.end) if range_ else (None, None)
        after = self.told(move.spot)
        record(actor, "place", thing, event_id=self.event.id, item=item.ref, before=before, after=after)
