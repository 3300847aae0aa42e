"""The one family of errors that operations raise; the edge maps them to pages, commands to exit codes."""

from typing import Any


class Misconfigured(RuntimeError):
    """The site's settings cannot work; it does not start."""


class DomainError(Exception):
    """An act was refused for a reason that a person can read.

    `message` is an English sentence marked with `N_()`, with named placeholders filled from `params` after
    translation. `field` names the form field it belongs to, if any.
    """

    status = 422

    def __init__(self, message: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message, self.field, self.params = message, field, params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Conflict(DomainError):
    """The act contradicts what is there now."""

    status = 409


class StaleEdit(Conflict):
    """Somebody else saved first. `theirs` and `mine` map field names to the two values."""

    def __init__(self, message: str, *, theirs: dict[str, Any], mine: dict[str, Any], **params: Any) -> None:
        super().__init__(message, **params)
        self.theirs, self.mine = theirs, mine


class NotAllowed(DomainError):
    """A member of the team lacks the right."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or none that this person may know of."""

    status = 404


class Closed(DomainError):
    """The thing exists but its time is over or has not come."""

    status = 410
