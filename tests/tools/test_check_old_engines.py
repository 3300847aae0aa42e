"""The lint sees what an old webview cannot do, and leaves alone what it can."""

import pytest

from tools.check_old_engines import css_faults, script_faults


@pytest.mark.parametrize(
    "sheet",
    [
        ".a { display: flex; gap: 1rem }",
        ".a { gap: 1rem }",
        ".a:has(b) { color: red }",
        ".a:is(b, c) { color: red }",
        "@container (width > 1px) { .a { color: red } }",
        ".a { color: red; .b { color: blue } }",
        "@media print { .a { & .b { color: blue } } }",
        ".a { inset: 0 }",
        ".a { aspect-ratio: 1 }",
        ".a { height: 100dvh }",
        ".a { color: color-mix(in srgb, red, blue) }",
    ],
)
def test_css_too_new_is_named(sheet: str) -> None:
    assert [line for line, _what in css_faults(sheet)] == [1]


@pytest.mark.parametrize(
    "sheet",
    [
        ".a { display: grid; gap: 1rem }",
        ".a { display: grid } @media print { .a { gap: 1rem } }",
        ".a { display: flex } .a > * + * { margin-left: 1rem }",
        ".a { grid-gap: 1rem; box-shadow: inset 0 0 1px red }",
        "@media print { .a { color: red } }",
        "@keyframes turn { 0% { opacity: 0 } to { opacity: 1 } }",
        '.a::before { content: "{ :has( }" } /* inset: 0 */',
        "@supports (inset: 0) { .a { inset: 0 } }",
    ],
)
def test_css_old_enough_passes(sheet: str) -> None:
    assert list(css_faults(sheet)) == []


@pytest.mark.parametrize(
    "script",
    [
        "a ||= 1",
        "a ??= 1",
        "const million = 1_000_000",
        "class A { #secret = 1 }",
        "class A { field = 1 }",
        "class A { static { start() } }",
        "const answer = await fetch('/now.json')",
        "if (ready) { await start() }",
        "list.at(-1)",
        "text.replaceAll('a', 'b')",
    ],
)
def test_script_too_new_is_named(script: str) -> None:
    assert {line for line, _what in script_faults(script)} == {1}


@pytest.mark.parametrize(
    "script",
    [
        "async function load() { await fetch('/now.json') }",
        "const load = async () => await fetch('/now.json')",
        "button.addEventListener('click', async (event) => { if (event) { await load() } })",
        "class A { constructor() { this.a = 1; let b = 2 } static of() { return new A() } }",
        "const a = b?.c ?? 1n; // a ||= 1",
        "const text = `await ${a.b} ||= 1_000`; const pattern = /a ||= [/]1_000/g",
        "const half = total / 2; const other = half / 3",
        "import { load } from './load.js'",
    ],
)
def test_script_old_enough_passes(script: str) -> None:
    assert list(script_faults(script)) == []
