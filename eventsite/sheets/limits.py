"""How much one table may be."""

from dataclasses import dataclass

MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_BYTES = 5 * 2**20
UNPACKED_MEGABYTES = 120
ENTRIES = 400
SECONDS, MEGABYTES = 40, 900  # of the child that reads a workbook


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many rows and bytes a table may have, and what the child runs that reads it as a workbook."""

    rows: int = MOST_ROWS
    bytes: int = MOST_BYTES
    task: str = "eventsite.sheets.parser:parse"


USUAL = Limits()
LONG = Limits(rows=20_000, bytes=20 * 2**20, task="eventsite.sheets.parser:parse_long")
