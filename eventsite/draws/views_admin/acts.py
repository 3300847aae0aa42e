"""The acts of the console: each answers a POST, then leads back to the page that shows what comes next."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.draws import operations, queries
from eventsite.draws.enums import ProposalKind
from eventsite.draws.forms import CorrectionForm, DigitsForm, PostponeForm, PublishForm, VoidForm
from eventsite.draws.permissions import DrawsPermission
from eventsite.draws.views_admin import blueprint
from eventsite.draws.views_admin.console import LARGEST_HERE, absent_form, entries_of, page
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import Conflict, NotFound
from eventsite.kernel.words import N_
from eventsite.web.access import current_actor, requires
from eventsite.web.forms import AdminForm

Answer = tuple[str, int] | Redirect


@blueprint.post("/<ref>/publish-rules")
@requires(DrawsPermission.EDIT_RULES)
def publish_rules(event: Event, ref: str) -> Answer:
    """Publish the rules with their hash."""
    now = clock.now()
    act = partial(operations.publish_rules, current_actor(), event, ref, now=now)
    return answer(event, ref, PublishForm(), act, name="button")


@blueprint.post("/<ref>/open")
@requires(DrawsPermission.RUN_DRAWS)
def open_entries(event: Event, ref: str) -> Answer:
    """Open entries."""
    return press(event, ref, lambda: operations.open_draw(current_actor(), event, ref))


@blueprint.post("/<ref>/close")
@requires(DrawsPermission.RUN_DRAWS)
def close_entries(event: Event, ref: str) -> Answer:
    """Close entries."""
    return press(event, ref, lambda: operations.close_draw(current_actor(), event, ref))


@blueprint.post("/<ref>/propose-freeze")
@requires(DrawsPermission.RUN_DRAWS)
def propose_freeze(event: Event, ref: str) -> Answer:
    """Propose to freeze the list."""
    now = clock.now()
    return press(event, ref, lambda: operations.propose_freeze(current_actor(), event, ref, now=now))


@blueprint.post("/<ref>/confirm-freeze")
@requires(DrawsPermission.RUN_DRAWS)
def confirm_freeze(event: Event, ref: str) -> Answer:
    """Freeze the list that somebody else proposed to freeze."""
    now = clock.now()

    def act() -> None:
        _refuse_large(event, ref)
        operations.confirm_freeze(current_actor(), event, ref, now=now)

    return press(event, ref, act)


@blueprint.post("/<ref>/withdraw/<kind>")
@requires(DrawsPermission.RUN_DRAWS)
def withdraw(event: Event, ref: str, kind: str) -> Answer:
    """Take back what waits for a second person."""
    if kind not in {known.value for known in ProposalKind}:
        raise NotFound(N_("There is no such page."))
    now, meant = clock.now(), ProposalKind(kind)
    return press(
        event, ref, lambda: operations.withdraw_proposal(current_actor(), event, ref, meant, now=now)
    )


@blueprint.post("/<ref>/postpone")
@requires(DrawsPermission.RUN_DRAWS)
def postpone(event: Event, ref: str) -> Answer:
    """Wait once for a witness who is missing."""
    form, now = PostponeForm(), clock.now()
    return answer(
        event,
        ref,
        form,
        lambda: operations.postpone_reveals(current_actor(), event, ref, to=form.to.data, now=now),
        name="postpone",
    )


@blueprint.post("/<ref>/skip-missing")
@requires(DrawsPermission.RUN_DRAWS)
def skip_missing(event: Event, ref: str) -> Answer:
    """Go on without the witnesses who did not come."""
    now = clock.now()
    return press(event, ref, lambda: operations.skip_missing(current_actor(), event, ref, now=now))


@blueprint.post("/<ref>/digits")
@requires(DrawsPermission.RUN_DRAWS)
def enter_digits(event: Event, ref: str) -> Answer:
    """Keep the digits made on stage; nothing is drawn yet."""
    form, now = DigitsForm(), clock.now()
    return answer(
        event,
        ref,
        form,
        lambda: operations.enter_values(current_actor(), event, ref, digits=str(form.digits.data), now=now),
        name="digits",
    )


@blueprint.post("/<ref>/correct-digits")
@requires(DrawsPermission.RUN_DRAWS)
def correct_digits(event: Event, ref: str) -> Answer:
    """Put a typing error in the digits right, by another person."""
    form, now = CorrectionForm(), clock.now()
    return answer(
        event,
        ref,
        form,
        lambda: operations.correct_values(
            current_actor(),
            event,
            ref,
            digits=str(form.digits.data),
            reason=str(form.reason.data),
            now=now,
        ),
        name="correction",
    )


@blueprint.post("/<ref>/run")
@requires(DrawsPermission.RUN_DRAWS)
def run(event: Event, ref: str) -> Answer:
    """Draw the round whose digits are entered; whoever presses second sees the same outcome."""
    now = clock.now()

    def act() -> None:
        _refuse_large(event, ref)
        drawn = operations.run_round(current_actor(), event, ref, now=now)
        if not drawn.fresh:
            flash(_("This round was drawn before; its outcome stands."), "info")

    return press(event, ref, act)


@blueprint.post("/<ref>/absent")
@requires(DrawsPermission.RUN_DRAWS)
def propose_absent(event: Event, ref: str) -> Answer:
    """Propose which winners were called and did not come."""
    awards = queries.list_awards(queries.get_draw(event, ref))
    form, now = absent_form(awards), clock.now()
    return answer(
        event,
        ref,
        form,
        lambda: operations.propose_absent(
            current_actor(),
            event,
            ref,
            slots=form.slots.data or [],
            reason=str(form.reason.data),
            now=now,
        ),
        name="absent",
    )


@blueprint.post("/<ref>/confirm-absent")
@requires(DrawsPermission.RUN_DRAWS)
def confirm_absent(event: Event, ref: str) -> Answer:
    """Publish the list of unclaimed prizes and open their redraw."""
    now = clock.now()
    return press(event, ref, lambda: operations.confirm_absent(current_actor(), event, ref, now=now))


@blueprint.post("/<ref>/publish")
@requires(DrawsPermission.RUN_DRAWS)
def publish(event: Event, ref: str) -> Answer:
    """Publish the record."""
    now = clock.now()

    def act() -> None:
        _refuse_large(event, ref)
        operations.publish_draw(current_actor(), event, ref, now=now)

    return press(event, ref, act)


@blueprint.post("/<ref>/forfeit")
@requires(DrawsPermission.RUN_DRAWS)
def forfeit(event: Event, ref: str) -> Answer:
    """Count prizes that nobody claimed in time as given up."""
    now = clock.now()
    return press(event, ref, lambda: operations.forfeit_unclaimed(current_actor(), event, ref, now=now))


@blueprint.post("/<ref>/void")
@requires(DrawsPermission.RUN_DRAWS)
def propose_void(event: Event, ref: str) -> Answer:
    """Propose to void the draw."""
    form, now = VoidForm(prefix="void-"), clock.now()
    return answer(
        event,
        ref,
        form,
        lambda: operations.propose_void(current_actor(), event, ref, reason=str(form.reason.data), now=now),
        name="void",
    )


@blueprint.post("/<ref>/confirm-void")
@requires(DrawsPermission.RUN_DRAWS)
def confirm_void(event: Event, ref: str) -> Answer:
    """Void the draw that somebody else proposed to void."""
    now = clock.now()
    return press(event, ref, lambda: operations.confirm_void(current_actor(), event, ref, now=now))


def press(event: Event, ref: str, act: Callable[[], object]) -> Answer:
    """Do an act that needs no more than its button."""
    return answer(event, ref, AdminForm(), act, name="button")


def answer(event: Event, ref: str, form: AdminForm, act: Callable[[], object], *, name: str) -> Answer:
    """Do the act and lead back to the console; where it is refused, show the console with the reason."""
    if form.saves(act):
        return redirect(url_for("draws_admin.draw", event=event.slug, ref=ref), 303)
    return page(event, queries.get_draw(event, ref), **{name: form}), form.http_status


def _refuse_large(event: Event, ref: str) -> None:
    """Raise `Conflict` for a list that takes longer than a request may."""
    if entries_of(queries.get_draw(event, ref)) > LARGEST_HERE:
        raise Conflict(N_("This list is too long for a page. Use the command `flask draw` on the server."))
