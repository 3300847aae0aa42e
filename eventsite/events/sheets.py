"""The lists of the event's places and people as files."""

from typing import Any

from eventsite.events.enums import FACILITY_KINDS, ORGANIZATION_ROLES, ZONE_KINDS
from eventsite.kernel.boxes import metres
from eventsite.kernel.words import N_
from eventsite.web.language import pick, pick_list, word
from eventsite.web.tables import Table, TableColumn


def _roles(row: Any) -> list[str]:
    return [word(ORGANIZATION_ROLES, role) for role in row.roles]


ZONES = Table(
    N_("Zones"),
    (
        TableColumn(N_("Code"), "code"),
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Kind"), "kind", ZONE_KINDS),
        TableColumn(N_("Capacity"), "capacity"),
        TableColumn(N_("Grid"), "grid_code"),
        TableColumn(N_("Highlights"), "highlights_zh"),
        TableColumn(N_("Colour"), "color"),
    ),
)
STAGES = Table(
    N_("Stages"),
    (
        TableColumn(N_("Code"), "code"),
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Audience"), "audience_capacity"),
        TableColumn(N_("Roof"), "covered"),
    ),
)
FACILITIES = Table(
    N_("Facilities"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Kind"), "kind", FACILITY_KINDS),
        TableColumn(N_("From the left (m)"), lambda row: metres(row.x)),
        TableColumn(N_("From the top (m)"), lambda row: metres(row.y)),
    ),
)
DELEGATIONS = Table(
    N_("Delegations"),
    (
        TableColumn(N_("City"), lambda row: pick(row, "city")),
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Highlights"), lambda row: pick_list(row, "highlights")),
        TableColumn(N_("People"), "headcount"),
        TableColumn(N_("Contact"), lambda row: pick(row, "contact_post")),
    ),
)
ORGANIZATIONS = Table(
    N_("Organizations"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Short name"), "short_zh"),
        TableColumn(N_("Roles"), _roles),
    ),
)
