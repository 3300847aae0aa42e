"""Why a stamp was refused."""

from eventsite.kernel.errors import Closed, Conflict, DomainError


class WrongCode(DomainError):
    """The digits are not those of this minute."""


class Outdated(Conflict):
    """The checkpoint was changed since its facts were read: read them again."""


class TooSoon(Conflict):
    """The pass was stamped a moment ago elsewhere."""

    status = 429


class CheckpointClosed(Closed):
    """The checkpoint or its event takes no stamps now."""


class NeedsStaff(DomainError):
    """Only staff can stamp here."""

    status = 403
