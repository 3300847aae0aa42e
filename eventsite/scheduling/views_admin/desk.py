"""Asking for a timetable, looking at what was found, and taking it into the draft."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import list_stages
from eventsite.kernel import clock as site_clock
from eventsite.scheduling import queries
from eventsite.scheduling.core.judging import tally
from eventsite.scheduling.core.packing import unpack_outcome, unpack_request, unpack_task
from eventsite.scheduling.enums import OPEN, PROPOSAL_WORDS
from eventsite.scheduling.forms import ProposeForm, TakeForm
from eventsite.scheduling.models import ScheduleProposal
from eventsite.scheduling.operations import proposals as operations
from eventsite.scheduling.permissions import SchedulingPermission
from eventsite.scheduling.views_admin import blueprint
from eventsite.scheduling.views_admin.clock import Clock
from eventsite.scheduling.views_admin.rows import drawings, stage_lines, title_of
from eventsite.scheduling.views_admin.sentences import say_way
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm
from eventsite.web.history import tell

Answer = tuple[str, int] | Redirect


@blueprint.get("/")
@requires(SchedulingPermission.SEE_TIMETABLES)
def overview(event: Event) -> str:
    """Show what waits for a place, the rules for a proposal, and how far proposals have come."""
    return _overview(event, ProposeForm(offered=list_stages(event)))


@blueprint.post("/propose")
@requires(SchedulingPermission.PROPOSE_TIMETABLE)
def propose(event: Event) -> Answer:
    """Ask the site for a timetable; the job process works it out."""
    form = ProposeForm(offered=list_stages(event))
    if form.saves(lambda: operations.ask_proposal(current_actor(), event, form.asked, now=site_clock.now())):
        return redirect(url_for(".proposal", event=event.slug, number=form.answer.id), 303)
    return _overview(event, form), form.http_status


@blueprint.get("/proposals/<int:number>")
@requires(SchedulingPermission.SEE_TIMETABLES)
def proposal(event: Event, number: int) -> str:
    """Show a proposal: what would be when and where, what is left out and why, how good it is."""
    return _proposal_page(event, queries.get_proposal(event, number), AdminForm())


@blueprint.post("/proposals/<int:number>/take")
@requires(SchedulingPermission.PROPOSE_TIMETABLE)
def take(event: Event, number: int) -> Answer:
    """Put all or the ticked items of a proposal into the draft."""
    form = TakeForm()
    if form.saves(lambda: operations.take_proposal(current_actor(), event, number, chosen=form.chosen)):
        flash(ngettext("%(num)s item is in the draft.", "%(num)s items are in the draft.", form.answer), "ok")
        return redirect(url_for(".proposal", event=event.slug, number=number), 303)
    return _proposal_page(event, queries.get_proposal(event, number), form), form.http_status


@blueprint.post("/proposals/<int:number>/<any('undo', 'discard', 'cancel'):button>")
@requires(SchedulingPermission.PROPOSE_TIMETABLE)
def push(event: Event, number: int, button: str) -> Answer:
    """Do one of the acts that are a button alone."""
    form, actor = AdminForm(), current_actor()
    acts = {
        "undo": (operations.undo_proposal, _("The items are back where they were.")),
        "discard": (operations.discard_proposal, _("The proposal is put away.")),
        "cancel": (operations.cancel_proposal, _("The proposal is called off.")),
    }
    act, done = acts[button]
    if form.saves(lambda: act(actor, event, number)):
        flash(done, "ok")
        return redirect(url_for(".proposal", event=event.slug, number=number), 303)
    return _proposal_page(event, queries.get_proposal(event, number), form), form.http_status


def _overview(event: Event, form: ProposeForm) -> str:
    return render_template(
        "scheduling/admin/overview.html",
        waiting=queries.list_placeable(event),
        left_alone=queries.list_left_alone(event),
        proposals=queries.list_proposals(event)[:10],
        form=form,
        words={status: _(words) for status, words in PROPOSAL_WORDS.items()},
        may_propose=may(SchedulingPermission.PROPOSE_TIMETABLE, Thing(event_id=event.id)),
    )


def _proposal_page(event: Event, shown: ScheduleProposal, form: AdminForm) -> str:
    names = queries.names_of(event)
    clock = Clock(queries.origin_of(event), event.zone)
    task = unpack_task(shown.task)
    outcome = unpack_outcome(shown.outcome) if shown.outcome else None
    return render_template(
        "scheduling/admin/proposal.html",
        proposal=shown,
        asked=unpack_request(shown.request),
        outcome=outcome,
        count=sum(act.free for act in task.acts),
        tally=tally(task, outcome.spots) if outcome else None,
        stages=stage_lines(task, outcome, names, clock) if outcome else [],
        drawings=drawings(task, outcome, names, clock) if outcome else [],
        left=[
            (
                " + ".join(title_of(ref, names) for ref in left.refs),
                [say_way(way, names, clock) for way in left.ways],
            )
            for left in (outcome.left if outcome else ())
        ],
        chosen=getattr(form, "chosen", None),
        words=_(PROPOSAL_WORDS[shown.status]),
        under_way=shown.status in OPEN,
        form=form,
        may_propose=may(SchedulingPermission.PROPOSE_TIMETABLE, Thing(event_id=event.id)),
        history=tell(history_of(event.id, f"schedule_proposal:{shown.id}"), labels={}),
    )
