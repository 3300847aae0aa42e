"""Giving out booths: by hand, and by a proposal of the site."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.applications.enums import How
from eventsite.applications.operations import assign_booth, release_booth
from eventsite.applications.queries import get_application, list_holdings, list_placeable
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.placement import queries
from eventsite.placement.core.grounds import survey
from eventsite.placement.core.judging import breaks_alone, overloads
from eventsite.placement.core.packing import unpack_outcome, unpack_reasons, unpack_task
from eventsite.placement.core.pairs import JOINT
from eventsite.placement.core.values import Task
from eventsite.placement.enums import PROPOSAL_WORDS, ProposalStatus
from eventsite.placement.forms import AssignForm, ProposeForm
from eventsite.placement.models import Proposal
from eventsite.placement.operations import proposals as operations
from eventsite.placement.permissions import PlacementPermission
from eventsite.placement.views_admin import blueprint
from eventsite.placement.views_admin.sentences import ODD, say_broken, say_reason
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm
from eventsite.web.history import tell

Answer = tuple[str, int] | Redirect


@dataclass(frozen=True, kw_only=True)
class PlacedRow:
    """One exhibitor of a proposal: where, and why."""

    name: str
    refs: Sequence[str]
    booths: Sequence[str]
    is_new: bool
    why: Sequence[str]


@blueprint.get("/")
@requires(PlacementPermission.SEE_PLACEMENT)
def overview(event: Event) -> str:
    """Show who waits for a booth, what is free, and how far proposals and lots have come."""
    return _overview(event, ProposeForm())


@blueprint.post("/propose")
@requires(PlacementPermission.PLACE_EXHIBITORS)
def propose(event: Event) -> Answer:
    """Ask the site for a proposal; the job process works it out."""
    form = ProposeForm()
    if form.saves(
        lambda: operations.ask_proposal(
            current_actor(),
            event,
            seconds=form.seconds.data or 1,
            relax=form.relax.data,
            now=clock.now(),
        )
    ):
        return redirect(url_for(".proposal", event=event.slug, number=form.answer.id), 303)
    return _overview(event, form), form.http_status


@blueprint.get("/proposals/<int:number>")
@requires(PlacementPermission.SEE_PLACEMENT)
def proposal(event: Event, number: int) -> str:
    """Show a proposal: who stands where and why, who is left out, how good it is."""
    return _proposal_page(event, queries.get_proposal(event, number), AdminForm())


@blueprint.post("/proposals/<int:number>/apply")
@requires(PlacementPermission.PLACE_EXHIBITORS)
def apply_proposal(event: Event, number: int) -> Answer:
    """Give out the proposed booths."""
    form = AdminForm()
    if form.saves(lambda: operations.apply_proposal(current_actor(), event, number)):
        flash(ngettext("%(num)s booth is given out.", "%(num)s booths are given out.", form.answer), "ok")
        return redirect(url_for(".overview", event=event.slug), 303)
    return _proposal_page(event, queries.get_proposal(event, number), form), form.http_status


@blueprint.post("/proposals/<int:number>/discard")
@requires(PlacementPermission.PLACE_EXHIBITORS)
def discard_proposal(event: Event, number: int) -> Answer:
    """Put a proposal away."""
    form = AdminForm()
    if form.saves(lambda: operations.discard_proposal(current_actor(), event, number)):
        flash(_("The proposal is put away."), "ok")
        return redirect(url_for(".overview", event=event.slug), 303)
    return _proposal_page(event, queries.get_proposal(event, number), form), form.http_status


@blueprint.route("/exhibitors/<ref>", methods=["GET", "POST"])
@requires(PlacementPermission.PLACE_EXHIBITORS)
def assign(event: Event, ref: str) -> Answer:
    """Give an exhibitor its booths by hand; what each booth would break stands beside it."""
    application = get_application(event, ref)
    offered = _offered(event, ref)
    form = AssignForm(offered=offered)
    if form.saves(
        lambda: assign_booth(current_actor(), event, ref, form.booths.data or [], how=How.HAND, reasons=())
    ):
        flash(_("%(unit)s has booth %(booths)s.", unit=application.unit_zh, booths=_listed(form)), "ok")
        return redirect(url_for(".overview", event=event.slug), 303)
    page = render_template("placement/admin/assign.html", application=application, form=form, offered=offered)
    return page, form.http_status


@blueprint.post("/exhibitors/<ref>/release")
@requires(PlacementPermission.PLACE_EXHIBITORS)
def release(event: Event, ref: str) -> Redirect:
    """Take an exhibitor's booths back."""
    AdminForm().presses(lambda: release_booth(current_actor(), event, ref), _("The booth is free again."))
    return redirect(url_for(".overview", event=event.slug), 303)


def _overview(event: Event, form: ProposeForm) -> str:
    wanted = list_placeable(event)
    task = queries.task_for(event)
    held = {code for one in wanted for code in one.held}
    return render_template(
        "placement/admin/overview.html",
        waiting=[one for one in wanted if not one.held],
        holdings=list_holdings(event),
        free=[place for place in task.places if place.code not in held],
        proposals=queries.list_proposals(event)[:10],
        lots=queries.list_lots(event),
        form=form,
        words={status: _(words) for status, words in PROPOSAL_WORDS.items()},
        may_place=may(PlacementPermission.PLACE_EXHIBITORS, Thing(event_id=event.id)),
    )


def _proposal_page(event: Event, shown: Proposal, form: AdminForm) -> str:
    task = unpack_task(shown.task)
    outcome = unpack_outcome(shown.outcome) if shown.outcome else None
    names = {unit.ref: unit.name for unit in task.units}
    return render_template(
        "placement/admin/proposal.html",
        proposal=shown,
        outcome=outcome,
        rows=_rows(task, shown, names) if outcome else [],
        broken=[say_broken(one, names) for one in outcome.broken] if outcome else [],
        words=_(PROPOSAL_WORDS[shown.status]),
        under_way=shown.status in (ProposalStatus.WAITING, ProposalStatus.SOLVING),
        form=form,
        may_place=may(PlacementPermission.PLACE_EXHIBITORS, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"placement_proposal:{shown.id}"), labels={}),
    )


def _rows(task: Task, shown: Proposal, names: dict[str, str]) -> list[PlacedRow]:
    assert shown.outcome is not None
    outcome, because = unpack_outcome(shown.outcome), unpack_reasons(shown.outcome)
    return [
        PlacedRow(
            name=unit.name,
            refs=unit.ref.split(JOINT),
            booths=outcome.spots[unit.ref],
            is_new=not unit.fixed,
            why=[say_reason(reason, names) for reason in because[unit.ref]],
        )
        for unit in task.units
        if unit.ref in outcome.spots
    ]


def _offered(event: Event, ref: str) -> list[tuple[str, str]]:
    """Return the free booths with what each would break, the good ones first."""
    task = queries.task_for(event)
    ground = survey(task)
    unit = next((unit for unit in task.units if ref in unit.ref.split(JOINT)), None)
    others = {code for other in task.units if other is not unit for code in other.fixed}
    rows = []
    for place in task.places:
        if place.code in others:
            continue
        found = breaks_alone(unit, (place.code,), ground) if unit else ()
        odd = [_(words) for demand, words in ODD.items() if demand in found]
        if unit and overloads(unit, place.code, task, ground):
            odd.append(_("too little power"))
        rows.append((bool(odd), place.code, f"{place.code} · {_(', ').join(odd) or _('fits')}"))
    return [(code, label) for _odd, code, label in sorted(rows)]


def _listed(form: AssignForm) -> str:
    return _(", ").join(form.booths.data or [])
