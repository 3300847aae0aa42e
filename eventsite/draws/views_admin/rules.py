"""Writing the rules of a draw."""

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.draws import queries
from eventsite.draws.core.terms import Terms
from eventsite.draws.forms import terms_form
from eventsite.draws.models import Draw
from eventsite.draws.operations import save_terms
from eventsite.draws.permissions import DrawsPermission
from eventsite.draws.views_admin import blueprint
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_
from eventsite.web.access import current_actor, requires


@blueprint.route("/<ref>/rules", methods=["GET", "POST"])
@requires(DrawsPermission.EDIT_RULES)
def edit_rules(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Write the rules; what the event's records cannot say is proposed in words."""
    draw = queries.get_draw(event, ref)
    if draw.rules is not None:
        raise Conflict(N_("The rules are published and cannot be changed."))
    form = terms_form(terms=_proposed(event, draw))
    form.version.data = form.version.data or str(draw.version)
    actor = current_actor()
    if form.saves(lambda: save_terms(actor, event, ref, form.terms, version=form.read_at)):
        flash(_("The rules are saved. Read them once more, then publish them."), "ok")
        return redirect(url_for("draws_admin.draw", event=event.slug, ref=ref), 303)
    return render_template("draws/admin/rules.html", form=form, draw=draw), form.http_status


def _proposed(event: Event, draw: Draw) -> Terms:
    """Return the saved terms; before the first save, with words for what no record of the event holds."""
    terms = queries.terms_of(event, draw)
    if draw.terms is not None:
        return terms
    name, number = draw.raffle.name_zh, draw.number
    return replace(
        terms,
        title=_("%(raffle)s, draw %(number)s", raffle=name, number=number)
        if len(draw.raffle.draws) > 1
        else name,
        who=_(
            "Visitors with at least %(stamps)s stamps. Staff, organizers and winners of earlier draws"
            " do not take part.",
            stamps=terms.stamps_required,
        ),
        claim_method=_("Show the prize code on the stamp card; staff check it and hand the prize over."),
    )
