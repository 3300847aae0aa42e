"""What a file says of a programme, and where it says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

MOST_ITEMS = 20_000
MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 2**20
LONGEST_MINUTES = 24 * 60  # of an item of the draft
LONGEST_TITLE, LONGEST_NAME, LONGEST_NOTICE, LONGEST_GUID = 160, 120, 300, 200

TABLE = "spreadsheet"


class Where(Enum):
    """How a place in a file is counted."""

    FILE = "file"
    LINE = "line"
    PATH = "path"
    ROW = "row"


@dataclass(frozen=True)
class Place:
    """A place in a file: a line, a JSON path, or a row and its column."""

    where: Where
    at: str = ""
    column: str = ""

    def __str__(self) -> str:
        if self.where is Where.FILE:
            return "the file"
        if self.where is Where.PATH:
            return self.at
        return f"{self.where.value} {self.at}" + (f", {self.column}" if self.column else "")


WHOLE_FILE = Place(Where.FILE)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something to know about a file: a fault keeps its item from being taken, a warning does not.

    `key` is the item's; it is empty for what concerns the file. `message` is marked with `N_()`.
    """

    place: Place
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    fault: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message % dict(self.params) if self.params else self.message}"


@dataclass(frozen=True, kw_only=True)
class ReadRoom:
    """A room as a file names it; `name_zh` and `name_en` are empty where it has one name for both."""

    name: str
    code: str = ""
    guid: str = ""
    name_zh: str = ""
    name_en: str = ""
    capacity: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadItem:
    """An item as a file has it; `None` stands for what the file does not say.

    `key` names it in its file, `line` is its place in words of its kind. Without a `room` it waits for a
    place. `day` is the day of the fair that it is meant for. `guid` is written as the file has it.
    """

    key: str
    place: Place
    start: datetime
    minutes: int
    day: date
    room: str | None
    guid: str = ""
    ref: str = ""
    title_zh: str | None = None
    title_en: str | None = None
    kind: str | None = None
    status: str | None = None
    troupe: str | None = None
    delegation: str | None = None
    notice_zh: str | None = None
    notice_en: str | None = None
    languages: tuple[str, ...] | None = None
    audio: str | None = None
    props_zh: str | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Return what it is called, in the first language that names it."""
        return self.title_zh or self.title_en or ""


@dataclass(frozen=True, kw_only=True)
class ReadProgramme:
    """All that a file says. `form` names its format."""

    form: str
    items: tuple[ReadItem, ...]
    rooms: Mapping[str, ReadRoom]
    findings: tuple[Finding, ...]

    @property
    def is_table(self) -> bool:
        """Tell whether it comes from a spreadsheet, which says all of a list, not its first part."""
        return self.form == TABLE

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Return what keeps items from being taken."""
        return tuple(finding for finding in self.findings if finding.fault)
