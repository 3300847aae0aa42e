"""Words and dates as they stand on paper."""

from datetime import date, datetime

from eventsite.exports.core.values import Both, Entry, Snapshot, Span
from eventsite.exports.core.words import MONTHS, WEEKDAYS

WORDS: dict[str, Both] = {
    "time": Both("时间", "Time"),
    "item": Both("节目", "Item"),
    "stage": Both("舞台", "Stage"),
    "who": Both("演出单位", "Performed by"),
    "cancelled": Both("【取消】", "[Cancelled] "),
    "planned": Both("原定", "was"),
    "empty": Both("这里没有节目。", "There are no items here."),
    "others": Both("其他节目", "Other items"),
    "demo": Both("演", "demo"),
    "demo_note": Both("带“演”者为演示数据，非事实", "Items marked “demo” are invented for demonstration"),
    "advice": Both(
        "节目如有调整，以现场公告和扫码页面为准。", "Times may change: the page behind the code prevails."
    ),
    "scan": Both("扫码看最新节目单", "Scan for the latest programme"),
    "seats": Both("{} 人", "{} people"),
    "version": Both("第 {} 版 · {} 发布", "Version {} · released {}"),
    "live": Both("第 {} 版 · {} 更新", "Version {} · updated {}"),
}
PARTS = (
    Both("上午", "Morning"),
    Both("下午", "Afternoon"),
    Both("晚上", "Evening"),
    Both("零点以后", "After midnight"),
)
NOON, DUSK = 12, 18


def on_paper(language: str) -> dict[str, str]:
    """Return the words in a language."""
    return {name: words.said(language) for name, words in WORDS.items()}


def day_words(day: date, language: str) -> str:
    """Return a date without its year."""
    weekday = WEEKDAYS[day.weekday()].said(language)
    if language == "zh":
        return f"{day.month}月{day.day}日 {weekday}"
    return f"{weekday} {day.day} {MONTHS[day.month - 1]}"


def hours_words(snapshot: Snapshot, day: Span, language: str) -> str:
    """Return a day of the fair with its year and hours."""
    start, end = snapshot.local(day.start), snapshot.local(day.end)
    weekday = WEEKDAYS[day.date.weekday()].said(language)
    if language == "zh":
        return f"{day.date.year}年{day.date.month}月{day.date.day}日（{weekday}） {start:%H:%M}—{end:%H:%M}"
    return f"{weekday} {day.date.day} {MONTHS[day.date.month - 1]} {day.date.year}, {start:%H:%M}–{end:%H:%M}"


def part_words(snapshot: Snapshot, entry: Entry, language: str) -> str:
    """Return the part of its fair day in which an item begins."""
    local = snapshot.local(entry.start)
    if local.date() > entry.day:
        return PARTS[3].said(language)
    return PARTS[(local.hour >= NOON) + (local.hour >= DUSK)].said(language)


def version_words(snapshot: Snapshot, language: str) -> str:
    """Return which version this is, and since when."""
    live = snapshot.updated_at > snapshot.released_at
    at: datetime = snapshot.local(snapshot.updated_at)
    return WORDS["live" if live else "version"].said(language).format(snapshot.number, f"{at:%Y-%m-%d %H:%M}")
