"""The review desk: who has applied, and what each office says."""

from flask import Blueprint

from eventsite.applications import queries
from eventsite.applications.permissions import ApplicationPermission
from eventsite.events.models import Event
from eventsite.web.access import requires
from eventsite.web.lists import render_list, searched

blueprint = Blueprint("applications_admin", __name__, url_prefix="/admin/e/<slug:event>/applications")


@blueprint.get("/")
@requires(ApplicationPermission.SEE_APPLICATIONS)
def applications(event: Event) -> str:
    """List the applications."""
    return render_list("applications/admin/list.html", searched(queries.list_applications(event)))
