"""CSV for spreadsheets: UTF-8 with BOM, CRLF, every cell quoted, no cell that a spreadsheet would run."""

from eventsite.exports.core.values import Snapshot
from eventsite.exports.writers.table import columns, rows
from eventsite.sheets.writing import separated


def write_csv(snapshot: Snapshot, language: str) -> bytes:
    """Return the programme as a table in a language; the same snapshot gives the same bytes."""
    return separated(columns(language), rows(snapshot, language))
