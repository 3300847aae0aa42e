"""Colours: shades and contrast against measured values, and faults by name."""

import pytest

from eventsite.kernel.colours import (
    NOT_A_COLOUR,
    NOT_A_TOKEN,
    WEAK_DEEP,
    WEAK_ON_PAPER,
    WEAK_ON_SOFT,
    WEAK_ON_WHITE,
    Shades,
    contrast,
    faults_of_theme,
    shades,
)

COLORS = {
    "primary": "#C8102E",
    "accent": "#1F7A4D",
    "highlight": "#C2256F",
    "maple": "#B8430F",
    "lake": "#1B6CA8",
}
ZONES = {"A": "#C8102E", "B": "#B8430F", "C": "#8E2A8B", "D": "#1B6CA8", "E": "#0B7373", "F": "#C2256F"}


@pytest.mark.parametrize(
    ("color", "deep", "soft"),
    [
        ("#c8102e", "#900c21", "#fae8e7"),
        ("#1F7A4D", "#165837", "#ebf1ea"),
        ("#6b4aa0", "#4d3573", "#f2edf1"),
        ("#000000", "#000000", "#e8e6e3"),
        ("#ffffff", "#b8b8b8", "#fffdfa"),
    ],
)
def test_shades_of_a_color(color: str, deep: str, soft: str) -> None:
    assert shades(color) == Shades(base=color.lower(), deep=deep, soft=soft)


@pytest.mark.parametrize("text", ["", "red", "#c81", "#c8102e80", "c8102e", "#c8102g", "#c8102e\n"])
def test_shades_refuse_what_is_no_color(text: str) -> None:
    with pytest.raises(ValueError, match="no colour"):
        shades(text)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#C8102E", "#ffffff", 5.88),
        ("#8E2A8B", "#ffffff", 7.4),
        ("#E6489A", "#ffffff", 3.68),
        ("#2a1a1f", "#fff7ec", 15.6),
    ],
)
def test_contrast_is_the_published_one_either_way(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)
    assert contrast(other, one) == contrast(one, other)


def test_faults_of_the_fair_are_none() -> None:
    assert faults_of_theme(COLORS, ZONES) == []


def test_faults_name_the_color_and_its_ratio() -> None:
    faults = faults_of_theme(COLORS | {"highlight": "#E6489A"}, ZONES)

    assert [fault.message for fault in faults] == [WEAK_ON_WHITE, WEAK_ON_PAPER, WEAK_ON_SOFT]
    assert str(faults[0]) == "highlight: #e6489a reaches 3.65:1 with white, 4.5:1 is needed."


def test_faults_of_a_pale_zone_include_its_deep_shade() -> None:
    faults = faults_of_theme(COLORS, ZONES | {"B": "#ffd966"})

    assert {fault.name for fault in faults} == {"B"}
    assert faults[-1].message == WEAK_DEEP


def test_faults_between_white_and_paper_fall_on_paper_alone() -> None:
    grey = "#767676"

    assert contrast(grey, "#ffffff") >= 4.5
    assert WEAK_ON_WHITE not in {fault.message for fault in faults_of_theme(COLORS | {"lake": grey}, {})}
    assert WEAK_ON_PAPER in {fault.message for fault in faults_of_theme(COLORS | {"lake": grey}, {})}


def test_faults_of_no_color_and_no_name() -> None:
    faults = faults_of_theme(COLORS | {"accent": "green", "Ev;il": "#C8102E"}, {"A": "url(//x)"})

    assert [(fault.name, fault.message) for fault in faults] == [
        ("accent", NOT_A_COLOUR),
        ("Ev;il", NOT_A_TOKEN),
        ("A", NOT_A_COLOUR),
    ]
