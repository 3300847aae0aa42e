"""What an export is made of: the programme of one release and one live revision, as plain frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

LANGUAGES = ("zh", "en")
BREAK = "break"


@dataclass(frozen=True)
class Both:
    """Words in Chinese and in English; where one is missing the other stands in."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """Return the words in a language."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


NOTHING = Both("", "")


class State(Enum):
    """How an item stands by the live clock."""

    SCHEDULED = "scheduled"
    DELAYED = "delayed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Room:
    """A stage."""

    code: str
    uuid: UUID
    name: Both
    zone: Both
    zone_code: str
    capacity: int


@dataclass(frozen=True, kw_only=True)
class Span:
    """A day of the fair."""

    date: date
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Group:
    """Who performs."""

    uuid: UUID
    name: Both


@dataclass(frozen=True, kw_only=True)
class Team:
    """The delegation of an item."""

    ref: str
    name: Both
    city: Both


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item with the times that are expected now; `day` is the fair day that it belongs to.

    `planned_start` is the released one where the live clock moved it. `previous_start` is when it was to
    start before: by the release, or by the release before this one.
    """

    ref: str
    uuid: UUID
    number: int
    day: date
    start: datetime
    end: datetime
    room: Room
    title: Both
    kind: str
    state: State
    notice: Both
    group: Group | None
    team: Team | None
    languages: tuple[str, ...]
    is_demo: bool
    planned_start: datetime | None
    previous_start: datetime | None
    sequence: int
    changed_at: datetime

    @property
    def cancelled(self) -> bool:
        """Tell whether it does not take place."""
        return self.state in (State.CANCELLED, State.WITHDRAWN)

    @property
    def is_break(self) -> bool:
        """Tell whether it is a break and no performance."""
        return self.kind == BREAK

    @property
    def mark(self) -> str:
        """Return the short name that favourites hold."""
        return self.uuid.hex[:8]

    @property
    def anchor(self) -> str:
        """Return the item's place on the programme page."""
        return f"i-{self.mark}"


@dataclass(frozen=True, kw_only=True)
class Links:
    """Addresses of the event's pages, as the public knows them."""

    home: str
    programme: str
    calendar: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything that an export says. `live_revision` is `None` where the release stands alone.

    `part` says in words which part of the programme this is, empty for all of it.
    """

    slug: str
    title: Both
    name: Both
    place: Both
    timezone: str
    number: int
    live_revision: int | None
    released_at: datetime
    days: Sequence[Span]
    rooms: Sequence[Room]
    entries: Sequence[Entry]
    links: Links
    part: Both = NOTHING

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the venue."""
        return ZoneInfo(self.timezone)

    @property
    def version(self) -> str:
        """Return the version that a file carries; it rises with every release and every live act."""
        return f"{self.number}" if self.live_revision is None else f"{self.number}.{self.live_revision}"

    @property
    def updated_at(self) -> datetime:
        """Return the instant that last changed anything in it."""
        return max([self.released_at, *(entry.changed_at for entry in self.entries)])

    def local(self, instant: datetime) -> datetime:
        """Return an instant by the venue's clock."""
        return instant.astimezone(self.zone)

    def stamp(self, instant: datetime) -> str:
        """Return an instant as text with the venue's offset."""
        return self.local(instant).isoformat(timespec="seconds")

    def page(self, entry: Entry) -> str:
        """Return the address of an item."""
        return f"{self.links.programme}#{entry.anchor}"
