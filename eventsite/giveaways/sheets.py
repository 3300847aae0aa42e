"""The lists of giveaways as files."""

from typing import Any

from eventsite.giveaways.enums import ELIGIBILITY_WORDS
from eventsite.kernel.words import N_
from eventsite.web.tables import Page, Table, TableColumn


def _releases(row: Any, page: Page) -> list[str]:
    zone = page["event"].zone
    return [f"{slot.releases_at.astimezone(zone):%m-%d %H:%M} × {slot.quantity}" for slot in row.slots]


GIVEAWAYS = Table(
    N_("Giveaways"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("For whom"), "eligibility", ELIGIBILITY_WORDS),
        TableColumn(N_("Stamps needed"), "stamps_required"),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Booth"), "booth.code"),
        TableColumn(N_("Stock"), "stock_total"),
        TableColumn(N_("Unit"), "unit_zh"),
        TableColumn(N_("Warn at"), "low_stock_at"),
        TableColumn(N_("Each"), "limit_per_visitor"),
        TableColumn(
            N_("Counted"), "limit_scope", {"per_day": N_("each day"), "per_event": N_("over the fair")}
        ),
        TableColumn(N_("Timed releases"), from_page=_releases),
        TableColumn(N_("Allergens"), "allergen_note_zh"),
    ),
)
