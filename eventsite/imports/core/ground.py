"""The draft that a file is compared with, and what else of the event its items may name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from eventsite.imports.core.texts import is_uuid


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An item of the draft; without a stage it waits. `guids` are all by which it may be named.

    `values` are the fields that a file may change, as the draft has them; `names` are what its troupe and
    its delegation are called.
    """

    id: int
    ref: str
    version: int
    guids: frozenset[str]
    foreign_guid: str | None
    stage: str | None
    start: datetime | None
    minutes: int
    values: Mapping[str, object]
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_off: bool = False
    is_hidden: bool = False
    is_fixed: bool = False
    released_in: int | None = None

    @property
    def title(self) -> str:
        """Return what it is called."""
        return str(self.values["title_zh"] or self.values["title_en"])


@dataclass(frozen=True, kw_only=True)
class StageThere:
    """A stage of the event with all by which a file may name it."""

    code: str
    guid: str
    names: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What is there: the draft, stages, troupes and delegations by what they are called, and days."""

    items: tuple[Standing, ...]
    stages: tuple[StageThere, ...]
    troupes: Mapping[str, str]
    delegations: Mapping[str, str]
    days: frozenset[date]
    timezone: str


def canonical(guid: str) -> str:
    """Return a guid as it is compared: UUIDs in one spelling, others as they are."""
    return str(UUID(guid)) if is_uuid(guid) else guid
