"""A troupe's slots, how each stands with it, and how the troupe stands altogether."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eventsite.kernel.errors import DomainError
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.troupes.enums import SlotState, TroupeState

LONGEST_TEXT = 500
LONGEST_WHY = 200
MOST_OPEN = 20
"""Open problems and waiting proposals that a troupe may have: whoever has the link can write no more."""
FORGET_AFTER = timedelta(days=30)
"""How long after the fair's last day a troupe's address is kept; its page and the desk announce the day."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A slot as a troupe confirmed it, with the release in which it read it."""

    stage: str
    slot: TimeRange
    off: bool
    number: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """An item of a troupe and how it stands. `item` is a released item as it is expected now."""

    item: Any
    state: SlotState
    answered: Answered | None

    @property
    def call_at(self) -> datetime:
        """Return when the troupe is called."""
        call: datetime = self.item.slot.start - timedelta(minutes=self.item.call_minutes)
        return call


def slots_of(items: Sequence[Any], answers: Mapping[str, Answered]) -> tuple[Slot, ...]:
    """Return the items of a troupe with what it said of them, in the order of their start."""
    return tuple(
        Slot(item=item, state=slot_state(item, answers.get(item.ref)), answered=answers.get(item.ref))
        for item in items
    )


def slot_state(item: Any, answered: Answered | None) -> SlotState:
    """Return how an item stands: what was planned counts, a delay on the day asks nobody again."""
    if answered is None:
        return SlotState.OFF if item.is_cancelled else SlotState.ASKED
    now = (item.stage, item.released_slot, item.is_cancelled)
    if now != (answered.stage, answered.slot, answered.off):
        return SlotState.CHANGED
    return SlotState.OFF if answered.off else SlotState.CONFIRMED


def troupe_state(slots: Sequence[Slot], *, has_link: bool, problems: int) -> TroupeState:
    """Return how a troupe stands: what needs somebody comes first."""
    states = [slot.state for slot in slots if slot.state is not SlotState.OFF]
    if problems:
        return TroupeState.PROBLEM
    if SlotState.CHANGED in states:
        return TroupeState.CHANGED
    if not states:
        return TroupeState.NO_SLOTS
    if all(state is SlotState.CONFIRMED for state in states):
        return TroupeState.CONFIRMED
    if SlotState.CONFIRMED in states:
        return TroupeState.PARTLY
    return TroupeState.ASKED if has_link else TroupeState.NO_LINK


def confirmed_number(slots: Sequence[Slot]) -> int | None:
    """Return the release in which the troupe last confirmed anything."""
    return max((slot.answered.number for slot in slots if slot.answered), default=None)


def without(windows: Sequence[TimeRange], cut: TimeRange) -> list[TimeRange]:
    """Return what remains of times when one is cut out of them; raises `DomainError` where nothing does."""
    left: list[TimeRange] = []
    for window in windows:
        if not window.overlaps(cut):
            left.append(window)
            continue
        if window.start < cut.start:
            left.append(TimeRange(window.start, cut.start))
        if cut.end < window.end:
            left.append(TimeRange(cut.end, window.end))
    if not left:
        raise DomainError(N_("Nothing would be left of the times at which this troupe can perform."))
    return left


def check_text(text: str, *, field: str = "text", most: int = LONGEST_TEXT) -> str:
    """Return a text that says something; raises `DomainError` on its field."""
    if not text.strip():
        raise DomainError(N_("Please write a few words."), field=field)
    if len(text) > most:
        raise DomainError(N_("At most %(most)s characters."), field=field, most=most)
    return text.strip()


def masked(address: str) -> str:
    """Return an address of which the reader learns only what tells it from others."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if at else "***"


def is_erasable(last_end: datetime, now: datetime) -> bool:
    """Tell whether the announced day has come."""
    return now >= last_end + FORGET_AFTER


def only(refs: Collection[str], items: Sequence[Any]) -> tuple[Any, ...]:
    """Return the items whose troupe is one of these."""
    return tuple(item for item in items if item.troupe is not None and item.troupe.ref in refs)
