"""The kinds of database that backups know, and what each has to be able to do."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import URL

from eventsite.backups import postgres, sqlite
from eventsite.backups.core import Contents


class Kind(Protocol):
    """A module that copies databases of one kind."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - a constant of the module
        """Return how the names of its backups end."""

    def dump(self, url: URL, target: Path) -> Contents:
        """Write the database into an empty file and return what is in the file."""

    def contents(self, url: URL) -> Contents:
        """Return what the database holds."""

    def scratch(self, source: Path, url: URL) -> AbstractContextManager[URL]:
        """Restore a backup into a database that lives as long as the block."""

    def faults_of(self, url: URL) -> list[str]:
        """Return what the database itself finds wrong with it."""

    def refuse_if_open(self, url: URL) -> None:
        """Raise `DatabaseInUse` where anybody else has the database open."""

    def load(self, source: Path, url: URL) -> None:
        """Put a backup in the place of the database; raises `DatabaseInUse`."""


def kind_of(url: URL) -> Kind:
    """Return the module for a database."""
    return postgres if url.get_backend_name() == "postgresql" else sqlite
