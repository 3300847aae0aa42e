"""The list of draws, and the console of one: where it stands, and the one act that comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.draws import queries
from eventsite.draws.core.entries import masked
from eventsite.draws.core.steps import NextAct, next_act, step_of
from eventsite.draws.enums import (
    AWARD_WORDS,
    WITNESS_WORDS,
    AwardState,
    DrawStatus,
    ProposalKind,
    RaffleMode,
)
from eventsite.draws.forms import (
    AbsentForm,
    CommitForm,
    CorrectionForm,
    DigitsForm,
    PostponeForm,
    RevealForm,
    VoidForm,
    WitnessForm,
    history_labels,
)
from eventsite.draws.models import Award, Draw, Witness
from eventsite.draws.permissions import DrawsPermission
from eventsite.draws.views_admin import blueprint
from eventsite.events.models import Event
from eventsite.events.queries import list_organizations
from eventsite.kernel import clock
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm
from eventsite.web.history import tell
from eventsite.web.language import pick, word

LARGEST_HERE = 20_000
"""The most entries that a request freezes, draws or checks, within a second; above it the commands do it."""

for name, known in (("award_state", AWARD_WORDS), ("witness_kind", WITNESS_WORDS)):
    by_value = {str(member.value): words for member, words in known.items()}
    blueprint.add_app_template_filter(partial(word, by_value), name)


Answer = tuple[str, int] | Redirect


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A witness with the form that comes next for it, if the reader may fill it in."""

    witness: Witness
    form: AdminForm | None


@blueprint.get("/")
@requires(DrawsPermission.SEE_DRAWS)
def draws(event: Event) -> str:
    """List the draws with where each stands."""
    return render_template(
        "draws/admin/draws.html", raffle=queries.find_raffle(event), draws=queries.list_draws(event)
    )


@blueprint.get("/<ref>")
@requires(DrawsPermission.SEE_DRAWS)
def draw(event: Event, ref: str) -> str:
    """Show the console of a draw."""
    return page(event, queries.get_draw(event, ref))


def page(event: Event, draw: Draw, **refused: AdminForm) -> str:
    """Render the console; `refused` holds forms that came back, by the name that the template knows."""
    if draw.raffle.mode is RaffleMode.INSTANT:
        return render_template("draws/admin/instant.html", raffle=draw.raffle)
    standing = queries.standing_of(draw)
    act = next_act(standing, clock.now())
    awards = queries.list_awards(draw)
    entries = entries_of(draw)
    may_run = may(DrawsPermission.RUN_DRAWS, Thing(event_id=event.id))
    return render_template(
        "draws/admin/console.html",
        draw=draw,
        act=act.value,
        step=step_of(act),
        entries=entries,
        too_many=entries > LARGEST_HERE,
        prizes=queries.planned_prizes(event, draw),
        awards=awards,
        seats=[_seat(event, draw, witness, refused) for witness in draw.witnesses],
        waiting={kind.value: queries.find_open_proposal(draw, kind) for kind in ProposalKind},
        reader=current_actor().ref,
        may_run=may_run,
        history=tell(history_of(event.id, f"draw:{draw.id}"), labels=history_labels()),
        forms={**(_forms(event, act, awards) if may_run else {}), **refused},
    )


def press(event: Event, ref: str, act: Callable[[], object]) -> Answer:
    """Do an act that needs no more than its button."""
    return answer(event, ref, AdminForm(), act, name="button")


def answer(event: Event, ref: str, form: AdminForm, act: Callable[[], object], *, name: str) -> Answer:
    """Do the act and lead back to the console; where it is refused, show the console with the reason."""
    if form.saves(act):
        return redirect(url_for(".draw", event=event.slug, ref=ref), 303)
    return page(event, queries.get_draw(event, ref), **{name: form}), form.http_status


def entries_of(draw: Draw) -> int:
    """Return how many entries are frozen, or would be now."""
    return int(draw.frozen.freeze["entries"]) if draw.frozen else queries.count_entries(draw)


def scopes_of_witness(event: Event, ref: str, position: int) -> frozenset[str]:
    """Return what a witness lies in: the organization whose partner account may act for it."""
    return _scopes(queries.get_witness(queries.get_draw(event, ref), position))


def _scopes(witness: Witness) -> frozenset[str]:
    return frozenset({f"organization:{witness.organization.ref}"} if witness.organization else ())


def _seat(event: Event, draw: Draw, witness: Witness, refused: dict[str, AdminForm]) -> Seat:
    thing = Thing(event_id=event.id, scopes=_scopes(witness))
    form = refused.get(f"witness_{witness.position}")
    if form is None and may(DrawsPermission.WITNESS_DRAWS, thing):
        prefix = f"w{witness.position}-"
        if draw.status is DrawStatus.FROZEN and witness.nonce is None:
            form = RevealForm(formdata=None, prefix=prefix)
        elif draw.frozen is None and witness.commitment is None and draw.status is not DrawStatus.VOIDED:
            form = CommitForm(formdata=None, prefix=prefix)
    return Seat(witness=witness, form=form)


def _forms(event: Event, act: NextAct, awards: Any) -> dict[str, AdminForm]:
    """Return the empty forms that the present state offers."""
    forms: dict[str, AdminForm] = {"void": VoidForm(formdata=None, prefix="void-")}
    if act in (NextAct.CLOSE, NextAct.COMMITS, NextAct.OPEN, NextAct.PROPOSE_FREEZE):
        forms["witness"] = WitnessForm(formdata=None, organizations=list_organizations(event))
    if act is NextAct.REVEAL:
        forms["postpone"] = PostponeForm(formdata=None)
    if act is NextAct.VALUES:
        forms["digits"] = DigitsForm(formdata=None)
    if act is NextAct.RUN:
        forms["correction"] = CorrectionForm(formdata=None)
    if act is NextAct.ABSENT_OR_PUBLISH:
        forms["absent"] = absent_form(awards, formdata=None)
    return forms


def absent_form(awards: Any, **more: Any) -> AbsentForm:
    """Return the form of absent winners, with the prizes that wait to be claimed."""
    waiting: list[Award] = [award for award in awards if award.state is AwardState.WON]
    labels = [
        _("%(entry)s, %(level)s", entry=masked(award.entry_code), level=pick(award.prize, "level"))
        for award in waiting
    ]
    return AbsentForm(awards=waiting, labels=labels, **more)
