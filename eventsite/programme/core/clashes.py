"""Two items on one stage at one time."""

from collections.abc import Iterable
from dataclasses import dataclass

from eventsite.programme.core.values import Item


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two items that share minutes of a stage; `first` starts first."""

    stage: str
    first: Item
    second: Item
    minutes: int


def find_clashes(items: Iterable[Item]) -> tuple[Clash, ...]:
    """Return every pair of items on one stage whose times overlap; cancelled items take no time."""
    held = sorted(
        (item for item in items if not item.is_cancelled),
        key=lambda item: (item.stage, item.slot.start, item.ref),
    )
    return tuple(clash for place, item in enumerate(held) for clash in _clashes_of(item, held[place + 1 :]))


def _clashes_of(item: Item, later: list[Item]) -> Iterable[Clash]:
    """Yield the clashes of an item with those after it, which are sorted by stage and start."""
    for other in later:
        if other.stage != item.stage or other.slot.start >= item.slot.end:
            return
        minutes = -(-item.slot.overlap(other.slot).total_seconds() // 60)
        yield Clash(stage=item.stage, first=item, second=other, minutes=int(minutes))
