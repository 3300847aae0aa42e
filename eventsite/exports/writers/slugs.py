"""Names as the schedule formats have them: ASCII, small letters, digits and dashes."""

import re

from pypinyin import lazy_pinyin

from eventsite.exports.core.values import Both, Entry

OTHER = re.compile(r"[^a-z0-9]+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
LONGEST = 40
SPELLED = 24  # signs of a Chinese title that are spelled out


def acronym(slug: str) -> str:
    """Return the event's short name as the schemas want it: at least four of `a-z 0-9 _`."""
    return slug.replace("-", "_").ljust(4, "_")


def slugged(text: str) -> str:
    """Return text as the schemas' slugs are: ASCII, small letters, a letter or digit at the end."""
    return OTHER.sub("-", text.lower()).strip("-")[:LONGEST].strip("-") or "x"


def spelled(words: Both) -> str:
    """Return a title as a slug: its English words, or its Chinese ones in pinyin."""
    if words.en and not HAN.search(words.en):
        return slugged(words.en)
    return slugged(" ".join(lazy_pinyin(words.said("zh")[:SPELLED])))


def item_slug(event: str, entry: Entry) -> str:
    """Return an item's slug under the event's acronym; its number keeps two items of one title apart."""
    return f"{event}-{f'{entry.number}-{spelled(entry.title)}':x<4}"
