"""Fail on what a Chromium 81 webview cannot do: newer CSS and JavaScript in the visitors' pages.

Everything under static/css and static/js is a visitor's, except what `NOT_VISITORS` names: the organizers'
pages, the fair's own screens and its printing run on current browsers. CSS inside an `@supports` block may be
as new as its condition says.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.javascript import blank, code_of

ROOT = Path(__file__).resolve().parent.parent
NOT_VISITORS = re.compile(r"admin|^static/js/(?:plan|programme)/|^static/css/(?:screens|print)\.css$")

NEW_CSS = {
    r":has\(": ":has() (Chromium 105)",
    r":(?:is|where)\(": ":is() and :where() (Chromium 88)",
    r"@container|container-(?:type|name)\s*:": "container queries (Chromium 105)",
    r"@layer|@scope|@property": "@layer, @scope, @property (Chromium 85-118)",
    r"(?:^|[;{\s])inset(?:-inline|-block)?(?:-start|-end)?\s*:": "inset (Chromium 87)",
    r"(?:^|[;{\s])aspect-ratio\s*:": "aspect-ratio (Chromium 88)",
    r"\bcolor-mix\(|\b(?:ok)?l(?:ab|ch)\(": "color-mix(), lab(), lch() (Chromium 111)",
    r"\d(?:[dsl]v[hw]|cq[wh])\b": "dvh, svh, cqw … (Chromium 105)",
    r"\bsubgrid\b": "subgrid (Chromium 117)",
    r"overflow(?:-[xy])?\s*:\s*clip": "overflow: clip (Chromium 90)",
}
NEW_SCRIPT = {
    r"\|\|=|&&=|\?\?=": "logical assignment (ES2021)",
    r"\b\d+_\d": "numeric separators (ES2021)",
    r"(?:\bthis|\w)\.#|(?:^|[{;\n])\s*(?:static\s+|async\s+)*#\w": "private members (ES2022)",
    r"\bstatic\s*\{": "static blocks (ES2022)",
    r"\.replaceAll\(|\bPromise\.any\(|\bWeakRef\b": "ES2021 library",
    r"\.at\(|\bObject\.hasOwn\(|\.findLast(?:Index)?\(|\bstructuredClone\(": "ES2022-2023 library",
    r"\.to(?:Sorted|Reversed|Spliced)\(|\bObject\.groupBy\(": "ES2023-2024 library",
    r"\bimport\b[^;]*\bwith\s*\{": "import attributes (ES2025)",
}
STRUCTURE = re.compile(r"[{}]|\bawait\b|(?<=[{;}\n])\s*(?:static\s+)?[A-Za-z_$][\w$]*\s*(?:=(?![=>])|;)")
NO_FUNCTION = {"if", "for", "while", "switch", "catch", "with", "await"}


@dataclass(frozen=True)
class Rule:
    """One CSS block: what stands before its brace, its own declarations, the preludes around it, its line."""

    prelude: str
    body: str
    around: tuple[str, ...]
    line: int


def main() -> None:
    """Name every fault with its file and line."""
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for folder, check in (("css", css_faults), ("js", script_faults))
        for path in sorted((ROOT / "static" / folder).rglob(f"*.{folder}"))
        if not NOT_VISITORS.search(path.relative_to(ROOT).as_posix())
        for line, what in check(path.read_text("utf-8"))
    ]
    print("\n".join(faults) or "Nothing is too new for the visitors' engines.")
    sys.exit(1 if faults else 0)


def css_faults(source: str) -> Iterator[tuple[int, str]]:
    """Name what an old engine does not know in a style sheet, with its line."""
    rules = [rule for rule in rules_of(source) if not any("@supports" in one for one in rule.around)]
    grids = {
        selector
        for rule in rules
        if re.search(r"display\s*:\s*(?:inline-)?grid|(?:^|[;\s])column(?:s|-count)\s*:", rule.body)
        for selector in selectors_of(rule)
    }
    for rule in rules:
        for pattern, name in NEW_CSS.items():
            if re.search(pattern, f"{rule.prelude} {{ {rule.body}"):
                yield rule.line, name
        gap = re.search(r"(?:^|[;\s])(?:gap|row-gap|column-gap)\s*:", rule.body)
        if gap and not set(selectors_of(rule)) <= grids:
            yield rule.line, f"gap where {rule.prelude!r} is no grid: flex gap is Chromium 84"
        if any(not one.startswith("@") for one in rule.around) and not rule.prelude[:1].isdigit():
            yield rule.line, f"nested rule {rule.prelude!r} (Chromium 112)"


def rules_of(source: str) -> Iterator[Rule]:
    """Cut a style sheet into its blocks, inner ones too."""
    text = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", lambda found: blank(found[0]), source, flags=re.DOTALL)
    open_blocks: list[tuple[str, int, list[str]]] = []
    start = 0
    for sign in re.finditer(r"[{};]", text):
        piece = text[start : sign.start()]
        line = text.count("\n", 0, start + len(piece) - len(piece.lstrip())) + 1
        start = sign.end()
        if sign[0] == "{":
            open_blocks.append((" ".join(piece.split()), line, []))
        elif open_blocks:
            open_blocks[-1][2].append(piece)
            if sign[0] == "}":
                prelude, line, pieces = open_blocks.pop()
                around = tuple(one for one, _line, _pieces in open_blocks)
                yield Rule(prelude, ";".join(pieces), around, line)


def selectors_of(rule: Rule) -> list[str]:
    """Split a rule's selectors; a media query around it does not change what it selects."""
    return [selector.strip() for selector in rule.prelude.split(",")]


def script_faults(source: str) -> Iterator[tuple[int, str]]:
    """Name what an old engine does not know in a script, with its line."""
    code = code_of(source)
    for pattern, name in NEW_SCRIPT.items():
        for found in re.finditer(pattern, code):
            yield code.count("\n", 0, found.start()) + 1, name
    for at, name in structure_faults(code):
        yield code.count("\n", 0, at) + 1, name


def structure_faults(code: str) -> Iterator[tuple[int, str]]:
    """Find what only its place makes new: `await` outside every function, and fields in a class body."""
    blocks: list[str] = []
    for found in STRUCTURE.finditer(code):
        text = found[0].strip()
        if text == "{":
            blocks.append(kind_of_block(code[: found.start()]))
        elif text == "}":
            del blocks[-1:]
        elif text == "await":
            if "function" not in blocks and not in_short_arrow(code[: found.start()]):
                yield found.start(), "top-level await (Chromium 89)"
        elif blocks and blocks[-1] == "class":
            yield found.start(), f"class field {text.rstrip('=; ')!r} (ES2022)"


def kind_of_block(before: str) -> str:
    """Tell what a brace opens after this code: a class body, a function or something else."""
    before = before.rstrip()
    if before.endswith("=>"):
        return "function"
    if re.search(r"\bclass\b[^{};()]*$", before):
        return "class"
    if not before.endswith(")"):
        return "block"
    word = re.search(r"([\w$]*)\s*$", before[: opening_bracket(before)])
    return "block" if word and word[1] in NO_FUNCTION else "function"


def opening_bracket(before: str) -> int:
    """Find the bracket that the last sign of this code closes."""
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(before[at], 0)
        if depth == 0:
            return at
    return 0


def in_short_arrow(before: str) -> bool:
    """Tell whether this code is inside the expression of an arrow function without braces."""
    return "=>" in re.split(r"[;{}]", before)[-1]


if __name__ == "__main__":
    main()
