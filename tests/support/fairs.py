"""Small fairs of every shape, for properties that hold for each sound event file."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.support.eventfiles import second_fair

WORDS = st.from_regex(r"[a-z_]{1,40}", fullmatch=True)
UNFIT = "".join(chr(code) for code in (*range(0x20), 0x7F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters=f"{UNFIT}\ufffe\uffff") | st.sampled_from(
    "\t\n\r"
)
TEXTS = st.text(SIGNS, max_size=20)
COUNTS = st.integers(0, 2**31 - 1)
AMOUNTS = st.floats(0, 1e6) | st.integers(0, 10**6)
PLACES = st.floats(-1e4, 1e4)
SIZES = st.floats(0.01, 1e4)
TIMES = st.integers(0, 24 * 60 - 1).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")
SOURCES = st.sampled_from(["article", "demo"])
ZONES = st.sampled_from(["Asia/Shanghai", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
FIRST_DAY = date(2026, 3, 7)  # New York's clocks change in the night to the 8th


class Fair(dict[str, Any]):
    """An event file that is drawn; a failing one is told by its few arbitrary parts."""

    def __repr__(self) -> str:
        told = {name: self[name] for name in ("zones", "booths", "programme", "giveaways")}
        return f"Fair({self['event']['timezone']}, {self['event']['days']}, {told})"[:20_000]


@st.composite
def fairs(draw: st.DrawFn) -> Fair:
    """Draw a sound event file: the other fair with fewer records, its values and times made arbitrary."""
    tree = Fair(second_fair())
    tree["event"] |= {
        "timezone": draw(ZONES),
        "year": draw(st.integers(1970, 2199)),
        "slogan_zh": draw(TEXTS),
    }
    tree["event"]["days"] = draw(_days())
    tree["organizations"][0] = _organization(draw, tree["organizations"][0])
    tree["zones"][0] = _zone(draw, tree["zones"][0])
    tree["booths"][0] = _booth(draw, tree["booths"][0])
    tree["programme"] = draw(_programme(tree["event"]["days"], tree["programme"][0]))
    tree["giveaways"][0] = _giveaway(draw, tree["giveaways"][0], tree["event"]["days"])
    tree["giveaways"][1] |= {"slots": [], "stock_total": 0}
    tree["raffle"]["rounds"] = draw(_rounds(tree["programme"]))
    tree["agreements"] = _thinned(draw, [{**tree["agreements"][0], "programme_id": None}])
    for name in ("floats", "applications", "tickets", "faq", "announcements", "observations", "milestones"):
        tree[name] = _thinned(draw, tree[name])
    _spell_instants(tree, ZoneInfo(tree["event"]["timezone"]))
    return tree


def _spell_instants(tree: dict[str, Any], zone: ZoneInfo) -> None:
    """Write instants in the fair's own zone, as a dump does."""
    for name in ("applications", "tickets", "announcements"):
        for record in tree[name]:
            for key in (key for key in record if key.endswith("_at") and record[key]):
                record[key] = datetime.fromisoformat(record[key]).astimezone(zone).isoformat()


def _thinned(draw: st.DrawFn, records: list[Any]) -> list[Any]:
    kept = [record for record in records if draw(st.booleans())]
    order: list[Any] = draw(st.permutations(kept))
    return order


def _flagged(draw: st.DrawFn, record: dict[str, Any]) -> dict[str, Any]:
    flagged = {**record, "source": draw(SOURCES)}
    if draw(st.booleans()):
        flagged["demo_fields"] = draw(st.lists(WORDS, max_size=2))
    return flagged


def _organization(draw: st.DrawFn, record: dict[str, Any]) -> dict[str, Any]:
    return _flagged(draw, record | {"name_zh": draw(TEXTS), "roles": draw(st.lists(WORDS, max_size=3))})


def _zone(draw: st.DrawFn, record: dict[str, Any]) -> dict[str, Any]:
    box = {"x": draw(PLACES), "y": draw(PLACES), "w": draw(SIZES), "h": draw(SIZES)}
    return _flagged(draw, record | {"map": box, "order": draw(COUNTS), "capacity": draw(COUNTS)})


def _booth(draw: st.DrawFn, record: dict[str, Any]) -> dict[str, Any]:
    changes = {"power_kw": draw(AMOUNTS), "note_zh": draw(st.none() | TEXTS), "category": draw(WORDS)}
    return _flagged(draw, record | changes)


@st.composite
def _days(draw: st.DrawFn) -> list[dict[str, Any]]:
    offsets = sorted(draw(st.sets(st.integers(0, 5), min_size=1, max_size=3)))
    label = {"label_zh": "日", "label_en": "Day", "source": "demo"}
    return [
        {"date": str(FIRST_DAY + timedelta(days=day)), "open": draw(TIMES), "close": draw(TIMES), **label}
        for day in offsets
    ]


@st.composite
def _programme(draw: st.DrawFn, days: list[dict[str, Any]], model: dict[str, Any]) -> list[dict[str, Any]]:
    """Draw items that follow each other on one stage, away from the hours in which clocks change."""
    items: list[tuple[dict[str, Any], str]] = []
    for number, day in enumerate(days):
        start = datetime.fromisoformat(f"{day['date']}T05:00") + timedelta(minutes=draw(st.integers(0, 1000)))
        end = start + timedelta(minutes=draw(st.integers(1, 15 * 60)))
        if (items and str(start) < items[-1][1]) or end.hour in {1, 2, 3}:
            continue
        item = {
            **model,
            "id": f"it-{number}",
            "order": draw(COUNTS),
            "date": f"{start:%Y-%m-%d}",
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
        }
        if end.date() != start.date():
            item["end_date"] = f"{end:%Y-%m-%d}"
        items.append((item, str(end)))
    return [item for item, _ in items]


def _giveaway(draw: st.DrawFn, record: dict[str, Any], days: list[dict[str, Any]]) -> dict[str, Any]:
    hours = draw(st.lists(st.integers(4, 23), unique=True, max_size=4))
    slots = [
        {"date": days[0]["date"], "release_at": f"{hour:02}:30", "quantity": draw(st.integers(0, 10**6))}
        for hour in sorted(hours)
    ]
    return record | {"slots": slots, "stock_total": sum(slot["quantity"] for slot in slots)}


@st.composite
def _rounds(draw: st.DrawFn, programme: list[dict[str, Any]]) -> list[dict[str, Any]]:
    items = st.none() | st.sampled_from([item["id"] for item in programme]) if programme else st.none()
    return [
        {"id": f"round-{number}", "programme_id": draw(items), "at": draw(TIMES), "source": "demo"}
        for number in range(draw(st.integers(0, 3)))
    ]
