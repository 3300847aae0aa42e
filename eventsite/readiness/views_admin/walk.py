"""The walk round of a zone on a phone: booth by booth, in the order of walking."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from eventsite.events.core import phase_at
from eventsite.events.enums import Phase
from eventsite.events.models import Event
from eventsite.events.queries import get_zone, list_zones, open_days
from eventsite.kernel import clock
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.market.permissions import booth_thing, zone_thing
from eventsite.readiness import queries
from eventsite.readiness.core import walking_order
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.readiness.queries import BoothReadiness
from eventsite.readiness.views_admin import blueprint
from eventsite.readiness.views_admin.scopes import zone_scopes
from eventsite.web.access import may, requires


@blueprint.get("/zones")
@requires(ReadinessPermission.SEE_READINESS)
def zones(event: Event) -> Redirect | str:
    """Lead to the reader's only zone, or let them choose one."""
    own = [zone for zone in list_zones(event) if may(ReadinessPermission.EDIT_CHECKS, zone_thing(zone))]
    if len(own) == 1:
        return redirect(url_for(".walk", event=event.slug, zone=own[0].code))
    return render_template("readiness/admin/zones.html", zones=own or list_zones(event))


@blueprint.get("/zones/<code:zone>")
@requires(ReadinessPermission.SEE_READINESS, scopes=zone_scopes)
def walk(event: Event, zone: str) -> str:
    """List the booths of a zone in the order of walking."""
    shown, rows = get_zone(event, zone), _round(event, zone)
    return render_template(
        "readiness/admin/walk.html",
        zone=shown,
        rows=rows,
        start=next((row.booth.code for row in rows if row.missing), rows[0].booth.code if rows else ""),
        may_tick=may(ReadinessPermission.EDIT_CHECKS, zone_thing(shown)),
    )


@blueprint.get("/zones/<code:zone>/<code:code>")
@requires(ReadinessPermission.SEE_READINESS, scopes=zone_scopes)
def walk_booth(event: Event, zone: str, code: str) -> str:
    """Show one booth of the walk round with its big buttons, and the way to the next."""
    shown, rows = get_zone(event, zone), _round(event, zone)
    codes = [row.booth.code for row in rows]
    if code not in codes:
        raise NotFound(N_("There is no booth “%(code)s” here."), code=code)
    place = codes.index(code)
    row = rows[place]
    return render_template(
        "readiness/admin/walk_booth.html",
        zone=shown,
        row=row,
        booth=row.booth,
        file=queries.booth_file(event, row.booth),
        faults=queries.list_faults_of([row.booth]),
        number=place + 1,
        every=len(rows),
        over=phase_at(open_days(event), clock.now()) is Phase.OVER,
        before=codes[place - 1] if place else None,
        after=codes[place + 1] if place + 1 < len(codes) else None,
        may_tick=may(ReadinessPermission.EDIT_CHECKS, booth_thing(row.booth)),
        may_file=may(ReadinessPermission.EDIT_BOOTH_PAPERS, booth_thing(row.booth)),
    )


def _round(event: Event, zone: str) -> list[BoothReadiness]:
    rows = {row.booth.code: row for row in queries.readiness_of(event) if row.booth.zone.code == zone}
    return [rows[code] for code in walking_order([(code, row.booth.box) for code, row in rows.items()])]
