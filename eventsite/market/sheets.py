"""The market's lists as files, and the columns by which booths come back from a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_zones
from eventsite.kernel.boxes import metres
from eventsite.kernel.words import N_
from eventsite.market.enums import CATEGORIES, KINDS, SHAPE_WORDS, STATUSES
from eventsite.market.queries import list_circuits
from eventsite.sheets.columns import Column, Kind
from eventsite.web.language import pick
from eventsite.web.tables import SheetColumn, Table, TableColumn, Value, column_of

CODE_NOTE = N_("Letters, digits, dot, hyphen and underscore. A booth is found by it: keep it.")
NEW_NOTE = N_("A new booth needs this.")
PLACE_NOTE = N_("Leave all four empty for a new booth: it gets free ground in its zone.")


def _in_metres(name: str) -> Value:
    return lambda booth: metres(getattr(booth, name))


BOOTH_COLUMNS = (
    SheetColumn(name="code", title=N_("Booth code"), value="code", required=True, longest=20, note=CODE_NOTE),
    SheetColumn(name="zone", title=N_("Zone"), value="zone.code", note=NEW_NOTE),
    SheetColumn(name="name_zh", title=N_("Name (Chinese)"), value="name_zh", longest=80, note=NEW_NOTE),
    SheetColumn(name="name_en", title=N_("Name (English)"), value="name_en", longest=120, note=NEW_NOTE),
    SheetColumn(
        name="delegation",
        title=N_("Held by"),
        value="delegation.ref",
        note=N_("A city; empty for the organizing committee."),
    ),
    SheetColumn(name="category", title=N_("Category"), value="category", words=CATEGORIES),
    SheetColumn(name="kind", title=N_("Kind"), value="kind", words=KINDS),
    SheetColumn(name="status", title=N_("Status"), value="status", words=STATUSES),
    SheetColumn(name="size_m", title=N_("Size (m)"), value="size_m", longest=20, note=N_("Such as 3x3.")),
    SheetColumn(name="power_kw", title=N_("Power (kW)"), value="power_kw", kind=Kind.NUMBER, most=1000),
    SheetColumn(name="circuit", title=N_("Circuit"), value="circuit.code"),
    SheetColumn(
        name="appliances_zh",
        title=N_("Appliances"),
        value="appliances_zh",
        kind=Kind.LIST,
        longest=40,
        note=N_("With commas between them."),
    ),
    SheetColumn(name="needs_water", title=N_("Needs water"), value="needs_water", kind=Kind.YES_NO),
    SheetColumn(name="open_flame", title=N_("Open flame"), value="open_flame", kind=Kind.YES_NO),
    SheetColumn(
        name="food_permit_required",
        title=N_("Needs a food permit"),
        value="food_permit_required",
        kind=Kind.YES_NO,
    ),
    SheetColumn(
        name="staff_passes", title=N_("Staff passes"), value="staff_passes", kind=Kind.WHOLE, most=999
    ),
    SheetColumn(
        name="vehicle_passes", title=N_("Vehicle passes"), value="vehicle_passes", kind=Kind.WHOLE, most=99
    ),
    SheetColumn(
        name="map_x",
        title=N_("From the left (m)"),
        value=_in_metres("map_x"),
        kind=Kind.NUMBER,
        most=5000,
        note=PLACE_NOTE,
    ),
    SheetColumn(
        name="map_y", title=N_("From the top (m)"), value=_in_metres("map_y"), kind=Kind.NUMBER, most=5000
    ),
    SheetColumn(
        name="map_w",
        title=N_("Width (m)"),
        value=_in_metres("map_w"),
        kind=Kind.NUMBER,
        least=0.05,
        most=5000,
    ),
    SheetColumn(
        name="map_h",
        title=N_("Depth (m)"),
        value=_in_metres("map_h"),
        kind=Kind.NUMBER,
        least=0.05,
        most=5000,
    ),
    SheetColumn(name="note_zh", title=N_("Note"), value="note_zh", longest=500),
)
BOOTHS = Table(N_("Booths"), tuple(column.listed for column in BOOTH_COLUMNS))
FLOATS = Table(
    N_("Floats"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("City"), lambda row: pick(row.delegation, "city")),
        TableColumn(N_("Booth"), "booth.code"),
        TableColumn(N_("Theme"), lambda row: pick(row, "theme")),
        TableColumn(N_("Length (m)"), "length_m"),
        TableColumn(N_("Width (m)"), "width_m"),
        TableColumn(N_("Height (m)"), "height_m"),
        TableColumn(N_("Extinguishers"), "extinguishers"),
        TableColumn(N_("Comes in at"), "entry_time"),
    ),
)
CIRCUITS = Table(
    N_("Circuits"),
    (
        TableColumn(N_("Code"), "code"),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("It carries (kW)"), "limit_kw"),
        TableColumn(N_("Announced (kW)"), from_page=lambda row, page: page["loads"].get(row.code, 0.0)),
    ),
)
SHAPES = Table(
    N_("Lanes and routes"),
    (
        TableColumn(N_("Name (Chinese)"), "name_zh"),
        TableColumn(N_("Name (English)"), "name_en"),
        TableColumn(N_("Kind"), "kind", {kind.value: label for kind, label in SHAPE_WORDS.items()}),
        TableColumn(N_("From the left (m)"), _in_metres("map_x")),
        TableColumn(N_("From the top (m)"), _in_metres("map_y")),
        TableColumn(N_("Width (m)"), _in_metres("map_w")),
        TableColumn(N_("Depth (m)"), _in_metres("map_h")),
    ),
)


def booth_columns(event: Event) -> Sequence[Column]:
    """Return the columns of booths with the event's zones, holders and circuits as their words."""
    zones = {zone.code: f"{zone.code} {pick(zone, 'name')}" for zone in list_zones(event)}
    named = {said: zone.code for zone in list_zones(event) for said in (zone.name_zh, zone.name_en)}
    holders = {one.ref: pick(one, "city") for one in list_delegations(event)}
    cities = {
        said: one.ref
        for one in list_delegations(event)
        for said in (one.city_zh, one.city_en, one.name_zh, one.name_en)
    }
    circuits = {circuit.code: circuit.code for circuit in list_circuits(event)}
    known: dict[str, dict[str, Any]] = {
        "zone": {"words": zones, "also": named},
        "delegation": {"words": holders, "also": cities},
        "circuit": {"words": circuits},
    }
    return [column_of(column, **known.get(column.name, {})) for column in BOOTH_COLUMNS]
