"""The lists of the help desk as files."""

from functools import partial
from typing import Any

from flask import current_app

from eventsite.helpdesk.enums import (
    COUNT_METHODS,
    NOTICE_LEVELS,
    PRIORITIES,
    TICKET_CATEGORIES,
    TICKET_STATUSES,
)
from eventsite.kernel.words import N_
from eventsite.web.tables import Page, Table, TableColumn

NOTICES = Table(
    N_("Notices"),
    (
        TableColumn(N_("Title of the notice (Chinese)"), "title_zh"),
        TableColumn(N_("Title of the notice (English)"), "title_en"),
        TableColumn(N_("Level"), "level", NOTICE_LEVELS),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Published at"), "published_at"),
        TableColumn(N_("Text"), "body_zh"),
    ),
)
QUESTIONS = Table(
    N_("Answers"),
    (
        TableColumn(N_("Question (Chinese)"), "question_zh"),
        TableColumn(N_("Question (English)"), "question_en"),
        TableColumn(N_("Answer (Chinese)"), "answer_zh"),
        TableColumn(N_("Answer (English)"), "answer_en"),
        TableColumn(N_("Keywords"), "tags"),
    ),
)
TICKETS = Table(
    N_("Tickets"),
    (
        TableColumn(N_("Request (Chinese)"), "description_zh"),
        TableColumn(N_("Request (English)"), "description_en"),
        TableColumn(N_("Status"), "status", TICKET_STATUSES),
        TableColumn(N_("Kind"), "category", TICKET_CATEGORIES),
        TableColumn(N_("Priority"), "priority", PRIORITIES),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Post"), "post.name_zh"),
        TableColumn(N_("Opened"), "opened_at"),
        TableColumn(N_("Accepted at"), "accepted_at"),
        TableColumn(N_("Settled"), "resolved_at"),
        TableColumn(N_("Rating"), "rating"),
    ),
)


def _team(row: Any) -> str:
    """Return a team as the page says it: who knows the teams stands above this room."""
    said: str = current_app.jinja_env.filters["team"](row.team)
    return said


POSTS = Table(
    N_("Posts"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Team"), _team),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("People"), "headcount"),
        TableColumn(N_("Shifts"), "shifts"),
    ),
)


def _counted(ref: str, row: Any) -> int | None:
    found: int | None = row.by_zone.get(ref)
    return found


def _footfall(page: Page) -> list[TableColumn]:
    """Return a column for each zone of the event."""
    zones = [TableColumn(zone.code, partial(_counted, zone.ref)) for zone in page["zones"]]
    return [
        TableColumn(N_("Date"), "date"),
        TableColumn(N_("Time"), "time"),
        *zones,
        TableColumn(N_("Total"), lambda row: sum(row.by_zone.values())),
        TableColumn(N_("How"), "method", COUNT_METHODS),
    ]


FOOTFALL = Table(N_("Footfall"), _footfall)
