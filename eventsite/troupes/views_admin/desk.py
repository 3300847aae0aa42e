"""The list of troupes, and the page of one: its slots, its link, what it reported."""

from collections import Counter
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsite.accounts.core import Thing
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.programme.core.changes import read_changes
from eventsite.programme.models import Troupe
from eventsite.programme.queries import current_release, get_troupe
from eventsite.programme.queries.live import list_stage_messages
from eventsite.troupes import operations, queries, sheets
from eventsite.troupes.core.slots import masked
from eventsite.troupes.enums import SLOT_WORDS, STATE_WORDS, VERDICT_WORDS, TroupeState
from eventsite.troupes.forms import AnswerForm, ContactForm
from eventsite.troupes.permissions import TroupePermission, troupe_thing
from eventsite.troupes.queries import Standing
from eventsite.troupes.views_admin import blueprint
from eventsite.troupes.views_public.doors import link_of, private, sealer
from eventsite.web.access import current_actor, may, requires
from eventsite.web.forms import AdminForm
from eventsite.web.history import tell
from eventsite.web.links import absolute, is_loopback, short
from eventsite.web.lists import list_page, render_list, searched


def troupe_scopes(event: Event, ref: str, **_more: object) -> frozenset[str]:
    """Return what the troupe of an address lies in, for `@requires`."""
    return troupe_thing(get_troupe(event, ref)).scopes


def visible(event: Event) -> list[Standing]:
    """Return the troupes that the reader may see, with how they stand."""
    return [
        row
        for row in queries.list_standings(event)
        if may(TroupePermission.SEE_TROUPE, troupe_thing(row.troupe))
    ]


@list_page(blueprint, "/troupes")
@requires(TroupePermission.SEE_TROUPES)
def troupes(event: Event) -> Any:
    """List the troupes with how they stand; `?state=` narrows it."""
    rows, asked = visible(event), request.args.get("state", "")
    counts = Counter(row.state for row in rows)
    seen = {row.troupe.id for row in rows}
    return render_list(
        "troupes/admin/troupes.html",
        searched(row for row in rows if asked in ("", row.state.value)),
        table=sheets.TROUPES,
        state=asked,
        counts=counts,
        all_rows=len(rows),
        words={state: _(said) for state, said in STATE_WORDS.items()},
        view=current_release(event),
        problems=[pair for pair in queries.list_open_problems(event) if pair[1].id in seen],
        proposals=[pair for pair in queries.list_waiting_proposals(event) if pair[1].id in seen],
        drafts=len(queries.list_drafts(event)),
        linked=sum(row.access is not None and row.access.body is not None for row in rows),
        may_send=_may(event, TroupePermission.SEND_NOTICES),
        may_read=_may(event, TroupePermission.SEE_NOTICES),
        loopback=is_loopback(),
    )


@blueprint.post("/troupes/links")
@requires(TroupePermission.SEND_NOTICES)
def issue_links(event: Event) -> Response:
    """Give each troupe a link that has none."""
    form = AdminForm()

    def act() -> int:
        return operations.issue_missing(current_actor(), event, sealer=sealer(), now=clock.now())

    if form.saves(act):
        flash(ngettext("%(num)s link issued.", "%(num)s links issued.", form.answer), "ok")
    return redirect(url_for(".troupes", event=event.slug), 303)


@blueprint.get("/troupes/<ref>")
@requires(TroupePermission.SEE_TROUPE, scopes=troupe_scopes)
def troupe(event: Event, ref: str) -> Response:
    """Show how a troupe stands, and what can be done for it."""
    return _page(event, get_troupe(event, ref))


@blueprint.post("/troupes/<ref>/link")
@requires(TroupePermission.EDIT_TROUPE, scopes=troupe_scopes)
def issue(event: Event, ref: str) -> Response:
    """Issue a new private link; the one before is void."""
    AdminForm().presses(
        lambda: operations.issue_link(current_actor(), event, ref, sealer=sealer(), now=clock.now()),
        _("The link is issued. One that the troupe had is void."),
    )
    return _back(event, ref)


@blueprint.post("/troupes/<ref>/revoke")
@requires(TroupePermission.EDIT_TROUPE, scopes=troupe_scopes)
def revoke(event: Event, ref: str) -> Response:
    """Make the private link void."""
    AdminForm().presses(
        lambda: operations.revoke_link(current_actor(), event, ref), _("The link opens nothing any more.")
    )
    return _back(event, ref)


@blueprint.post("/troupes/<ref>/contact")
@requires(TroupePermission.EDIT_TROUPE, scopes=troupe_scopes)
def contact(event: Event, ref: str) -> Response:
    """Say where the troupe gets its mail."""
    form, now = ContactForm(), clock.now()
    given, actor = form.email.data or "", current_actor()
    if form.saves(lambda: operations.set_contact(actor, event, ref, given, sealer=sealer(), now=now)):
        flash(_("The e-mail is saved.") if given else _("The e-mail is forgotten."), "ok")
        return _back(event, ref)
    return _page(event, get_troupe(event, ref), contact_form=form)


@blueprint.post("/troupes/<ref>/problems/<int:number>/answer")
@requires(TroupePermission.ANSWER_TROUPE, scopes=troupe_scopes)
def answer(event: Event, ref: str, number: int) -> Response:
    """Answer what the troupe reported."""
    form = AnswerForm(prefix=f"p{number}")
    form.presses(
        lambda: operations.answer_problem(
            current_actor(), event, ref, number, text=form.text.data or "", now=clock.now()
        ),
        _("The answer is on the troupe's page."),
    )
    return _back(event, ref)


@blueprint.post("/troupes/<ref>/times/<int:number>/<any(accept, decline):verdict>")
@requires(TroupePermission.SEND_NOTICES, scopes=troupe_scopes)
def decide(event: Event, ref: str, number: int, verdict: str) -> Response:
    """Take over, or decline, when the troupe cannot perform."""
    accept = verdict == "accept"
    AdminForm().presses(
        lambda: operations.decide_proposal(
            current_actor(), event, ref, number, accept=accept, now=clock.now()
        ),
        _("The draft knows now when this troupe cannot perform.") if accept else _("Declined."),
    )
    return _back(event, ref)


def _page(event: Event, found: Troupe, *, contact_form: ContactForm | None = None) -> Response:
    standing, view = queries.read_standing(event, found), current_release(event)
    thing = troupe_thing(found)
    may_edit = may(TroupePermission.EDIT_TROUPE, thing) and not event.is_archived
    link = link_of(standing.access) if may_edit else ""
    email = queries.email_of(standing.access, sealer())
    code = standing.access.typed_code if standing.access else None
    page = render_template(
        "troupes/admin/troupe.html",
        standing=standing,
        troupe=found,
        view=view,
        places=view.programme.places if view else {},
        state_words={state: _(said) for state, said in STATE_WORDS.items()},
        slot_words={state: _(said) for state, said in SLOT_WORDS.items()},
        verdict_words={verdict: _(said) for verdict, said in VERDICT_WORDS.items()},
        link=link,
        typed=short(absolute("typed.follow", code=code)) if code and link else "",
        email=masked(email) if email else "",
        erase_on=queries.erase_day(event),
        contact_form=contact_form or ContactForm(formdata=None, data={"email": email if may_edit else ""}),
        problems=[
            (row, AnswerForm(prefix=f"p{row.id}", formdata=None)) for row in queries.list_problems(found)
        ],
        proposals=queries.list_proposals(found),
        windows=queries.list_windows(found),
        messages=list_stage_messages(event, found),
        notices=[(notice, read_changes(notice.changes)) for notice in queries.list_told(found)],
        known={slot.item.ref: slot.item for slot in standing.slots},
        history=tell(history_of(event.id, f"troupe:{found.id}"), labels={}),
        may_edit=may_edit,
        may_answer=may(TroupePermission.ANSWER_TROUPE, thing) and not event.is_archived,
        may_decide=_may(event, TroupePermission.SEND_NOTICES) and not event.is_archived,
        problem_state=TroupeState.PROBLEM,
    )
    return private(page, contact_form.http_status if contact_form else 200)


def _may(event: Event, permission: TroupePermission) -> bool:
    return may(permission, Thing(event_id=event.id))


def _back(event: Event, ref: str) -> Response:
    return redirect(url_for(".troupe", event=event.slug, ref=ref), 303)
