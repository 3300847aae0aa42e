"""Witnesses on the console: who they are, what they gave before the freeze, what they reveal after it."""

from eventsite.draws import operations
from eventsite.draws.enums import WitnessKind
from eventsite.draws.forms import CommitForm, RevealForm, WitnessForm
from eventsite.draws.permissions import DrawsPermission
from eventsite.draws.views_admin import blueprint
from eventsite.draws.views_admin.console import Answer, answer, press, scopes_of_witness
from eventsite.events.models import Event
from eventsite.events.queries import list_organizations
from eventsite.kernel import clock
from eventsite.web.access import current_actor, requires


@blueprint.post("/<ref>/witnesses")
@requires(DrawsPermission.RUN_DRAWS)
def add_witness(event: Event, ref: str) -> Answer:
    """Add a witness."""
    form = WitnessForm(organizations=list_organizations(event))
    return answer(
        event,
        ref,
        form,
        lambda: operations.add_witness(
            current_actor(),
            event,
            ref,
            kind=WitnessKind(form.kind.data),
            name=form.name.data or "",
            organization=form.organization.data or "",
        ),
        name="witness",
    )


@blueprint.post("/<ref>/witnesses/<int:position>/remove")
@requires(DrawsPermission.RUN_DRAWS)
def remove_witness(event: Event, ref: str, position: int) -> Answer:
    """Take a witness away who has given nothing yet."""
    return press(event, ref, lambda: operations.remove_witness(current_actor(), event, ref, position))


@blueprint.post("/<ref>/witnesses/<int:position>/commit")
@requires(DrawsPermission.WITNESS_DRAWS, scopes=scopes_of_witness)
def commit(event: Event, ref: str, position: int) -> Answer:
    """Keep a witness's hash: typed in by an organizer as handed over, or given by the partner itself."""
    form, now = CommitForm(prefix=f"w{position}-"), clock.now()
    return answer(
        event,
        ref,
        form,
        lambda: operations.commit_witness(
            current_actor(), event, ref, position, commitment=str(form.commitment.data), now=now
        ),
        name=f"witness_{position}",
    )


@blueprint.post("/<ref>/witnesses/<int:position>/reveal")
@requires(DrawsPermission.WITNESS_DRAWS, scopes=scopes_of_witness)
def reveal(event: Event, ref: str, position: int) -> Answer:
    """Keep a witness's number after the freeze."""
    form, now = RevealForm(prefix=f"w{position}-"), clock.now()
    return answer(
        event,
        ref,
        form,
        lambda: operations.reveal(current_actor(), event, ref, position, nonce=str(form.nonce.data), now=now),
        name=f"witness_{position}",
    )
