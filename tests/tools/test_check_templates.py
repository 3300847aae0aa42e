"""The template lint sees inline code, trust in stored text and messages that would be lost."""

import pytest

from tools.check_templates import script_faults, template_faults


@pytest.mark.parametrize(
    "template",
    [
        "<p>{{ notice.text|safe }}</p>",
        "{% autoescape false %}",
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<button onclick="stamp()">',
        "<script>stamp()</script>",
        '<a href="javascript:stamp()">',
        '<script src="https://elsewhere.example/a.js"></script>',
    ],
)
def test_template_against_the_policy_is_named(template: str) -> None:
    assert [line for line, _what in template_faults(f"<main>\n{template}\n</main>")] == [2]


@pytest.mark.parametrize(
    "template",
    [
        '<script type="module" src="{{ url }}"></script>',
        '<script type="application/json" id="words">{{ words|tojson }}</script>',
        '<a href="https://elsewhere.example/">…</a>',
        "{# <style> |safe #}",
        '<p class="is-on" data-style="plain">{{ one }}</p>',
    ],
)
def test_template_within_the_policy_passes(template: str) -> None:
    assert list(template_faults(template)) == []


def test_message_inside_a_template_literal_is_named() -> None:
    assert [line for line, _what in script_faults('const a = 1;\nconst b = `${_("Stamped")}!`;')] == [2]


def test_message_outside_a_template_literal_passes() -> None:
    assert list(script_faults('const b = `${word}!`; const word = _("Stamped"); say(`_("x")`)')) == []
