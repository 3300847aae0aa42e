"""The shapes of the API: what may be asked and what is answered. The published OpenAPI is made from them."""

from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Row = TypeVar("Row")
LARGEST_PAGE = 200


class Shape(BaseModel):
    """A shape that holds what it says and nothing else."""

    model_config = ConfigDict(extra="forbid")


class Words(Shape):
    """Words in both languages; empty where there are none."""

    zh: str
    en: str


class Span(Shape):
    """A half-open range of instants, in UTC."""

    start: datetime
    end: datetime


class Problem(Shape):
    """A refusal (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str


class Asking(Shape):
    """Nothing that the address may ask."""


class AskingRelease(Asking):
    """Which release; without `v` the one in force with its live times."""

    v: int | None = Field(None, ge=1, le=999_999, description="A release, as it was released")


class AskingPage(Asking):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=99_999)
    per_page: int = Field(50, ge=1, le=LARGEST_PAGE)


class AskingItems(AskingRelease, AskingPage):
    """Which items."""

    day: date | None = Field(None, description="A day of the fair, by its own clock")
    stage: str | None = Field(None, max_length=40, description="The code of a stage")
    delegation: str | None = Field(None, max_length=80, description="The id of a delegation")


class AskingChanges(Asking):
    """Since which release."""

    since: int = Field(ge=1, le=999_999, description="The release that the partner has")


class Page(Shape, Generic[Row]):
    """A page of a list; `next` is the address of the next one."""

    page: int
    per_page: int
    total: int
    next: str | None
    items: list[Row]


class EventBrief(Shape):
    """An event that the token is for."""

    slug: str
    name: Words
    url: str


class Day(Shape):
    """A day of the fair; its hours may run past midnight."""

    date: date
    hours: Span


class EventFacts(Shape):
    """Public facts of an event. `release` is the programme's number in force, null before the first."""

    slug: str
    name: Words
    market: Words
    place: Words
    timezone: str
    year: int
    url: str
    days: list[Day]
    release: int | None
    live_revision: int


class Stage(Shape):
    """A stage."""

    code: str
    guid: str
    name: Words
    zone: str
    zone_name: Words
    capacity: int
    covered: bool


class Group(Shape):
    """A troupe or delegation of an item."""

    id: str
    name: Words


class Item(Shape):
    """An item of the programme. `expected` is when it is expected now, `planned` as it was released."""

    id: str
    guid: str
    number: int
    title: Words
    notice: Words
    kind: str
    state: Literal["scheduled", "on", "ended", "off"]
    status: str
    stage: str
    day: date
    planned: Span
    expected: Span
    late_minutes: int
    started_at: datetime | None
    ended_at: datetime | None
    troupe: Group | None
    delegation: Group | None
    sequence: int
    changed_at: datetime
    url: str


class ReleaseFacts(Shape):
    """A release; `sha256` is the fingerprint of its content."""

    number: int
    live_revision: int
    released_at: datetime
    note: str
    sha256: str


class Programme(Shape):
    """A whole programme."""

    event: str
    release: ReleaseFacts
    days: list[Day]
    stages: list[Stage]
    items: list[Item]


class ItemPage(Page[Item]):
    """A page of items."""

    release: ReleaseFacts


class Spot(Shape):
    """When and where an item was or is."""

    start: datetime
    end: datetime
    stage: str
    stage_name: Words


class Change(Shape):
    """What happened to an item between two releases."""

    kind: Literal["cancelled", "removed", "moved", "restored", "added", "edited"]
    id: str
    title: Words
    old: Spot | None
    new: Spot | None


class Changes(Shape):
    """What differs between the release that was named and the one in force."""

    event: str
    since: int
    release: ReleaseFacts
    changes: list[Change]


class StageNow(Shape):
    """A stage right now."""

    stage: str
    name: Words
    phase: Literal["before", "on", "gap", "over", "empty"]
    now: list[Item]
    next: Item | None


class Now(Shape):
    """What is on and next; the answer changes at `until`."""

    event: str
    release: int
    live_revision: int
    until: datetime | None
    stages: list[StageNow]


class StageList(Shape):
    """The event's stages."""

    stages: list[Stage]


class Delegation(Shape):
    """Public facts of a delegation."""

    id: str
    name: Words
    city: Words
    province: str
    highlights_zh: list[str]
    highlights_en: list[str]
    url: str


class DelegationPage(Page[Delegation]):
    """A page of delegations."""


class EventList(Shape):
    """The events that the token is for."""

    events: list[EventBrief]


class AgreementBrief(Shape):
    """The public record of an agreement; `sha256` is the fingerprint of `record`."""

    id: str
    kind: str
    title: Words
    signed: date
    parties: list[Words]
    sha256: str
    url: str
    record: str


class AgreementPage(Page[AgreementBrief]):
    """A page of public records."""


class NewsItem(Shape):
    """A release in the list of releases."""

    number: int
    released_at: datetime
    note: str
    sha256: str
    changes: int


class ReleasePage(Page[NewsItem]):
    """A page of releases, newest first."""
