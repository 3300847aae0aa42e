"""What goes with a booth that an exhibitor leaves: its name, and what rooms above gave it there."""

from datetime import datetime
from typing import Protocol

from eventsite.accounts.core import Actor
from eventsite.applications.models import Application, Holding
from eventsite.database import atomic
from eventsite.market.models import Booth
from eventsite.market.operations import NOBODY, name_exhibitor


class Leaving(Protocol):
    """Takes back what a room above gave an application for one booth, in the transaction that frees it."""

    def __call__(self, actor: Actor, application: Application, booth: Booth, *, now: datetime) -> None: ...


LEAVINGS: list[Leaving] = []


def also_leaves(leaving: Leaving) -> Leaving:
    """Let a room above take back what it gave for a booth, whenever an exhibitor leaves it."""
    LEAVINGS.append(leaving)
    return leaving


def leave_booth(actor: Actor, application: Application, holding: Holding, *, now: datetime) -> None:
    """Let a booth go, within the operation that holds both rows."""
    with atomic() as session:
        booth = holding.booth
        name_exhibitor(actor, booth, NOBODY)
        session.delete(holding)
        for leaving in LEAVINGS:
            leaving(actor, application, booth, now=now)
