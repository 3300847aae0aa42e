"""Applications as a file, each reader's own matters and no contacts; and how exhibitors come back."""

from collections.abc import Sequence
from typing import Any

from eventsite.applications.enums import STATUS_WORDS, Matter
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_zones
from eventsite.kernel.words import N_
from eventsite.market.enums import CATEGORIES
from eventsite.sheets.columns import Column, Kind
from eventsite.web.language import pick
from eventsite.web.tables import Page, SheetColumn, Table, TableColumn, column_of

STATUSES = {status.value: words for status, words in STATUS_WORDS.items()}
NEW_NOTE = N_("A new exhibitor needs this.")
LIST_NOTE = N_("With commas between them.")


def _held(row: Any) -> list[str]:
    return [holding.booth.code for holding in row.holdings]


PLAIN = (
    SheetColumn(
        name="ref",
        title=N_("Number"),
        value="ref",
        longest=80,
        note=N_("As the list of applications has it; empty for a new exhibitor."),
    ),
    SheetColumn(
        name="unit_zh",
        title=N_("Exhibitor (Chinese)"),
        value="unit_zh",
        longest=80,
        note=N_("A row without a number is known by this name. A new exhibitor needs it."),
    ),
    SheetColumn(name="unit_en", title=N_("Exhibitor (English)"), value="unit_en", longest=120),
    SheetColumn(name="category", title=N_("Category"), value="category", words=CATEGORIES, note=NEW_NOTE),
    SheetColumn(name="delegation", title=N_("City"), value="delegation.ref"),
    SheetColumn(name="zone", title=N_("Zone"), value="zone.code", note=NEW_NOTE),
    SheetColumn(
        name="booths",
        title=N_("Booth"),
        value=_held,
        kind=Kind.LIST,
        longest=20,
        note=N_("Gives these booths to who is accepted already; empty changes nothing."),
    ),
)
CONTACT = SheetColumn(name="contact_post_zh", title=N_("Contact"), value="contact_post_zh", longest=80)
OF_MATTER: dict[Matter, tuple[SheetColumn, ...]] = {
    Matter.BOOTH: (
        SheetColumn(
            name="products_zh",
            title=N_("Products"),
            value="products_zh",
            kind=Kind.LIST,
            longest=80,
            note=LIST_NOTE,
        ),
        SheetColumn(
            name="wishes",
            title=N_("Booths wished for"),
            value="wishes",
            kind=Kind.LIST,
            longest=20,
            note=LIST_NOTE,
        ),
        SheetColumn(
            name="places",
            title=N_("Number of booths"),
            value="places",
            kind=Kind.WHOLE,
            least=1,
            most=2,
            note=N_("1 or 2."),
        ),
    ),
    Matter.POWER: (
        SheetColumn(name="power_kw", title=N_("Power (kW)"), value="power_kw", kind=Kind.NUMBER, most=1000),
        SheetColumn(
            name="appliances_zh",
            title=N_("Appliances"),
            value="appliances_zh",
            kind=Kind.LIST,
            longest=40,
            note=LIST_NOTE,
        ),
    ),
    Matter.FIRE: (
        SheetColumn(name="needs_water", title=N_("Needs water"), value="needs_water", kind=Kind.YES_NO),
        SheetColumn(name="open_flame", title=N_("Open flame"), value="open_flame", kind=Kind.YES_NO),
    ),
    Matter.FOOD: (
        SheetColumn(
            name="food_required",
            title=N_("Needs a food permit"),
            value="food_required",
            kind=Kind.YES_NO,
        ),
    ),
    Matter.STREET: (
        SheetColumn(
            name="street_occupation",
            title=N_("Temporary street occupation"),
            value="street_occupation",
            kind=Kind.YES_NO,
        ),
    ),
    Matter.VEHICLES: (
        SheetColumn(
            name="vehicle_passes",
            title=N_("Vehicle passes"),
            value="vehicle_passes",
            kind=Kind.WHOLE,
            most=99,
        ),
        SheetColumn(
            name="staff_passes", title=N_("Staff passes"), value="staff_passes", kind=Kind.WHOLE, most=999
        ),
    ),
    Matter.INSURANCE: (SheetColumn(name="insured", title=N_("Insured"), value="insured", kind=Kind.YES_NO),),
}
EXHIBITOR_COLUMNS = (*PLAIN, CONTACT, *(column for columns in OF_MATTER.values() for column in columns))


def _columns(page: Page) -> list[TableColumn]:
    """Return what the reader may see; a reviewer's are the own matters."""
    seen: Any = page["seen"]
    own = (columns for matter, columns in OF_MATTER.items() if seen.whole or matter in seen.matters)
    return [
        *(column.listed for column in PLAIN),
        TableColumn(N_("Status"), "status", STATUSES),
        TableColumn(N_("Received"), "submitted_at"),
        *(column.listed for columns in own for column in columns),
    ]


APPLICATIONS = Table(N_("Applications"), _columns)


def exhibitor_columns(event: Event) -> Sequence[Column]:
    """Return the columns of exhibitors with the event's zones and cities as their words."""
    zones, delegations = list_zones(event), list_delegations(event)
    known: dict[str, dict[str, Any]] = {
        "zone": {
            "words": {zone.code: f"{zone.code} {pick(zone, 'name')}" for zone in zones},
            "also": {said: zone.code for zone in zones for said in (zone.name_zh, zone.name_en)},
        },
        "delegation": {
            "words": {one.ref: pick(one, "city") for one in delegations},
            "also": {
                said: one.ref
                for one in delegations
                for said in (one.city_zh, one.city_en, one.name_zh, one.name_en)
            },
        },
    }
    return [column_of(column, **known.get(column.name, {})) for column in EXHIBITOR_COLUMNS]
