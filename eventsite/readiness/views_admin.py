"""The team's pages from placed to ready."""

from functools import partial

from flask import Blueprint

from eventsite.events.models import Event
from eventsite.readiness import queries
from eventsite.readiness.enums import PERMIT_STATUSES, PHASES, TEAMS
from eventsite.readiness.permissions import ReadinessPermission
from eventsite.web.access import requires
from eventsite.web.language import word
from eventsite.web.lists import render_list, searched

blueprint = Blueprint("readiness_admin", __name__, url_prefix="/admin/e/<slug:event>/readiness")

for name, known in (("permit_status", PERMIT_STATUSES), ("phase", PHASES), ("team", TEAMS)):
    blueprint.add_app_template_filter(partial(word, known), name)


@blueprint.get("/permits")
@requires(ReadinessPermission.SEE_DATES)
def permits(event: Event) -> str:
    """List the permits that authorities decide."""
    return render_list("readiness/admin/permits.html", searched(queries.list_permits(event)))


@blueprint.get("/milestones")
@requires(ReadinessPermission.SEE_DATES)
def milestones(event: Event) -> str:
    """List what has to be ready when."""
    first = event.days[0].date if event.days else None
    return render_list(
        "readiness/admin/milestones.html", searched(queries.list_milestones(event)), first=first
    )
