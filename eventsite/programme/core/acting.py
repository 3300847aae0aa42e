"""What a desk may do to its stage, and what would come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.programme.core.board import is_over, on_at
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.live import ClockAct, Hit, Live
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.enums import ActKind

LONGEST_DELAY = 240


@dataclass(frozen=True, kw_only=True)
class Move:
    """An item that an act moves."""

    item: Item
    old: TimeRange
    new: TimeRange


@dataclass(frozen=True, kw_only=True)
class Ripple:
    """What an act would do: what moves, and which fixed items are run into by more than before."""

    moves: tuple[Move, ...]
    hits: tuple[Hit, ...]


def ripple(before: Live, after: Live) -> Ripple:
    """Return what differs between two live views of the same release."""
    was = before.programme.by_ref
    known = {hit.item.ref: hit.minutes for hit in before.hits}
    return Ripple(
        moves=tuple(
            Move(item=item, old=was[item.ref].slot, new=item.slot)
            for item in after.programme.items
            if item.slot != was[item.ref].slot
        ),
        hits=tuple(hit for hit in after.hits if hit.minutes > known.get(hit.item.ref, 0)),
    )


def items_of(programme: Programme, stage: str, now: datetime) -> list[Item]:
    """Return the items of a stage on the fair day of an instant, in order; those that are off included.

    What is still on after midnight brings its own day along.
    """
    there = [item for item in programme.items if item.stage == stage]
    still = on_at([item for item in there if not item.is_cancelled], now)
    days = {fair_day(programme, now), *(fair_day(programme, item.slot.start) for item in still)}
    return [item for item in there if fair_day(programme, item.slot.start) in days]


def check_act(live: Live, act: ClockAct) -> None:
    """Refuse what cannot be done to a stage now; raises `Conflict`, and `DomainError` on `minutes`."""
    if act.kind is ActKind.UNDO:
        return
    there = items_of(live.programme, act.stage, act.at)
    named = [item for ref in act.items for item in there if item.ref == ref]
    if not named or len(named) != len(act.items):
        raise Conflict(N_("This item is not on this stage today."))
    if len(named) > 1 and act.kind is not ActKind.SWAP:
        raise Conflict(N_("Only items that follow each other change places."))
    for item in named:
        if item.is_cancelled:
            raise Conflict(N_("“%(item)s” does not take place."), item=item.title_zh)
        if item.ended_at:
            raise Conflict(N_("“%(item)s” is over already."), item=item.title_zh)
    CHECKS[act.kind](act, there, named)


def _check_delay(act: ClockAct, _there: Sequence[Item], named: Sequence[Item]) -> None:
    (item,) = named
    if not 1 <= act.minutes <= LONGEST_DELAY:
        raise DomainError(N_("A delay has 1 to %(most)s minutes."), field="minutes", most=LONGEST_DELAY)
    if item.fixed and not item.started_at:
        raise Conflict(N_("“%(item)s” is a fixed point: only the draft moves it."), item=item.title_zh)
    if is_over(item, act.at):
        raise Conflict(N_("“%(item)s” is over already."), item=item.title_zh)


def _check_start(act: ClockAct, there: Sequence[Item], named: Sequence[Item]) -> None:
    (item,) = named
    if item.started_at:
        raise Conflict(N_("“%(item)s” has begun already."), item=item.title_zh)
    first = next((other for other in waiting_at(there, act.at) if other.ref != item.ref), None)
    if first and first.slot.start < item.slot.start and not _is_beside(first, item):
        raise Conflict(
            N_("“%(first)s” comes before it: let them change places, or skip it."), first=first.title_zh
        )


def _check_finish(act: ClockAct, there: Sequence[Item], named: Sequence[Item]) -> None:
    (item,) = named
    if item not in on_at([other for other in there if not other.is_cancelled], act.at):
        raise Conflict(N_("“%(item)s” is not on."), item=item.title_zh)


def _check_skip(act: ClockAct, _there: Sequence[Item], named: Sequence[Item]) -> None:
    (item,) = named
    if item.started_at:
        raise Conflict(N_("“%(item)s” has begun already: end it early instead."), item=item.title_zh)
    if is_over(item, act.at):
        raise Conflict(N_("“%(item)s” is over already."), item=item.title_zh)


def _check_swap(act: ClockAct, there: Sequence[Item], named: Sequence[Item]) -> None:
    if len(named) != 2 or named[0] is named[1]:
        raise Conflict(N_("Two items change places."))
    for item in named:
        if item.fixed:
            raise Conflict(N_("“%(item)s” is a fixed point: only the draft moves it."), item=item.title_zh)
        if item.started_at or is_over(item, act.at):
            raise Conflict(N_("“%(item)s” has begun already."), item=item.title_zh)
    held = [item for item in there if not item.is_cancelled]
    first, second = sorted(held.index(item) for item in named)
    if second != first + 1 or _is_beside(named[0], named[1]):
        raise Conflict(N_("Only items that follow each other change places."))


CHECKS = {
    ActKind.DELAY: _check_delay,
    ActKind.START: _check_start,
    ActKind.FINISH: _check_finish,
    ActKind.SKIP: _check_skip,
    ActKind.SWAP: _check_swap,
}


def waiting_at(there: Sequence[Item], now: datetime) -> list[Item]:
    """Return the items of a stage that take place and have not come on, in order.

    Behind an item that runs over, those whose time has passed still wait.
    """
    held = [item for item in there if not item.is_cancelled]
    on = on_at(held, now)
    running = [item for item in on if item.started_at]
    return [
        item
        for item in held
        if item not in on
        and not item.started_at
        and not item.ended_at
        and (item.slot.end > now or any(one.slot.start <= item.slot.start for one in running))
    ]


def _is_beside(one: Item, other: Item) -> bool:
    return one.released_slot.overlaps(other.released_slot)
