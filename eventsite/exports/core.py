"""What an export is made of: the programme of one release and one live revision, as plain frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Both:
    """Words in Chinese and in English; where one is missing the other stands in."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """Return the words in a language."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


NOTHING = Both("", "")


@dataclass(frozen=True, kw_only=True)
class Room:
    """A stage."""

    code: str
    uuid: UUID
    name: Both
    zone: Both
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
class Entry:
    """An item with the times that are expected now; `day` is the fair day that it belongs to."""

    ref: str
    uuid: UUID
    number: int
    day: date
    start: datetime
    end: datetime
    room: Room
    title: Both
    kind: str
    cancelled: bool
    notice: Both
    group: Group | None
    delegation: Both
    sequence: int
    changed_at: datetime

    @property
    def anchor(self) -> str:
        """Return the item's place on the programme page."""
        return f"i-{self.uuid.hex[:8]}"


@dataclass(frozen=True, kw_only=True)
class Links:
    """Addresses of the event's pages, as the public knows them."""

    home: str
    programme: str
    calendar: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything that an export says. `live_revision` is `None` where the release stands alone."""

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

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the venue."""
        return ZoneInfo(self.timezone)

    @property
    def version(self) -> str:
        """Return the version that a file carries; it rises with every release and every live act."""
        return f"{self.number}" if self.live_revision is None else f"{self.number}.{self.live_revision}"


# Words of the files themselves. They stand here and not in a catalog: a file once given out keeps its bytes.
WORDS: dict[str, Both] = {
    "cancelled": Both("【取消】", "[Cancelled] "),
    "programme": Both("节目单", "Programme"),
    "day": Both("日期", "Date"),
    "start": Both("开始", "Start"),
    "end": Both("结束", "End"),
    "stage": Both("舞台", "Stage"),
    "stage_code": Both("舞台代码", "Stage code"),
    "zone": Both("展区", "Zone"),
    "title_zh": Both("节目（中文）", "Item (Chinese)"),
    "title_en": Both("节目（英文）", "Item (English)"),
    "kind": Both("类型", "Kind"),
    "troupe": Both("演职团队", "Troupe"),
    "delegation": Both("展团", "Delegation"),
    "state": Both("状态", "State"),
    "scheduled": Both("按计划", "Scheduled"),
    "called_off": Both("已取消", "Cancelled"),
    "notice": Both("说明", "Notice"),
    "id": Both("编号", "Id"),
    "guid": Both("唯一标识", "GUID"),
    "separator": Both("：", ": "),
}

KINDS: dict[str, Both] = {
    "warm_up": Both("暖场", "Warm-up"),
    "opening": Both("启幕", "Opening"),
    "presentation": Both("推介", "Presentation"),
    "performance": Both("演出", "Performance"),
    "heritage_demo": Both("非遗展演", "Heritage showcase"),
    "signing": Both("签约仪式", "Signing ceremony"),
    "raffle": Both("抽奖", "Prize draw"),
    "workshop": Both("体验课", "Workshop"),
    "parade": Both("巡游", "Parade"),
    "closing": Both("闭幕", "Closing"),
}


def word(name: str, language: str) -> str:
    """Return a word of the files in a language."""
    return WORDS[name].said(language)


def kind_word(kind: str, language: str) -> str:
    """Return the name of a kind; an unknown kind stays as it is."""
    return KINDS.get(kind, Both(kind, kind)).said(language)
