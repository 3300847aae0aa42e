"""Why a voucher cannot be taken or used."""

from eventsite.kernel.errors import Closed, Conflict


class NoneLeft(Conflict):
    """All vouchers of an offer are taken."""


class NeedsStamp(Conflict):
    """The phone has no stamp of this fair yet."""


class NotOffered(Closed):
    """The offer is paused, or its last day is over."""
