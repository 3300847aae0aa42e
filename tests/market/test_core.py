"""Where booths may stand, in what order they come, and how the plan is drawn."""

import pytest

from eventsite.kernel.boxes import Box
from eventsite.kernel.errors import Conflict
from eventsite.market.core import (
    Label,
    check_place,
    fit_label,
    head_height,
    is_moved,
    natural_key,
    total_power,
)
from tests.support.factories_market import booth_facts

ZONE = Box(x=20, y=20, w=380, h=360)


def test_place_inside_the_zone_and_touching_a_neighbour_is_free() -> None:
    check_place(booth_facts(), ZONE, {"A-02": Box(x=110, y=74, w=80, h=140)})


@pytest.mark.parametrize("place", [{"map_x": 19}, {"map_y": 19}, {"map_w": 371}, {"map_h": 307}])
def test_place_out_of_the_zone_is_refused_at_the_field(place: dict[str, float]) -> None:
    with pytest.raises(Conflict, match="reach out of zone A") as refusal:
        check_place(booth_facts(**place), ZONE, {})
    assert refusal.value.field == "map_x"


def test_place_on_a_neighbour_names_both() -> None:
    with pytest.raises(Conflict, match="A-01 would stand on the ground of booth A-02"):
        check_place(booth_facts(), ZONE, {"A-02": Box(x=109, y=213, w=50, h=50)})


@pytest.mark.parametrize(
    ("change", "moved"),
    [({"map_x": 31}, True), ({"zone": "B"}, True), ({"name_en": "Other"}, False), ({}, False)],
)
def test_is_moved_by_its_ground_alone(change: dict[str, object], moved: bool) -> None:
    assert is_moved(booth_facts(), booth_facts(**change)) is moved


def test_codes_sort_as_people_count() -> None:
    codes = ["A-10", "B-1", "A-2", "a-1", "A-2b", "12", "A"]
    assert sorted(codes, key=natural_key) == ["12", "A", "a-1", "A-2", "A-2b", "A-10", "B-1"]


def test_power_adds_up_without_binary_tails() -> None:
    assert total_power([0.1] * 3 + [6]) == 6.3


def test_label_keeps_known_words_whole_in_smaller_type() -> None:
    box = Box(x=0, y=0, w=64, h=113)
    label = fit_label("沟帮子熏鸡品鉴", box, (21, 19), {"沟帮子", "熏鸡", "品鉴", ""})
    assert label
    assert [line for _, line in label.lines] == ["沟帮子", "熏鸡", "品鉴"]
    small = fit_label("阜新玛瑙雕", box, (21, 15), {"玛瑙雕", "阜新"})
    assert small
    assert (small.size, [line for _, line in small.lines]) == (21, ["阜新", "玛瑙雕"])


def test_label_breaks_a_known_word_rather_than_say_nothing() -> None:
    label = fit_label("沟帮子熏鸡", Box(x=0, y=0, w=32, h=113), (15,), {"沟帮子"})
    assert label
    assert [line for _, line in label.lines] == ["沟", "帮子", "熏鸡"]


def test_label_breaks_chinese_anywhere_and_sits_in_the_middle() -> None:
    label = fit_label("鞍山南果梨", Box(x=0, y=0, w=64, h=113), (21, 15))
    assert label == Label(size=21, lines=((51.0, "鞍山"), (78.3, "南果梨")))


def test_label_breaks_words_at_blanks_and_shrinks_to_fit() -> None:
    label = fit_label("Panjin rice balls", Box(x=0, y=0, w=70, h=90), (21, 19))
    assert label is not None
    assert (label.size, [words for _, words in label.lines]) == (19, ["Panjin", "rice", "balls"])


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("特色鸡架派送点", ["特色", "鸡架", "派送点"]),
        ("铁岭榛子", ["铁岭", "榛子"]),
        ("paper-cut A-1", ["paper-", "cut", "A-1"]),
    ],
)
def test_label_has_even_lines(name: str, lines: list[str]) -> None:
    label = fit_label(name, Box(x=0, y=0, w=76, h=113), (21,))
    assert label is not None
    assert [words for _, words in label.lines] == lines


def test_label_too_long_for_every_size_is_left_out() -> None:
    assert fit_label("Goubangzi", Box(x=0, y=0, w=40, h=90), (21, 15)) is None
    assert fit_label("特色鸡架派送点", Box(x=0, y=0, w=30, h=20), (15,)) is None


@pytest.mark.parametrize(("top", "height"), [(74, 54), (40, 44), (300, 66)])
def test_name_bar_of_a_zone_leaves_its_booths_free(top: float, height: float) -> None:
    booths = [Box(x=30, y=300, w=10, h=10), Box(x=50, y=top, w=10, h=10)]
    assert head_height(ZONE, booths, least=44, most=66) == height
