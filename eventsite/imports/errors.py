"""Why a file cannot be taken as a programme at all."""

from eventsite.kernel.errors import DomainError


class Unreadable(DomainError):
    """The file is no programme that can be read; the sentence says where and why."""
