"""Timed releases as visitors need them: what is handed out now, and when the next batch comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby

from eventsite.giveaways.enums import BatchState


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A timed release; the latest one that has begun is on until the fair closes for the day."""

    at: datetime
    quantity: int
    state: BatchState


@dataclass(frozen=True, kw_only=True)
class Handout:
    """The batches of a giveaway by local day; days that are over are left out while others follow."""

    days: tuple[tuple[date, tuple[Batch, ...]], ...]

    @property
    def is_on(self) -> bool:
        """Tell whether a batch is being handed out."""
        return any(batch.state is BatchState.ON for _, batches in self.days for batch in batches)

    @property
    def next_at(self) -> datetime | None:
        """Return when the next batch comes."""
        coming = (batch.at for _, batches in self.days for batch in batches if batch.state is BatchState.SOON)
        return min(coming, default=None)


def handout(
    slots: Iterable[tuple[datetime, int]], *, now: datetime, zone: tzinfo, closings: Mapping[date, datetime]
) -> Handout:
    """Return what timed releases (instant and quantity) come to; `closings` says when each day ends."""
    ordered = sorted(slots)
    begun = max((at for at, _ in ordered if at <= now), default=None)
    batches = [
        Batch(at=at, quantity=quantity, state=_state(at, begun, now, zone, closings))
        for at, quantity in ordered
    ]
    days = [(day, tuple(own)) for day, own in groupby(batches, key=lambda batch: _day(batch.at, zone))]
    return Handout(days=tuple(pair for pair in days if pair[0] >= _day(now, zone)) or tuple(days))


def _state(
    at: datetime, begun: datetime | None, now: datetime, zone: tzinfo, closings: Mapping[date, datetime]
) -> BatchState:
    if at > now:
        return BatchState.SOON
    closing = closings.get(_day(at, zone))
    return BatchState.ON if at == begun and closing and now < closing else BatchState.PAST


def _day(instant: datetime, zone: tzinfo) -> date:
    return instant.astimezone(zone).date()
