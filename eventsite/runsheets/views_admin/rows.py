"""Items as papers show them, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from eventsite.programme.core.values import Item, Programme
from eventsite.programme.enums import BLOCKER, BREAK, KINDS, ResourceKind
from eventsite.runsheets.core.microphones import Allotment, ranges
from eventsite.runsheets.queries import MicrophoneSet, Section
from eventsite.web.language import language, pick, word

LONGEST_NOTE = 40  # signs of a team's note on paper

kind_word = partial(word, KINDS)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a run sheet."""

    number: int
    item: Item
    minutes: int
    call_at: datetime | None
    performers: str
    microphones: str
    people: str
    props: str
    note: str

    @property
    def words(self) -> tuple[str, ...]:
        """Return what a search looks through."""
        return self.item.words


def rows_of(section: Section, sets: Sequence[MicrophoneSet], notes: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the lines of a stage and day; `sets` are those of all stages, so that numbers agree."""
    return tuple(
        Row(
            number=number,
            item=item,
            minutes=int(item.slot.length.total_seconds() // 60),
            call_at=_call(item),
            performers=performers(item),
            microphones=_microphones(item, sets),
            people=_used(item, ResourceKind.PERSON),
            props=_(", ").join(filter(None, (item.props, _used(item, ResourceKind.PROP)))),
            note=" ".join(filter(None, (pick(item, "notice"), _shortened(notes.get(item.ref, ""))))),
        )
        for number, item in enumerate(section.items, start=1)
    )


def performers(item: Item) -> str:
    """Return who performs: the troupe, and the city where the troupe's name does not say it."""
    troupe = pick(item.troupe, "name") if item.troupe else ""
    city = pick(item.delegation, "city") if item.delegation else ""
    if not troupe:
        return pick(item.delegation, "name") if item.delegation else ""
    return troupe if not city or city in troupe else f"{troupe} · {city}"


def announcement(item: Item) -> str:
    """Return one line with which a host can announce an item."""
    kind = kind_word(item.kind)
    city = pick(item.delegation, "city") if item.delegation else ""
    troupe = pick(item.troupe, "name") if item.troupe else ""
    if troupe and city and city not in troupe:
        return _("%(kind)s by %(troupe)s from %(city)s", kind=kind, troupe=troupe, city=city)
    if troupe:
        return _("%(kind)s by %(troupe)s", kind=kind, troupe=troupe)
    return _("%(kind)s from %(city)s", kind=kind, city=city) if city else kind


def is_announced(item: Item) -> bool:
    """Tell whether a host says anything of an item."""
    return item.kind not in (BREAK, BLOCKER) and not item.is_cancelled


def clock_words(instant: datetime, zone: ZoneInfo) -> str:
    """Return the time of day by the venue's clock."""
    return f"{instant.astimezone(zone):%H:%M}"


def span_words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return a time from and to."""
    return f"{clock_words(start, zone)}—{clock_words(end, zone)}"


def place_names(programme: Programme) -> Mapping[str, str]:
    """Return the stages' names by code."""
    return {code: pick(place, "name") for code, place in programme.places.items()}


def allotment_words(one: Allotment) -> str:
    """Return what an item gets of a set: its numbers, and how many it lacks."""
    numbers = ranges(one.numbers)
    given = _("no. %(numbers)s", numbers=numbers) if numbers else ""
    short = _("%(num)s short", num=one.short) if one.short else ""
    return " ".join(filter(None, (given, short)))


def set_name(one: MicrophoneSet) -> str:
    """Return what a set of microphones is called."""
    if one.use is not None:
        return pick(one.use, "name")
    stage = pick(one.place, "name") if one.place else ""
    return _("Wireless microphones, %(stage)s", stage=stage)


def is_chinese() -> bool:
    """Tell whether the paper is in Chinese."""
    return language() == "zh"


def _shortened(note: str) -> str:
    return note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1]}…"


def _call(item: Item) -> datetime | None:
    if item.troupe is None and not item.call_minutes:
        return None
    return item.slot.start - timedelta(minutes=item.call_minutes)


def _microphones(item: Item, sets: Sequence[MicrophoneSet]) -> str:
    parts = []
    for one in sets:
        for given in one.allotments:
            if given.need.item.ref == item.ref:
                name = f"{pick(one.use, 'name')} " if one.use else ""
                parts.append(f"{name}{allotment_words(given)}")
    return _("; ").join(parts)


def _used(item: Item, kind: ResourceKind) -> str:
    found: list[Any] = [use for use in item.uses if use.kind is kind]
    named = [pick(use, "name") + (f" ×{use.amount}" if use.amount > 1 else "") for use in found]
    return _(", ").join(named)
