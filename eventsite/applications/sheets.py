"""The list of applications as a file: each reader's own matters, and no way to reach anybody."""

from typing import Any

from eventsite.applications.enums import STATUS_WORDS, Matter
from eventsite.kernel.words import N_
from eventsite.market.enums import CATEGORIES
from eventsite.web.tables import Page, Table, TableColumn

STATUSES = {status.value: words for status, words in STATUS_WORDS.items()}
PLAIN = (
    TableColumn(N_("Number"), "ref"),
    TableColumn(N_("Exhibitor (Chinese)"), "unit_zh"),
    TableColumn(N_("Exhibitor (English)"), "unit_en"),
    TableColumn(N_("Status"), "status", STATUSES),
    TableColumn(N_("Category"), "category", CATEGORIES),
    TableColumn(N_("City"), "delegation.city_zh"),
    TableColumn(N_("Zone"), "zone.code"),
    TableColumn(N_("Booth"), "booth.code"),
    TableColumn(N_("Received"), "submitted_at"),
)
OF_MATTER: dict[Matter, tuple[TableColumn, ...]] = {
    Matter.BOOTH: (
        TableColumn(N_("Products"), "products_zh"),
        TableColumn(N_("Booths wished for"), "wishes"),
        TableColumn(N_("Places"), "places"),
    ),
    Matter.POWER: (
        TableColumn(N_("Power (kW)"), "power_kw"),
        TableColumn(N_("Appliances"), "appliances_zh"),
    ),
    Matter.FIRE: (
        TableColumn(N_("Needs water"), "needs_water"),
        TableColumn(N_("Open flame"), "open_flame"),
    ),
    Matter.FOOD: (TableColumn(N_("Needs a food permit"), "food_required"),),
    Matter.STREET: (TableColumn(N_("Temporary street occupation"), "street_occupation"),),
    Matter.VEHICLES: (
        TableColumn(N_("Vehicle passes"), "vehicle_passes"),
        TableColumn(N_("Staff passes"), "staff_passes"),
    ),
    Matter.INSURANCE: (TableColumn(N_("Insured"), "insured"),),
}


def _columns(page: Page) -> list[TableColumn]:
    """Return what the reader may see; a reviewer's are the own matters."""
    seen: Any = page["seen"]
    own = (columns for matter, columns in OF_MATTER.items() if seen.whole or matter in seen.matters)
    return [*PLAIN, *(column for columns in own for column in columns)]


APPLICATIONS = Table(N_("Applications"), _columns)
