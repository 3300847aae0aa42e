"""The values that a programme is made of. Times are instants; the event's zone is used at the edges."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from eventsite.kernel.ranges import TimeRange
from eventsite.programme.enums import BLOCKER, OFF, ResourceKind


@dataclass(frozen=True, kw_only=True)
class Fair:
    """What a programme says of its event."""

    slug: str
    name_zh: str
    name_en: str
    market_name_zh: str
    market_name_en: str
    place_zh: str
    place_en: str
    timezone: str

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the venue."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the fair; its hours may run past midnight."""

    date: date
    hours: TimeRange
    label_zh: str
    label_en: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A stage, in the zone where visitors find it."""

    code: str
    ref: str
    uuid: UUID
    name_zh: str
    name_en: str
    zone_code: str
    zone_name_zh: str
    zone_name_en: str
    capacity: int
    covered: bool
    source: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """The troupe of an item."""

    ref: str
    uuid: UUID
    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class City:
    """The delegation of an item."""

    ref: str
    name_zh: str
    name_en: str
    city_zh: str
    city_en: str


@dataclass(frozen=True, kw_only=True)
class Use:
    """How many of a shared person, prop or set of microphones an item uses, of how many there are."""

    ref: str
    kind: ResourceKind
    name_zh: str
    name_en: str
    amount: int = 1
    quantity: int = 1


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the programme. `slot` is when it is expected now.

    `number` is positive and the same in every release; `sequence` counts what changed its time, place or
    state; `changed_at` is the instant at which it last changed at all, `None` in a draft.
    `setup`, `teardown` and `walk` are minutes around the item, `call_minutes` how long before it the troupe
    is called. The live clock alone sets `planned` (the released slot, where the expected one differs),
    `started_at` and `ended_at`.
    """

    ref: str
    uuid: UUID
    number: int
    order: int
    kind: str
    status: str
    stage: str
    slot: TimeRange
    title_zh: str
    title_en: str
    notice_zh: str = ""
    notice_en: str = ""
    troupe: Act | None = None
    delegation: City | None = None
    workshop: str | None = None
    source: str = "demo"
    demo_fields: tuple[str, ...] = ()
    sequence: int = 0
    changed_at: datetime | None = None
    fixed: bool = False
    unit: str | None = None
    languages: tuple[str, ...] = ()
    setup: int = 0
    teardown: int = 0
    walk: int = 0
    call_minutes: int = 20
    mics: int = 0
    audio: str = ""
    props: str = ""
    uses: tuple[Use, ...] = ()
    foreign_guid: str | None = None
    planned: TimeRange | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_hidden(self) -> bool:
        """Tell whether only the team sees it."""
        return self.kind == BLOCKER

    @property
    def released_slot(self) -> TimeRange:
        """Return when it was planned to be."""
        return self.planned or self.slot

    @property
    def late_minutes(self) -> int:
        """Return how much later than planned it is expected to start; negative where it is earlier."""
        return int((self.slot.start - self.released_slot.start).total_seconds() // 60)

    @property
    def occupied(self) -> TimeRange:
        """Return when it takes its stage, from set-up to tear-down."""
        before, after = timedelta(minutes=self.setup), timedelta(minutes=self.teardown)
        return TimeRange(self.slot.start - before, self.slot.end + after)

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it does not take place."""
        return self.status in OFF

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        groups = (self.troupe, self.delegation)
        names = (name for group in groups if group for name in (group.name_zh, group.name_en))
        return (self.title_zh, self.title_en, self.ref, *names)

    @property
    def mark(self) -> str:
        """Return a short name that fits into a cookie and is the item's place on its page."""
        return self.uuid.hex[:8]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """All of a programme: items in the order of their start, stages by code, days in order."""

    fair: Fair
    days: tuple[Day, ...]
    stages: tuple[Place, ...]
    items: tuple[Item, ...] = field(repr=False)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Return the stages by code."""
        return {stage.code: stage for stage in self.stages}

    @cached_property
    def public(self) -> "Programme":
        """Return the programme without what only the team sees."""
        if not any(item.is_hidden for item in self.items):
            return self
        return replace(self, items=tuple(item for item in self.items if not item.is_hidden))

    @cached_property
    def by_ref(self) -> Mapping[str, Item]:
        """Return the items by their id in the event."""
        return {item.ref: item for item in self.items}


def lasting_uuid(slug: str, kind: str, ref: str) -> UUID:
    """Return the UUIDv5 of an item, stage or troupe: the same in every release and on every machine."""
    return uuid5(NAMESPACE_URL, f"urn:eventsite:{slug}:{kind}:{ref}")


def item_uuid(slug: str, ref: str, foreign_guid: str | None) -> UUID:
    """Return an item's id for the world: of an imported one the id that it came with.

    A foreign id that is no UUID is told as the UUIDv5 of it, the same wherever it is imported.
    """
    if not foreign_guid:
        return lasting_uuid(slug, "item", ref)
    try:
        return UUID(foreign_guid)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"urn:eventsite:guid:{foreign_guid}")


def in_order(items: list[Item]) -> tuple[Item, ...]:
    """Sort items as a programme holds them."""
    return tuple(sorted(items, key=lambda item: (item.slot.start, item.stage, item.order, item.ref)))
