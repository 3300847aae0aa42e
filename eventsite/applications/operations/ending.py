"""What ends with an application that is withdrawn or rejected: its booths, and what rooms above gave it."""

from datetime import datetime
from typing import Protocol

from eventsite.accounts.core import Actor
from eventsite.applications.models import Application
from eventsite.applications.operations.holdings import free_booths
from eventsite.database import atomic


class Ending(Protocol):
    """Takes back what a room above gave an application, in the transaction that ends it."""

    def __call__(self, actor: Actor, application: Application, *, now: datetime) -> None: ...


ENDINGS: list[Ending] = []


def also_ends(ending: Ending) -> Ending:
    """Let a room above take back what it gave, whenever an application ends."""
    ENDINGS.append(ending)
    return ending


def end_application(actor: Actor, application: Application, *, reason: str, now: datetime) -> None:
    """Take back all that an application holds, within the operation that ends it."""
    with atomic():
        free_booths(actor, application, reason=reason, now=now)
        for ending in ENDINGS:
            ending(actor, application, now=now)
