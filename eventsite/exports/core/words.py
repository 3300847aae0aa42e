"""Words of the files themselves, here and in no catalog: a file once given out keeps its bytes."""

from eventsite.exports.core.values import Both, Entry, Snapshot, State

WORDS: dict[str, Both] = {
    "cancelled": Both("【取消】", "[Cancelled] "),
    "programme": Both("节目单", "Programme"),
    "favourites": Both("我的收藏", "My favourites"),
    "day": Both("日期", "Date"),
    "start": Both("开始", "Start"),
    "end": Both("结束", "End"),
    "minutes": Both("时长（分钟）", "Minutes"),
    "stage": Both("舞台", "Stage"),
    "stage_code": Both("舞台代码", "Stage code"),
    "zone": Both("展区", "Zone"),
    "title_zh": Both("节目（中文）", "Item (Chinese)"),
    "title_en": Both("节目（英文）", "Item (English)"),
    "kind": Both("类型", "Kind"),
    "troupe": Both("演职团队", "Troupe"),
    "delegation": Both("展团", "Delegation"),
    "languages": Both("语言", "Languages"),
    "state": Both("状态", "State"),
    "planned_start": Both("原定开始", "Planned start"),
    "notice": Both("说明", "Notice"),
    "id": Both("编号", "Id"),
    "guid": Both("唯一标识", "GUID"),
    "separator": Both("：", ": "),
}

STATES: dict[State, Both] = {
    State.SCHEDULED: Both("按计划", "Scheduled"),
    State.DELAYED: Both("推迟", "Delayed"),
    State.CANCELLED: Both("已取消", "Cancelled"),
    State.WITHDRAWN: Both("已撤回", "Withdrawn"),
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
    "break": Both("休息", "Break"),
}

WEEKDAYS = (
    Both("星期一", "Mon"),
    Both("星期二", "Tue"),
    Both("星期三", "Wed"),
    Both("星期四", "Thu"),
    Both("星期五", "Fri"),
    Both("星期六", "Sat"),
    Both("星期日", "Sun"),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def word(name: str, language: str) -> str:
    """Return a word of the files in a language."""
    return WORDS[name].said(language)


def kind_word(kind: str, language: str) -> str:
    """Return the name of a kind; an unknown kind stays as it is."""
    known = KINDS.get(kind)
    return known.said(language) if known else kind


def named(snapshot: Snapshot, language: str) -> str:
    """Return what the programme, or this part of it, is called."""
    parts = (snapshot.name.said(language), word("programme", language), snapshot.part.said(language))
    return " · ".join(part for part in parts if part)


def titled(entry: Entry, language: str) -> str:
    """Return an item's title, marked where it does not take place."""
    title = entry.title.said(language)
    return f"{word('cancelled', language)}{title}" if entry.cancelled else title
