"""The market's lists as files, and the columns by which booths come back from a spreadsheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext

from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, list_zones
from eventsite.kernel.boxes import metres
from eventsite.kernel.words import N_
from eventsite.market.enums import CATEGORIES, KINDS, SHAPE_WORDS, STATUSES
from eventsite.market.queries import list_circuits
from eventsite.sheets.columns import Column, Kind
from eventsite.web.language import both, pick
from eventsite.web.tables import Table, TableColumn, Value, yes_no

CODE_NOTE = N_("Letters, digits, dot, hyphen and underscore. A booth is found by it: keep it.")
NEW_NOTE = N_("A new booth needs this.")
PLACE_NOTE = N_("Leave all four empty for a new booth: it gets free ground in its zone.")


@dataclass(frozen=True, kw_only=True)
class BoothColumn:
    """A fact of a booth as a column, written and read alike."""

    name: str
    title: str
    value: Value
    kind: Kind = Kind.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    longest: int = 1000
    least: float = 0
    most: float = 1e9
    note: str = ""


def _in_metres(name: str) -> Value:
    return lambda booth: metres(getattr(booth, name))


BOOTH_COLUMNS = (
    BoothColumn(name="code", title=N_("Booth code"), value="code", required=True, longest=20, note=CODE_NOTE),
    BoothColumn(name="zone", title=N_("Zone"), value="zone.code", note=NEW_NOTE),
    BoothColumn(name="name_zh", title=N_("Name (Chinese)"), value="name_zh", longest=80, note=NEW_NOTE),
    BoothColumn(name="name_en", title=N_("Name (English)"), value="name_en", longest=120, note=NEW_NOTE),
    BoothColumn(
        name="delegation",
        title=N_("Held by"),
        value="delegation.ref",
        note=N_("A city; empty for the organizing committee."),
    ),
    BoothColumn(name="category", title=N_("Category"), value="category", words=CATEGORIES),
    BoothColumn(name="kind", title=N_("Kind"), value="kind", words=KINDS),
    BoothColumn(name="status", title=N_("Status"), value="status", words=STATUSES),
    BoothColumn(name="size_m", title=N_("Size (m)"), value="size_m", longest=20, note=N_("Such as 3x3.")),
    BoothColumn(name="power_kw", title=N_("Power (kW)"), value="power_kw", kind=Kind.NUMBER, most=1000),
    BoothColumn(name="circuit", title=N_("Circuit"), value="circuit.code"),
    BoothColumn(
        name="appliances_zh",
        title=N_("Appliances"),
        value="appliances_zh",
        kind=Kind.LIST,
        longest=40,
        note=N_("With commas between them."),
    ),
    BoothColumn(name="needs_water", title=N_("Needs water"), value="needs_water", kind=Kind.YES_NO),
    BoothColumn(name="open_flame", title=N_("Open flame"), value="open_flame", kind=Kind.YES_NO),
    BoothColumn(
        name="food_permit_required",
        title=N_("Needs a food permit"),
        value="food_permit_required",
        kind=Kind.YES_NO,
    ),
    BoothColumn(
        name="staff_passes", title=N_("Staff passes"), value="staff_passes", kind=Kind.WHOLE, most=999
    ),
    BoothColumn(
        name="vehicle_passes", title=N_("Vehicle passes"), value="vehicle_passes", kind=Kind.WHOLE, most=99
    ),
    BoothColumn(
        name="map_x",
        title=N_("From the left (m)"),
        value=_in_metres("map_x"),
        kind=Kind.NUMBER,
        most=5000,
        note=PLACE_NOTE,
    ),
    BoothColumn(
        name="map_y", title=N_("From the top (m)"), value=_in_metres("map_y"), kind=Kind.NUMBER, most=5000
    ),
    BoothColumn(
        name="map_w",
        title=N_("Width (m)"),
        value=_in_metres("map_w"),
        kind=Kind.NUMBER,
        least=0.05,
        most=5000,
    ),
    BoothColumn(
        name="map_h",
        title=N_("Depth (m)"),
        value=_in_metres("map_h"),
        kind=Kind.NUMBER,
        least=0.05,
        most=5000,
    ),
    BoothColumn(name="note_zh", title=N_("Note"), value="note_zh", longest=500),
)
BOOTHS = Table(
    N_("Booths"), tuple(TableColumn(column.title, column.value, column.words) for column in BOOTH_COLUMNS)
)
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
    return [_column(column, **known.get(column.name, {})) for column in BOOTH_COLUMNS]


def _column(spec: BoothColumn, **known: Any) -> Column:
    """Return a column in the reader's language that is known in both."""
    also = {said: value for value, label in spec.words.items() for said in both(label).values()}
    words = {value: gettext(label) for value, label in spec.words.items()}
    column = Column(
        name=spec.name,
        title=gettext(spec.title),
        titles=tuple(both(spec.title).values()),
        kind=spec.kind,
        required=spec.required,
        words=yes_no() if spec.kind is Kind.YES_NO else words,
        also=also,
        open=bool(spec.words),
        longest=spec.longest,
        least=spec.least,
        most=spec.most,
        note=gettext(spec.note) if spec.note else "",
    )
    return replace(column, **known)
