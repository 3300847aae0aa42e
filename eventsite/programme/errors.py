"""Refusals of the live clock that carry more than a sentence."""

from collections.abc import Sequence
from typing import Any

from eventsite.kernel.errors import Conflict


class StaleDesk(Conflict):
    """Somebody acted on the stage, or released, after the page was opened.

    `acts` are the newer acts of the stage, oldest first; `release` is the newer release, where there is one.
    """

    def __init__(self, message: str, *, acts: Sequence[Any] = (), release: int | None = None) -> None:
        super().__init__(message)
        self.acts, self.release = tuple(acts), release
