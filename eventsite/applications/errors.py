"""Why an application is not taken yet."""

from collections.abc import Sequence

from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_


class Incomplete(DomainError):
    """Something is lacking; `lacking` has everything at once, each with its field."""

    def __init__(self, lacking: Sequence[DomainError]) -> None:
        super().__init__(N_("The application is saved as a draft and not submitted: something is missing."))
        self.lacking = tuple(lacking)
