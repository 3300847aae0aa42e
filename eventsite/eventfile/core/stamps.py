"""How many stamps give a draw entry, read from the sentence that says so.

The event file has the number only in words: “集满4枚印章自动获得1个抽奖号”, “集满四枚”, “Four stamps give one
entry”.
"""

import re

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TEN = "十"
LARGEST = 99

_CHINESE = re.compile(
    r"(?:集满|集齐|收集|达到|满)\s*([0-9０-９]{1,2}|[零一二两三四五六七八九十]{1,3})\s*[枚个]"
)
_ENGLISH = re.compile(r"\b([0-9]{1,2}|[a-z]+)\s+(?:different\s+)?stamps?\b", re.IGNORECASE)


def stamps_required(entry_zh: str, entry_en: str) -> int:
    """Return the number of stamps for one entry: from the Chinese sentence, else the English, else 1."""
    for found in (_read(_CHINESE, entry_zh), _read(_ENGLISH, entry_en)):
        if found:
            return found
    return 1


def _read(pattern: re.Pattern[str], text: str) -> int | None:
    for match in pattern.finditer(text):
        number = _number(match[1])
        if number is not None and 0 < number <= LARGEST:
            return number
    return None


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if text.lower() in WORDS:
        return WORDS.index(text.lower())
    return _chinese(text) if all(sign in DIGITS or sign == TEN for sign in text) else None


def _chinese(text: str) -> int | None:
    """Read a number below one hundred: 四, 十, 十二, 二十, 二十四."""
    tens, ten, ones = text.rpartition(TEN)
    if TEN in tens or len(tens) > 1 or len(ones) > 1:
        return None
    if not ten:
        return DIGITS[ones]
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
