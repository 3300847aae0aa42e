"""Why a file is not taken as a table, and what is wrong in one that is."""

from dataclasses import dataclass, field
from typing import Any

from eventsite.kernel.errors import DomainError


class NoTable(DomainError):
    """The file is no table that can be read; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong in a cell: its row as the spreadsheet counts it, the head of its column, and a sentence.

    `message` is marked with `N_()`; its placeholders are filled after translation.
    """

    row: int
    column: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)
