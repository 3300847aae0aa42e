"""Troupes, and when they can perform."""

from typing import Any

from eventsite.events.models import Event
from eventsite.programme import queries, sheets
from eventsite.programme.permissions import ProgrammePermission
from eventsite.programme.views_admin import blueprint
from eventsite.web.access import requires
from eventsite.web.lists import list_page, render_list, searched


@list_page(blueprint, "/troupes")
@requires(ProgrammePermission.SEE_DRAFT)
def troupes(event: Event) -> Any:
    """List the troupes."""
    return render_list(
        "programme/admin/troupes.html", searched(queries.list_troupes(event)), table=sheets.TROUPES
    )
