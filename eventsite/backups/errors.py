"""Why a backup could not be made, proved or put back."""

from eventsite.kernel.errors import Conflict, DomainError


class BadBackup(DomainError):
    """The file is no backup of ours, or not the one that its manifest describes."""


class ToolFailed(DomainError):
    """A program of the database is missing, or refused."""


class DatabaseInUse(Conflict):
    """The database is open elsewhere, or holds what would be overwritten."""
