"""Chinese as people look it up: sorted by pinyin, found by a part of the word or by its initials."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from pypinyin import Style, lazy_pinyin, load_phrases_dict

from eventsite.web.language import language

Row = TypeVar("Row")

# Places that pypinyin reads by the commoner sound of a character.
PLACES = {
    "朝阳": [["cháo"], ["yáng"]],
    "单县": [["shàn"], ["xiàn"]],
    "莘县": [["shēn"], ["xiàn"]],
    "东阿": [["dōng"], ["ē"]],
    "乐陵": [["lào"], ["líng"]],
    "曲阜": [["qū"], ["fù"]],
    "临朐": [["lín"], ["qú"]],
    "兖州": [["yǎn"], ["zhōu"]],
}
load_phrases_dict(PLACES)


def sort_key(text: str) -> tuple[str, str]:
    """Return the key that sorts names for the reader: by pinyin in Chinese, by letters in English."""
    return (_spelled(text) if language() == "zh" else _plain(text), text)


def find(rows: Iterable[Row], search: str, words_of: Callable[[Row], Iterable[str]]) -> list[Row]:
    """Return the rows of which some word answers each term of the search; all of them for an empty one."""
    terms = _plain(search).split()
    return [row for row in rows if matches(terms, words_of(row))]


def matches(terms: Iterable[str], words: Iterable[str]) -> bool:
    """Tell whether each term (plain, as `find` makes them) is in a word or begins its pinyin initials."""
    texts = [word for word in words if word]
    return all(
        any(term in _plain(text) or initials(text).startswith(term) for text in texts) for term in terms
    )


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """Return the first letters of a Chinese name's syllables (沈阳 → sy), empty for other names."""
    if not any("\u4e00" <= character <= "\u9fff" for character in text):
        return ""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))


@lru_cache(maxsize=8192)
def _spelled(text: str) -> str:
    return " ".join(lazy_pinyin(text)).casefold()


def _plain(text: str) -> str:
    """Fold case and full width, so that Ａ-01 is found as a-01."""
    return unicodedata.normalize("NFKC", text).casefold()
