"""Why a file is not taken."""

from eventsite.kernel.errors import DomainError, NotFound


class Unreadable(DomainError):
    """The file is not what it has to be; the sentence says why."""


class FileGone(NotFound):
    """The row is there and its bytes are not: somebody changed the files' folder by hand."""


class NoRoom(DomainError):
    """The disk is nearly full."""
