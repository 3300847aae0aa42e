"""XLSX for spreadsheets and for paper: real dates and times, A4 across, heads on every page."""

from eventsite.exports.core.values import Snapshot
from eventsite.exports.core.words import named, word
from eventsite.exports.writers.table import PRINTED, columns, rows
from eventsite.sheets.writing import workbook


def write_xlsx(snapshot: Snapshot, language: str) -> bytes:
    """Return the programme as a workbook in a language; the same snapshot gives the same bytes."""
    title = f"{word('programme', language)} v{snapshot.version}"
    foot = f"{named(snapshot, language)} · v{snapshot.version}"
    return workbook(title, columns(language), rows(snapshot, language), foot=foot, printed=PRINTED)
