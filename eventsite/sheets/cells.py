"""A cell as people fill it in, taken as the value that its column asks for."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from math import isfinite
from typing import Any

from eventsite.sheets import words
from eventsite.sheets.columns import Column, Kind, plain

Raw = str | float | int | bool | None | dict[str, str]
# As in forms: nothing that draws nothing and changes what is read.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
BETWEEN = re.compile(r"[、；;，,]")
JOINED = "、"
BLANKS = " \t\r\u3000\u00a0"
YES = {"yes", "y", "true", "1", "是", "有", "√", "✓", "需要", "对"}
NO = {"no", "n", "false", "0", "否", "无", "×", "x", "不需要", "不"}
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
CLOCK = re.compile(r"(\d{1,2})[:：时](\d{2})(?:[:：分]\d{2})?[分秒]?")
SHOWN = 40


class Wrong(Exception):
    """The cell does not fit its column; the sentence says why."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params


def read_cell(column: Column, raw: Raw) -> Any:
    """Return the value of a cell, `None` for an empty one; raises `Wrong`."""
    if isinstance(raw, dict):
        raw = _unwrapped(raw)
    if isinstance(raw, str):
        raw = CONTROL.sub("", raw.replace("\r\n", "\n"))
        raw = raw.strip(BLANKS if column.kind is Kind.LIST else f"{BLANKS}\n")
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if column.required:
            raise Wrong(words.REQUIRED)
        return None
    return READERS[column.kind](column, raw)


def _unwrapped(raw: Mapping[str, str]) -> str:
    """Return when a cell is, as text; refuse formulas and what the spreadsheet could not work out."""
    if "f" in raw:
        raise Wrong(words.FORMULA)
    if "e" in raw:
        raise Wrong(words.CELL_FAULT, shown=raw["e"])
    return raw["d"].replace("T", " ").removesuffix(" 00:00:00")


def _text(column: Column, raw: Raw) -> str:
    text = _as_text(raw)
    if column.words:
        value = column.value_of(text)
        if value is None:
            raise Wrong(words.NO_WORD, text=text[:SHOWN], known=" · ".join(column.words.values()))
        return value
    if len(text) > column.longest:
        raise Wrong(words.TOO_LONG, most=column.longest, number=len(text))
    return text


def _as_text(raw: Raw) -> str:
    """Return a number as people wrote it: 101, not 101.0."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)


def _number(column: Column, raw: Raw) -> float:
    text = unicodedata.normalize("NFKC", _as_text(raw)).strip()
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if isinstance(raw, bool) or not isfinite(number) or "_" in text:
        raise Wrong(words.NO_NUMBER, text=text[:SHOWN])
    if not column.least <= number <= column.most:
        raise Wrong(words.OUTSIDE, least=f"{column.least:g}", most=f"{column.most:g}")
    return number


def _whole(column: Column, raw: Raw) -> int:
    number = _number(column, raw)
    if not number.is_integer():
        raise Wrong(words.NOT_WHOLE, text=_as_text(raw)[:SHOWN])
    return int(number)


def _yes_no(column: Column, raw: Raw) -> bool:
    said = plain(_as_text(raw))
    own = {plain(word): value == "yes" for value, word in column.words.items()}
    if said in own:
        return own[said]
    if said in YES | NO:
        return said in YES
    raise Wrong(words.NO_YES, text=_as_text(raw)[:SHOWN])


def _date(column: Column, raw: Raw) -> date:
    found = DAY.fullmatch(_as_text(raw))
    day = _day(found) if found else None
    if day is None:
        raise Wrong(words.NO_DATE, text=_as_text(raw)[:SHOWN])
    return day


def _time(column: Column, raw: Raw) -> time:
    found = CLOCK.fullmatch(_as_text(raw))
    clock = _clock(found) if found else None
    if clock is None:
        raise Wrong(words.NO_TIME, text=_as_text(raw)[:SHOWN])
    return clock


def _moment(column: Column, raw: Raw) -> datetime:
    day, _, clock = _as_text(raw).partition(" ")
    on, at = DAY.fullmatch(day), CLOCK.fullmatch(clock.strip() or "00:00")
    told = (_day(on) if on else None, _clock(at) if at else None)
    if told[0] is None or told[1] is None:
        raise Wrong(words.NO_MOMENT, text=_as_text(raw)[:SHOWN])
    return datetime.combine(told[0], told[1])  # the venue's own clock, as the sheet was filled in


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _list(column: Column, raw: Raw) -> tuple[str, ...]:
    """Split at line ends where there are any, else at commas of either language."""
    text = _as_text(raw)
    parts = text.split("\n") if "\n" in text else BETWEEN.split(text)
    items = tuple(part.strip() for part in parts if part.strip())
    for item in items:
        if len(item) > column.longest:
            raise Wrong(words.TOO_LONG, most=column.longest, number=len(item))
    return items


def join_list(items: tuple[str, ...] | list[str]) -> str:
    """Return a list as one cell that `read_cell` takes apart again: in lines where an item has a comma."""
    if any(BETWEEN.search(item) for item in items):
        return "".join(f"{item}\n" for item in items)
    return JOINED.join(items)


READERS: Mapping[Kind, Callable[[Column, Raw], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.MOMENT: _moment,
    Kind.LIST: _list,
}
