"""What loading refuses."""

from collections.abc import Sequence

from eventsite.eventfile.core.differences import Difference
from eventsite.eventfile.core.faults import Fault
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_


class BadEventFile(DomainError):
    """The file is not a sound event file. `faults` are the first of `total`."""

    def __init__(self, faults: Sequence[Fault], total: int) -> None:
        super().__init__(N_("The event file has faults: %(total)s. Nothing was changed."), total=total)
        self.faults, self.total = tuple(faults), total


class Differs(Conflict):
    """The event exists and the file says something else."""

    def __init__(self, slug: str, differences: Sequence[Difference]) -> None:
        super().__init__(
            N_("The event “%(slug)s” differs from the file in %(count)s places. Nothing was changed."),
            slug=slug,
            count=len(differences),
        )
        self.differences = tuple(differences)


class InUse(Conflict):
    """The file leaves out records that people have already acted on; each fault names one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            N_("Records that are in use cannot be removed: %(count)s. Nothing was changed."),
            count=len(faults),
        )
        self.faults = tuple(faults)


class ReadOnly(Conflict):
    """The event is archived."""

    def __init__(self, slug: str) -> None:
        super().__init__(N_("The event “%(slug)s” is archived and can no longer be changed."), slug=slug)


class SlugTaken(Conflict):
    """There is an event with that slug."""

    def __init__(self, slug: str) -> None:
        super().__init__(N_("There is already an event “%(slug)s”."), slug=slug)
