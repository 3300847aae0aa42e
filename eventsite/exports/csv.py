"""CSV for spreadsheets: UTF-8 with BOM, CRLF, every cell quoted, no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterator

from eventsite.exports.core import Entry, Snapshot, kind_word, word
from eventsite.kernel.cells import safe_cell

BOM = "\ufeff"
COLUMNS = (
    "day",
    "start",
    "end",
    "stage_code",
    "stage",
    "zone",
    "title_zh",
    "title_en",
    "kind",
    "troupe",
    "delegation",
    "state",
    "notice",
    "id",
    "guid",
)


def write_csv(snapshot: Snapshot, language: str) -> bytes:
    """Return the programme as a table in a language; the same snapshot gives the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([word(name, language) for name in COLUMNS])
    for entry in snapshot.entries:
        writer.writerow([safe_cell(cell) for cell in _cells(snapshot, entry, language)])
    return (BOM + text.getvalue()).encode()


def _cells(snapshot: Snapshot, entry: Entry, language: str) -> Iterator[str]:
    start, end = entry.start.astimezone(snapshot.zone), entry.end.astimezone(snapshot.zone)
    yield from (start.strftime("%Y-%m-%d"), start.strftime("%H:%M"))
    yield end.strftime("%H:%M" if end.date() == start.date() else "%Y-%m-%d %H:%M")
    yield from (entry.room.code, entry.room.name.said(language), entry.room.zone.said(language))
    yield from (entry.title.zh, entry.title.en, kind_word(entry.kind, language))
    yield from (entry.group.name.said(language) if entry.group else "", entry.delegation.said(language))
    yield word("called_off" if entry.cancelled else "scheduled", language)
    yield from (entry.notice.said(language), entry.ref, str(entry.uuid))
