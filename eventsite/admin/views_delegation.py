"""A delegation's pack: all that its lead looks after, on one page, one print-out and in one file."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.admin.packs import Pack, read_pack
from eventsite.events.models import Delegation, Event
from eventsite.events.queries import get_delegation, list_delegations
from eventsite.kernel.words import N_
from eventsite.market.permissions import MarketPermission
from eventsite.programme.core.values import Item
from eventsite.programme.enums import STATES
from eventsite.readiness.core import masked
from eventsite.readiness.enums import CERTIFICATE_WORDS, SLOT_WORDS
from eventsite.readiness.forms import slot_words
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.readiness.views_admin.words import last_day, say_missing
from eventsite.web.access import may, requires
from eventsite.web.language import pick
from eventsite.web.tables import Table, TableColumn, table_file
from eventsite.web.templating import day_words

blueprint = Blueprint("delegations_admin", __name__, url_prefix="/admin/e/<slug:event>/delegations")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the pack as a file."""

    section: str
    what: str
    detail: str
    state: str = ""


TABLE = Table(
    title=N_("Delegation pack"),
    columns=(
        TableColumn(N_("Section"), "section"),
        TableColumn(N_("What"), "what"),
        TableColumn(N_("Details"), "detail"),
        TableColumn(N_("State"), "state"),
    ),
)


def delegation_thing(delegation: Delegation) -> Thing:
    """Return a delegation as a thing that rights are asked about."""
    return Thing(event_id=delegation.event_id, scopes=frozenset({f"delegation:{delegation.ref}"}))


def pack_scopes(event: Event, ref: str, **_more: object) -> frozenset[str]:
    """Return what the delegation of an address lies in."""
    return delegation_thing(get_delegation(event, ref)).scopes


@blueprint.get("/packs")
@requires(ReadinessPermission.SEE_PACKS)
def packs(event: Event) -> str | Redirect:
    """List the delegations whose pack the reader may open; who has one goes straight there."""
    own = [
        delegation
        for delegation in list_delegations(event)
        if may(ReadinessPermission.SEE_PACK, delegation_thing(delegation))
    ]
    if len(own) == 1:
        return redirect(url_for(".pack", event=event.slug, ref=own[0].ref))
    return render_template("admin/delegations.html", delegations=own)


@blueprint.get("/<ref>/pack")
@requires(ReadinessPermission.SEE_PACK, scopes=pack_scopes)
def pack(event: Event, ref: str) -> str:
    """Show the pack of a delegation; the same page is its print-out."""
    delegation = get_delegation(event, ref)
    thing = delegation_thing(delegation)
    return render_template(
        "admin/delegation.html",
        pack=read_pack(event, delegation),
        delegation=delegation,
        last=last_day(event),
        may_file=may(ReadinessPermission.EDIT_BOOTH_PAPERS, thing),
        may_issue=may(ReadinessPermission.EDIT_PASSES, thing),
        may_edit=may(MarketPermission.EDIT_BOOTH, thing),
    )


@blueprint.get("/<ref>/pack.<any(xlsx, csv):ending>")
@requires(ReadinessPermission.SEE_PACK, scopes=pack_scopes)
def pack_file(event: Event, ref: str, ending: str) -> Response:
    """Return the pack as a file for spreadsheets."""
    read = read_pack(event, get_delegation(event, ref))
    return table_file(TABLE, list(_lines(read)), ending=ending, event=event, page={})


def _lines(pack: Pack) -> Iterator[Line]:
    for state in pack.states:
        booth = state.booth
        for missing in state.missing:
            yield Line(section=_("Open tasks"), what=booth.code, detail=say_missing(missing))
    for fault in pack.faults:
        where = fault.booth.code if fault.booth else fault.zone.code
        yield Line(section=_("Open tasks"), what=where, detail=fault.words_zh, state=_("Fault"))
    for state in pack.states:
        booth = state.booth
        detail = f"{state.power_kw:g} kW {_(', ').join(booth.appliances_zh)}".strip()
        ready = _("Ready") if state.is_ready else _("Not ready")
        yield Line(
            section=_("Booths"), what=f"{booth.code} {pick(booth, 'name')}", detail=detail, state=ready
        )
    for row in pack.floats:
        detail = f"{row.length_m:g} × {row.width_m:g} × {row.height_m:g} m, {row.entry_time:%H:%M}"
        yield Line(section=_("Floats"), what=pick(row, "name"), detail=detail, state=row.booth.code)
    for act in pack.acts:
        start = act.item.slot.start.astimezone(pack.zone)
        detail = f"{day_words(start)} {start:%H:%M} {act.place.code}"
        yield Line(section=_("Acts"), what=pick(act.item, "title"), detail=detail, state=_standing(act.item))
    yield from _papers(pack)


def _standing(item: Item) -> str:
    """Return what became of an act, empty while it is as it was released."""
    if item.is_cancelled:
        return _(STATES[item.status])
    late = item.late_minutes
    return ngettext("%(num)s min late", "%(num)s min late", late) if late > 0 else ""


def _papers(pack: Pack) -> Iterator[Line]:
    for section, passes in ((_("People on site"), pack.staff), (_("Vehicles"), pack.vehicles)):
        for one in passes:
            holder = one.booth.code if one.booth else pick(pack.delegation, "city")
            yield Line(
                section=section,
                what=f"{holder}-{one.number}",
                detail=" ".join(filter(None, (one.label, masked(one.plate)))),
                state=_("inside") if one.inside else "",
            )
    for gift in pack.giveaways:
        detail = f"{gift.stock_total} {gift.unit_zh}"
        yield Line(section=_("Giveaways"), what=pick(gift, "name"), detail=detail, state=gift.booth.code)
    for paper in pack.certificates:
        until = paper.expires_on.isoformat() if paper.expires_on else ""
        checked = _("in order") if paper.checked_at else _("to be checked")
        what = f"{paper.booth.code} {_(CERTIFICATE_WORDS[paper.kind])}"
        yield Line(section=_("Certificates"), what=what, detail=until, state=checked)
    for booking in pack.bookings:
        what = f"{booking.booth.code} {_(SLOT_WORDS[booking.kind])}"
        yield Line(section=_("Time slots"), what=what, detail=slot_words(booking.slot))
