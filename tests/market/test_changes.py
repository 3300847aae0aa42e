"""Changes of the plan as they arrive: sound ones are read, all others refused with their place."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from eventsite.kernel.errors import DomainError
from eventsite.market.core import Kind, Op, ShapeFacts, check_shape, is_news, read_changes, standing
from eventsite.market.enums import LiveState

MOVE = {"op": "edit", "kind": "booth", "key": "bt-a01", "version": 3, "facts": {"map_x": 30.005}}


def document(**given: Any) -> dict[str, Any]:
    return {"changes": [{**MOVE, **given}]}


def test_sound_change_is_read_with_its_numbers_rounded() -> None:
    (change,) = read_changes(document(facts={"map_x": 30.126, "open_flame": True, "delegation": None}))
    assert (change.kind, change.op, change.id, change.version) == (
        Kind.BOOTH,
        Op.EDIT,
        ("booth", "bt-a01"),
        3,
    )
    assert change.facts == {"map_x": 30.13, "open_flame": True, "delegation": None}


def test_open_words_that_nobody_knows_here_are_kept() -> None:
    (change,) = read_changes(document(facts={"category": "tea_house", "kind": "tent", "status": "planned"}))
    assert change.facts == {"category": "tea_house", "kind": "tent", "status": "planned"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"kind": "tent"}, "kind"),
        ({"op": "burn"}, "kind"),
        ({"key": "../x"}, "key"),
        ({"key": 7}, "key"),
        ({"version": "3"}, "version"),
        ({"version": True}, "version"),
        ({"version": -1}, "version"),
        ({"facts": []}, "facts"),
        ({"facts": {"live_state": "open"}}, "facts"),
        ({"op": "create"}, "facts"),
        ({"facts": {"map_x": "30"}}, "map_x"),
        ({"facts": {"map_x": True}}, "map_x"),
        ({"facts": {"map_x": 1e9}}, "map_x"),
        ({"facts": {"map_w": 0}}, "map_w"),
        ({"facts": {"power_kw": json.loads("NaN")}}, "power_kw"),
        ({"facts": {"power_kw": json.loads("Infinity")}}, "power_kw"),
        ({"facts": {"power_kw": 10**400}}, "power_kw"),
        ({"facts": {"name_zh": json.loads('"\\ud800"')}}, "name_zh"),
        ({"facts": {"code": "A 01"}}, "code"),
        ({"facts": {"code": "A-01\n"}}, "code"),
        ({"facts": {"name_zh": ""}}, "name_zh"),
        ({"facts": {"category": "Food"}}, "category"),
        ({"facts": {"category": "火锅"}}, "category"),
        ({"facts": {"kind": "a" * 41}}, "kind"),
        ({"facts": {"kind": ["booth"]}}, "kind"),
        ({"facts": {"status": "sold"}}, "status"),
        ({"kind": "zone", "facts": {"kind": "food court"}}, "kind"),
        ({"kind": "zone", "facts": {"color": "red;url"}}, "color"),
        ({"kind": "facility", "facts": {"kind": "<gate>"}}, "kind"),
        ({"kind": "shape", "facts": {"kind": "moat"}}, "kind"),
        ({"facts": {"staff_passes": 1.5}}, "staff_passes"),
        ({"facts": {"open_flame": 1}}, "open_flame"),
        ({"facts": {"appliances_zh": ["锅", 3]}}, "appliances_zh"),
        ({"kind": "shape", "facts": {"points": [[1, 2], [3]]}}, "points"),
        ({"kind": "shape", "facts": {"points": [[1, "2"]]}}, "points"),
    ],
)
def test_what_does_not_fit_is_named(given: dict[str, Any], name: str) -> None:
    with pytest.raises(DomainError) as refusal:
        read_changes(document(**given))
    assert refusal.value.params == {"nth": 1, "name": name}


@pytest.mark.parametrize("data", [None, [], {}, {"changes": []}, {"changes": {}}, {"changes": [MOVE] * 2001}])
def test_what_holds_no_changes_or_too_many_is_refused(data: Any) -> None:
    with pytest.raises(DomainError, match="1 to 2000 changes"):
        read_changes(data)


def test_thing_is_named_once() -> None:
    with pytest.raises(DomainError, match="each thing once"):
        read_changes({"changes": [MOVE, MOVE]})


def test_change_that_is_no_object_is_refused() -> None:
    with pytest.raises(DomainError, match="Change 2"):
        read_changes({"changes": [MOVE, "x"]})


def shape(**given: Any) -> ShapeFacts:
    usual = {"kind": "fire_lane", "name_zh": "通道", "name_en": "Lane", "map_x": 0.0, "map_y": 0.0}
    return ShapeFacts(**{**usual, "map_w": 100.0, "map_h": 40.0, "points": [], "carried": None, **given})


def test_route_gets_the_bounds_of_its_points() -> None:
    sound = check_shape(shape(kind="route", points=[[10.0, 50.0], [110.0, 20.0]]))
    assert (sound.map_x, sound.map_y, sound.map_w, sound.map_h) == (10, 20, 100, 30)


def test_lane_keeps_no_points_and_no_float() -> None:
    assert check_shape(shape(points=[[1.0, 2.0]], carried="fl-1")) == shape()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "moat"}, "kind"),
        ({"map_w": 0.0}, "map_w"),
        ({"kind": "route", "points": [[1.0, 2.0]]}, "points"),
    ],
)
def test_shape_that_cannot_be_drawn_is_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        check_shape(shape(**given))
    assert refusal.value.field == field


NOW = datetime(2025, 9, 6, 16, 30, tzinfo=UTC)  # half past midnight at the venue, on the 7th
ZONE = ZoneInfo("Asia/Shanghai")


def test_word_holds_for_the_day_at_the_venue() -> None:
    assert standing(LiveState.BUSY, NOW, today=date(2025, 9, 7), zone=ZONE) is LiveState.BUSY
    assert standing(LiveState.BUSY, NOW, today=date(2025, 9, 8), zone=ZONE) is None
    assert standing(LiveState.CLOSED, None, today=date(2025, 9, 7), zone=ZONE) is None


def test_second_press_within_a_minute_is_no_news() -> None:
    assert is_news(LiveState.CLOSED, None, LiveState.CLOSED, NOW)
    assert is_news(LiveState.OPEN, NOW, LiveState.BUSY, NOW)
    assert not is_news(LiveState.OPEN, NOW, LiveState.OPEN, NOW + timedelta(seconds=59))
    assert is_news(LiveState.OPEN, NOW, LiveState.OPEN, NOW + timedelta(seconds=60))
