"""The acts of the console that bring a form: each answers a POST, then leads back to the console."""

from functools import partial

from eventsite.draws import operations, queries
from eventsite.draws.forms import CorrectionForm, DigitsForm, PostponeForm, PublishForm, VoidForm
from eventsite.draws.permissions import DrawsPermission
from eventsite.draws.views_admin import blueprint
from eventsite.draws.views_admin.console import Answer, absent_form, answer
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.web.access import current_actor, requires


@blueprint.post("/<ref>/publish-rules")
@requires(DrawsPermission.EDIT_RULES)
def publish_rules(event: Event, ref: str) -> Answer:
    """Publish the rules with their hash."""
    now = clock.now()
    act = partial(operations.publish_rules, current_actor(), event, ref, now=now)
    return answer(event, ref, PublishForm(), act, name="button")


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
