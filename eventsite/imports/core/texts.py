"""Words, kinds, languages and whole numbers as files write them."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

from eventsite.imports.core.times import Wrong
from eventsite.kernel.words import N_

HAN = re.compile("[\u3400-\u9fff]")
KIND = re.compile("[a-z_]{1,40}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
KINDS = {"talk": "presentation", "concert": "performance", "hands_on": "workshop"}
"""Types of Schedule version 2 for which a programme has a kind of its own."""
LANGUAGES = {
    "中文": "zh",
    "汉语": "zh",
    "漢語": "zh",
    "普通话": "zh",
    "chinese": "zh",
    "英文": "en",
    "英语": "en",
    "english": "en",
}
"""Codes by what people write for them."""
BLANKS = re.compile(r"[\s\u3000]+")
NUMBERS = {
    "call_minutes_before": 600,
    "setup_minutes": 600,
    "teardown_minutes": 600,
    "walk_minutes": 600,
    "wireless_mics": 99,
}
"""Whole numbers that a table may give, and how large they may be."""


def clean(text: str) -> str:
    """Return a text in one line, without what draws nothing."""
    return BLANKS.sub(" ", CONTROL.sub("", text)).strip()


def plain(text: str) -> str:
    """Return a name or word as it is looked up: no difference of case or blanks."""
    return clean(text).casefold().replace(" ", "")


def is_uuid(text: str) -> bool:
    """Tell whether a guid is a UUID."""
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def kind_of(said: str) -> str | None:
    """Return a kind as an open word; `None` where the file says nothing that could be one."""
    kind = re.sub(r"[^a-z_]+", "_", clean(said).lower()).strip("_")[:40]
    return KINDS.get(kind, kind) if KIND.fullmatch(kind) else None


def languages_of(said: str) -> tuple[str, ...] | None:
    """Return the language that a file names, by its code; `None` where it names none."""
    code = code_of(clean(said).lower().replace("_", "-").split("-")[0])
    return (code,) if code else None


def code_of(word: str) -> str:
    """Return the code of a language in small letters, empty for what is none."""
    code = LANGUAGES.get(word, word)
    return code if re.fullmatch("[a-z]{2,3}", code) else ""


def numbers_of(given: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the whole numbers that are given; raises `Wrong` for what is none or too large."""
    for name, text in given.items():
        if not text.strip():
            continue
        found = re.fullmatch(r"(\d{1,6})(?:\.0+)?", text.strip())
        if found is None or int(found[1]) > NUMBERS[name]:
            raise Wrong(
                N_("“%(text)s” is no whole number from 0 to %(most)s."),
                name=name,
                text=text.strip()[:40],
                most=NUMBERS[name],
            )
        yield name, int(found[1])


def joined_names(people: tuple[str, ...]) -> str:
    """Return those who perform as the name of one troupe."""
    return "、".join(name for one in people if (name := clean(one)))
