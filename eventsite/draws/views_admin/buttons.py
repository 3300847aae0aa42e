"""The acts of the console that need no more than their button."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import flash
from flask_babel import gettext as _

from eventsite.accounts.core import Actor
from eventsite.draws import operations, queries
from eventsite.draws.enums import ProposalKind
from eventsite.draws.permissions import DrawsPermission
from eventsite.draws.views_admin import blueprint
from eventsite.draws.views_admin.console import LARGEST_HERE, Answer, entries_of, press
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.web.access import current_actor, requires

Act = Callable[[Actor, Event, str, datetime], object]


def _at(act: Callable[..., object]) -> Act:
    return lambda actor, event, ref, now: act(actor, event, ref, now=now)


def _run(actor: Actor, event: Event, ref: str, now: datetime) -> None:
    """Draw the round; whoever presses second is told that its outcome stands."""
    if not operations.run_round(actor, event, ref, now=now).fresh:
        flash(_("This round was drawn before; its outcome stands."), "info")


BUTTONS: Mapping[str, Act] = {
    "open": lambda actor, event, ref, _: operations.open_draw(actor, event, ref),
    "close": lambda actor, event, ref, _: operations.close_draw(actor, event, ref),
    "propose-freeze": _at(operations.propose_freeze),
    "confirm-freeze": _at(operations.confirm_freeze),
    "skip-missing": _at(operations.skip_missing),
    "run": _run,
    "confirm-absent": _at(operations.confirm_absent),
    "publish": _at(operations.publish_draw),
    "forfeit": _at(operations.forfeit_unclaimed),
    "confirm-void": _at(operations.confirm_void),
}
"""The operation behind each button, by the last part of its address."""

LONG = frozenset({"confirm-freeze", "run", "publish"})
"""The acts that go through the whole list."""

NAMES = ", ".join(f'"{name}"' for name in BUTTONS)
KINDS = ", ".join(kind.value for kind in ProposalKind)


@blueprint.post(f"/<ref>/<any({NAMES}):button>")
@requires(DrawsPermission.RUN_DRAWS)
def push(event: Event, ref: str, button: str) -> Answer:
    """Do what the button says."""
    actor, now = current_actor(), clock.now()

    def act() -> None:
        if button in LONG:
            _refuse_large(event, ref)
        BUTTONS[button](actor, event, ref, now)

    return press(event, ref, act)


@blueprint.post(f"/<ref>/withdraw/<any({KINDS}):kind>")
@requires(DrawsPermission.RUN_DRAWS)
def withdraw(event: Event, ref: str, kind: str) -> Answer:
    """Take back what waits for a second person."""
    now, meant = clock.now(), ProposalKind(kind)
    return press(
        event, ref, lambda: operations.withdraw_proposal(current_actor(), event, ref, meant, now=now)
    )


def _refuse_large(event: Event, ref: str) -> None:
    """Raise `Conflict` for a list that takes longer than a request may."""
    if entries_of(queries.get_draw(event, ref)) > LARGEST_HERE:
        raise Conflict(N_("This list is too long for a page. Use the command `flask draw` on the server."))
