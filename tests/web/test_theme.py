"""The event's style sheet, to the letter."""

import pytest

from eventsite.web.theme import theme_css

COLORS = {
    "primary": "#C8102E",
    "accent": "#1F7A4D",
    "highlight": "#C2256F",
    "maple": "#B8430F",
    "lake": "#1B6CA8",
}


def test_theme_css_to_the_letter() -> None:
    css = theme_css({"primary": "#1B5F94"}, {"E": "#1B5F94", "W": "#6B4AA0"})

    assert css == (
        ":root {\n"
        "  --ev-primary: #1b5f94;\n"
        "  --ev-primary-deep: #13446b;\n"
        "  --ev-primary-soft: #eaeff0;\n"
        "  --ev-ribbon: linear-gradient(90deg, #1b5f94 0% 50%, #6b4aa0 50% 100%);\n"
        "}\n"
        "\n"
        '[data-zone="E"] {\n'
        "  --z: #1b5f94;\n"
        "  --z-deep: #13446b;\n"
        "  --z-soft: #eaeff0;\n"
        "}\n"
        "\n"
        '[data-zone="W"] {\n'
        "  --z: #6b4aa0;\n"
        "  --z-deep: #4d3573;\n"
        "  --z-soft: #f2edf1;\n"
        "}\n"
    )


def test_theme_css_without_zones_keeps_the_usual_ribbon() -> None:
    assert "--ev-ribbon" not in theme_css(COLORS, {})


def test_theme_css_keeps_a_hostile_zone_code_in_its_quotes() -> None:
    css = theme_css(COLORS, {'"] {} * {display:none} [x="': "#C8102E"})

    assert '[data-zone="\\22 \\5d \\20 \\7b ' in css
    assert "display:none" not in css


@pytest.mark.parametrize("colors", [{"primary": "red"}, {"a;b": "#C8102E"}])
def test_theme_css_refuses_an_unchecked_record(colors: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no colour"):
        theme_css(colors, {})
