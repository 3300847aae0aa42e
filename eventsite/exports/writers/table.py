"""The programme as rows: one table for spreadsheets and for CSV, each column with the kind of its cells."""

from collections.abc import Iterator
from typing import Any

from eventsite.exports.core.values import LANGUAGES, Entry, Snapshot
from eventsite.exports.core.words import KINDS, STATES, WORDS, word
from eventsite.sheets.columns import Column, Kind

COLUMNS: dict[str, Kind] = {
    "day": Kind.DATE,
    "start": Kind.TIME,
    "end": Kind.TIME,
    "stage_code": Kind.TEXT,
    "stage": Kind.TEXT,
    "zone": Kind.TEXT,
    "title_zh": Kind.TEXT,
    "title_en": Kind.TEXT,
    "kind": Kind.TEXT,
    "troupe": Kind.TEXT,
    "delegation": Kind.TEXT,
    "state": Kind.TEXT,
    "planned_start": Kind.TIME,
    "notice": Kind.TEXT,
    "minutes": Kind.WHOLE,
    "languages": Kind.LIST,
    "id": Kind.TEXT,
    "guid": Kind.TEXT,
}
PRINTED = list(COLUMNS).index("notice") + 1  # paper does without the rest


def columns(language: str) -> list[Column]:
    """Return the columns with their heads in a language."""
    return [
        Column(
            name=name,
            title=word(name, language),
            titles=tuple(WORDS[name].said(each) for each in LANGUAGES),
            kind=kind,
            words=_words(name, language),
        )
        for name, kind in COLUMNS.items()
    ]


def _words(name: str, language: str) -> dict[str, str]:
    if name == "kind":
        return {kind: words.said(language) for kind, words in KINDS.items()}
    if name == "state":
        return {state.value: words.said(language) for state, words in STATES.items()}
    return {}


def rows(snapshot: Snapshot, language: str) -> list[tuple[Any, ...]]:
    """Return a row for each item, times by the venue's clock; an end on another day has its date."""
    return [tuple(_cells(snapshot, entry, language)) for entry in snapshot.entries]


def _cells(snapshot: Snapshot, entry: Entry, language: str) -> Iterator[Any]:
    start = snapshot.local(entry.start).replace(tzinfo=None)
    end = snapshot.local(entry.end).replace(tzinfo=None)
    planned = snapshot.local(entry.planned_start).time() if entry.planned_start else None
    yield from (start.date(), start.time())
    yield end.time() if end.date() == start.date() else end
    yield from (entry.room.code, entry.room.name.said(language), entry.room.zone.said(language))
    yield from (entry.title.zh, entry.title.en, entry.kind)
    yield entry.group.name.said(language) if entry.group else ""
    yield entry.team.name.said(language) if entry.team else ""
    yield from (entry.state.value, planned, entry.notice.said(language))
    yield int((entry.end - entry.start).total_seconds() // 60)
    yield from (entry.languages, entry.ref, str(entry.uuid))
