"""The team's lists of the help desk: notices, questions, posts, tickets and footfall."""

from functools import partial
from typing import Any

from flask import Blueprint

from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.helpdesk import queries, sheets
from eventsite.helpdesk.enums import (
    COUNT_METHODS,
    NOTICE_LEVELS,
    PRIORITIES,
    TICKET_CATEGORIES,
    TICKET_STATUSES,
)
from eventsite.helpdesk.permissions import HelpdeskPermission
from eventsite.web.access import requires
from eventsite.web.language import word
from eventsite.web.lists import list_page, render_list, searched

blueprint = Blueprint("helpdesk_admin", __name__, url_prefix="/admin/e/<slug:event>/helpdesk")

for name, known in (
    ("notice_level", NOTICE_LEVELS),
    ("ticket_category", TICKET_CATEGORIES),
    ("ticket_status", TICKET_STATUSES),
    ("priority", PRIORITIES),
    ("count_method", COUNT_METHODS),
):
    blueprint.add_app_template_filter(partial(word, known), name)


@list_page(blueprint, "/notices")
@requires(HelpdeskPermission.SEE_NOTICES)
def notices(event: Event) -> Any:
    """List the notices, those to come included."""
    return render_list(
        "helpdesk/admin/notices.html", searched(queries.list_all_notices(event)), table=sheets.NOTICES
    )


@list_page(blueprint, "/questions")
@requires(HelpdeskPermission.SEE_NOTICES)
def questions(event: Event) -> Any:
    """List the frequent questions with their answers."""
    return render_list(
        "helpdesk/admin/questions.html", searched(queries.list_faq(event)), table=sheets.QUESTIONS
    )


@list_page(blueprint, "/tickets")
@requires(HelpdeskPermission.SEE_SERVICE)
def tickets(event: Event) -> Any:
    """List the tickets, the newest first."""
    return render_list(
        "helpdesk/admin/tickets.html", searched(queries.list_tickets(event)), table=sheets.TICKETS
    )


@list_page(blueprint, "/posts")
@requires(HelpdeskPermission.SEE_SERVICE)
def posts(event: Event) -> Any:
    """List the posts and their shifts."""
    return render_list("helpdesk/admin/posts.html", searched(queries.list_posts(event)), table=sheets.POSTS)


@list_page(blueprint, "/footfall")
@requires(HelpdeskPermission.SEE_SERVICE)
def footfall(event: Event) -> Any:
    """List the footfall counts by zone, the latest first."""
    counts = queries.list_observations(event)
    return render_list(
        "helpdesk/admin/footfall.html", searched(counts), zones=list_zones(event), table=sheets.FOOTFALL
    )
