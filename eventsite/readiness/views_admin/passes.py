"""Vehicle and staff passes: who has which, one of them with its code, and all of them on paper."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import get_delegation
from eventsite.kernel import clock
from eventsite.kernel.tokens import read_typed
from eventsite.kernel.words import N_
from eventsite.market.queries import get_booth
from eventsite.printing.cards import Fact, PassCard, Said, ZoneMark, pass_sheets
from eventsite.printing.codes import Code, Level
from eventsite.printing.typesetting import compile_pdf
from eventsite.readiness import operations, queries
from eventsite.readiness.core import masked
from eventsite.readiness.enums import PASS_WORDS, PassKind
from eventsite.readiness.forms import AccessForm, RevokeForm
from eventsite.readiness.models import AccessPass
from eventsite.readiness.permissions import ReadinessPermission, pass_thing
from eventsite.readiness.views_admin import blueprint
from eventsite.readiness.views_admin.scopes import booth_scopes, home_of, pass_scopes
from eventsite.readiness.views_public import token_of
from eventsite.web.access import current_actor, may, requires
from eventsite.web.downloads import download
from eventsite.web.forms import labels_of
from eventsite.web.history import tell
from eventsite.web.language import both, pick
from eventsite.web.links import absolute, short
from eventsite.web.lists import list_page, read_search, render_list, searched
from eventsite.web.qr import svg_response
from eventsite.web.tables import Table, TableColumn

KINDS = {kind.value: words for kind, words in PASS_WORDS.items()}
MOST_PRINTED = 500  # passes in one PDF
EARLY = timedelta(days=2)  # before the first day: for setting up
TABLE = Table(
    title=N_("Passes"),
    columns=(
        TableColumn(N_("Booth"), "booth.code"),
        TableColumn(N_("Delegation"), "delegation.city_zh"),
        TableColumn(N_("Kind"), "kind", KINDS),
        TableColumn(N_("No."), "number"),
        TableColumn(N_("Post or load"), "label"),
        TableColumn(N_("Number plate"), lambda row: masked(row.plate)),
        TableColumn(N_("Valid from"), "valid_from"),
        TableColumn(N_("Valid until"), "valid_until"),
        TableColumn(N_("Inside"), "inside"),
        TableColumn(N_("Withdrawn at"), "revoked_at"),
    ),
)


@list_page(blueprint, "/passes")
@requires(ReadinessPermission.SEE_PASSES)
def passes(event: Event) -> str:
    """List the passes, narrowed by `?q=`, `?kind=` and `?inside=1`; plates are masked."""
    chosen = _chosen()
    shown = _narrowed(event, chosen)
    mine = _own(shown)
    page: str = render_list(
        "readiness/admin/passes.html",
        shown,
        table=TABLE,
        chosen=chosen,
        kind_options=[(value, _(words)) for value, words in KINDS.items()],
        inside=sum(one.inside for one in shown),
        mine={one.id for one in mine},
        printable=sum(one.revoked_at is None for one in mine),
    )
    return page


@blueprint.get("/passes.pdf")
@requires(ReadinessPermission.SEE_PASSES)
def listed_passes_pdf(event: Event) -> Response | Redirect:
    """Print the passes of the list, narrowed alike: those in force that the reader may issue."""
    chosen = _chosen()
    listed = url_for(".passes", event=event.slug, q=read_search(), **chosen)
    return _print(event, _own(_narrowed(event, chosen)), title=_("Passes"), back=listed)


@blueprint.route("/booths/<code:code>/passes/new", methods=["GET", "POST"])
@requires(ReadinessPermission.EDIT_PASSES, scopes=booth_scopes)
def new_pass(event: Event, code: str) -> tuple[str, int] | Redirect:
    """Issue a pass to a booth."""
    shown, form = get_booth(event, code), AccessForm(window=window_of(event))
    if form.saves(lambda: operations.issue_pass(current_actor(), event, code, form.facts, now=clock.now())):
        flash(_("The pass is issued."), "ok")
        return redirect(home_of(event, shown), 303)
    page = render_template(
        "readiness/admin/new_pass.html",
        form=form,
        heading=_("New pass for booth %(code)s", code=code),
        left={kind.value: _left(event, code, kind) for kind in PassKind},
        back=home_of(event, shown),
    )
    return page, form.http_status


def delegation_scopes(event: Event, ref: str) -> frozenset[str]:
    """Return what the delegation of an address lies in."""
    return frozenset({f"delegation:{get_delegation(event, ref).ref}"})


@blueprint.route("/delegations/<ref>/passes/new", methods=["GET", "POST"])
@requires(ReadinessPermission.EDIT_PASSES, scopes=delegation_scopes)
def new_delegation_pass(event: Event, ref: str) -> tuple[str, int] | Redirect:
    """Issue a pass to a delegation as a whole."""
    delegation, form = get_delegation(event, ref), AccessForm(window=window_of(event))
    home = url_for("delegations_admin.pack", event=event.slug, ref=ref)
    if form.saves(
        lambda: operations.issue_delegation_pass(current_actor(), event, ref, form.facts, now=clock.now())
    ):
        flash(_("The pass is issued."), "ok")
        return redirect(home, 303)
    page = render_template(
        "readiness/admin/new_pass.html",
        form=form,
        heading=_("New pass for %(name)s", name=pick(delegation, "name")),
        left={},
        back=home,
    )
    return page, form.http_status


@blueprint.get("/passes/<int:number>")
@requires(ReadinessPermission.EDIT_PASSES, scopes=pass_scopes)
def access_pass(event: Event, number: int) -> str:
    """Show a pass with its code, where it went through, and its history."""
    return _page(event, queries.get_pass(event, number), RevokeForm(formdata=None))


@blueprint.post("/passes/<int:number>/revoke")
@requires(ReadinessPermission.EDIT_PASSES, scopes=pass_scopes)
def revoke_pass(event: Event, number: int) -> tuple[str, int] | Redirect:
    """Withdraw a pass, with a reason."""
    form = RevokeForm()
    if form.saves(
        lambda: operations.revoke_pass(
            current_actor(), event, number, reason=str(form.reason.data), now=clock.now()
        )
    ):
        flash(_("The pass is withdrawn."), "ok")
        return redirect(url_for(".access_pass", event=event.slug, number=number), 303)
    return _page(event, queries.get_pass(event, number), form), form.http_status


@blueprint.get("/passes/<int:number>/code.svg")
@requires(ReadinessPermission.EDIT_PASSES, scopes=pass_scopes)
def pass_code(event: Event, number: int) -> Response:
    """Draw the code of a pass."""
    return svg_response(absolute("gate.show", token=token_of(queries.get_pass(event, number))))


@blueprint.get("/booths/<code:code>/passes.pdf")
@requires(ReadinessPermission.EDIT_PASSES, scopes=booth_scopes)
def passes_pdf(event: Event, code: str) -> Response | Redirect:
    """Print the passes of a booth that are in force."""
    shown = get_booth(event, code)
    title = _("Passes of booth %(code)s", code=code)
    return _print(event, queries.list_passes(event, booth=shown), title=title, back=home_of(event, shown))


@blueprint.get("/delegations/<ref>/passes.pdf")
@requires(ReadinessPermission.EDIT_PASSES, scopes=delegation_scopes)
def delegation_passes_pdf(event: Event, ref: str) -> Response | Redirect:
    """Print the passes in force of a delegation: its own, and those of its booths."""
    holder = get_delegation(event, ref)
    own = [one for one in queries.list_passes(event) if one.delegation_id == holder.id]
    title = _("Passes of %(name)s", name=pick(holder, "name"))
    return _print(event, own, title=title, back=url_for("delegations_admin.pack", event=event.slug, ref=ref))


def _chosen() -> dict[str, Any]:
    return {name: request.args.get(name, "") for name in ("kind", "inside")}


def _narrowed(event: Event, chosen: Mapping[str, str]) -> list[AccessPass]:
    """Return the passes that the reader asks for; a typed code finds its pass only as a whole."""
    every, typed = queries.list_passes(event), read_typed(read_search())
    coded = [one for one in every if one.typed_code == typed]
    return [
        one
        for one in coded or searched(every)
        if chosen["kind"] in ("", one.kind.value) and (not chosen["inside"] or one.inside)
    ]


def _own(passes: Iterable[AccessPass]) -> list[AccessPass]:
    return [one for one in passes if may(ReadinessPermission.EDIT_PASSES, pass_thing(one))]


def _print(event: Event, passes: Iterable[AccessPass], *, title: str, back: str) -> Response | Redirect:
    """Return the passes in force as a PDF; where there is none or too many, lead back and say so."""
    cards = [card_of(event, one) for one in passes if not one.revoked_at]
    if not cards:
        flash(_("There is no pass to print here."), "warn")
        return redirect(back, 302)
    if len(cards) > MOST_PRINTED:
        flash(
            _("One PDF takes %(most)s passes. Narrow the list and print in parts.", most=MOST_PRINTED), "warn"
        )
        return redirect(back, 302)
    made = compile_pdf("passes", pass_sheets(cards, title=title))
    return download(made, name=f"{title}.pdf", mimetype="application/pdf")


def card_of(event: Event, found: AccessPass) -> PassCard:
    """Return a pass as it is printed."""
    booth, holder = found.booth, found.delegation
    if booth:
        named = Said(zh=booth.shown_zh, en=booth.shown_en)
    else:
        assert holder is not None
        named = Said(zh=holder.name_zh, en=holder.name_en)
    zone = booth.zone if booth else None
    until = found.valid_until.astimezone(event.zone)
    since = found.valid_from.astimezone(event.zone)
    return PassCard(
        vehicle=found.kind is PassKind.VEHICLE,
        title=Said(**both(PASS_WORDS[found.kind])),
        bearer=found.plate or found.label or _(PASS_WORDS[found.kind]),
        holder=named,
        zone=ZoneMark(
            code=zone.code if zone else "",
            zh=zone.name_zh if zone else "",
            en=zone.name_en if zone else "",
            color=zone.color if zone else "#6b5a5e",
        ),
        number=f"{booth.code if booth else (holder.city_zh if holder else '')}-{found.number}",
        facts=(
            Fact(
                label=Said(**both(N_("Valid"))),
                value=f"{since:%m-%d %H:%M} – {until:%m-%d %H:%M}",
            ),
        ),
        drawing=Code(absolute("gate.show", token=token_of(found)), Level.Q),
        address=short(absolute("typed.follow", code=found.typed_code)),
        demo="演示" in found.label,
    )


def window_of(event: Event) -> tuple[datetime, datetime]:
    """Return from when until when a pass is offered: two days before the fair to the night after it."""
    days = [day.date for day in event.days]
    first = days[0] if days else clock.now().astimezone(event.zone).date()
    last = days[-1] if days else first
    begin = datetime.combine(first - EARLY, time(6), event.zone)
    return begin, datetime.combine(last + timedelta(days=1), time(6), event.zone)


def _left(event: Event, code: str, kind: PassKind) -> int:
    booth = get_booth(event, code)
    allowed = booth.vehicle_passes if kind is PassKind.VEHICLE else booth.staff_passes
    return max(allowed - queries.count_passes(booth, kind), 0)


def _page(event: Event, shown: AccessPass, form: RevokeForm) -> str:
    return render_template(
        "readiness/admin/pass.html",
        shown=shown,
        form=form,
        typed=short(absolute("typed.follow", code=shown.typed_code)),
        token=token_of(shown),
        scans=queries.list_scans(shown),
        may_edit=may(ReadinessPermission.EDIT_PASSES, pass_thing(shown)),
        history=tell(
            history_of(event.id, f"access_pass:{shown.id}"),
            labels=labels_of(AccessForm) | {"number": _("No.")},
        ),
    )
