"""Whatever bytes come in: items and findings, or one of the named errors; never anything else."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.heads import HEADS
from eventsite.imports.core.reading import pack, read_text, unpack
from eventsite.imports.core.table import Line, Words, read_table
from eventsite.imports.core.values import LONGEST_MINUTES, TABLE
from eventsite.imports.errors import Unreadable
from tests.support.schedules import ZONE, v1, v1_event, v2, v2_event, xml, xml_event

SEEDS = (
    xml(xml_event(), xml_event(guid="b"), head="<day_change>09:00</day_change>"),
    v1(v1_event(), v1_event(guid="b"), time_zone_name="Europe/Berlin"),
    v2(v2_event(), v2_event(guid="b", title={"zh": "开场"}), rooms=[{"name": "x", "guid": "y"}]),
    b'{"sessions": [{"id": "a", "room": "r", "start": "2025-09-06T10:00:00Z", "zh": {"title": "t"}}]}',
)
PIECES = st.sampled_from(
    [
        *(b"< > & { [ null 1e400 - T Z \\u0000 \\ud800 +99:99 PT1H".split()),
        *(b"\0", b"\xff", b'"', b"'", b"<event>", b"</event>", b"<!DOCTYPE x>", b"9" * 30),
    ]
)
NAMES = (
    *("days", "rooms", "events", "guid", "title", "start", "date", "end", "duration", "room", "persons"),
    *("zh", "name", "day_change", "time_zone_name"),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20,
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a schedule with some of its bytes cut out, doubled or replaced."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        new = draw(st.one_of(PIECES, st.binary(max_size=4), st.just(b""), st.just(data[start:end] * 2)))
        data = data[:start] + new + data[end:]
    return data


def judge(data: bytes) -> None:
    try:
        programme = read_text(data, ZONE)
    except Unreadable:
        return
    assert unpack(pack(programme)) == programme
    for item in programme.items:
        assert item.title
        assert 0 < item.minutes <= LONGEST_MINUTES
        assert item.start.utcoffset() is not None
    assert all(str(finding) for finding in programme.findings)


@QUICK
@given(mutated())
def test_mutated_schedules(data: bytes) -> None:
    judge(data)


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    judge(data)


@QUICK
@given(VALUES)
def test_any_json(value: object) -> None:
    judge(json.dumps({"schedule": {"conference": {"days": [value], "rooms": value}}}).encode())
    judge(json.dumps({"schedule": {"conference": {"rooms": value}, "events": [value, value]}}).encode())
    judge(json.dumps({"sessions": [value], "rooms": value, "speakers": value}).encode())


@QUICK
@given(st.dictionaries(st.sampled_from(sorted(HEADS)), st.text(max_size=12), max_size=8))
def test_any_cells(cells: dict[str, str]) -> None:
    collector = Collector(TABLE, ZONE)
    read_table([Line(number=2, cells=cells)], tuple(HEADS), Words(kinds={}, states={}), collector)
    programme = collector.programme()
    assert len(programme.items) + len(programme.faults) == 1
