"""Fail on what the pages' strict policy and translations cannot have: inline code, `|safe`, lost messages."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.javascript import blank, code_of, texts_of

ROOT = Path(__file__).resolve().parent.parent

TEMPLATE_RULES = {
    r"\|\s*safe\b": "|safe: what is stored is never trusted as HTML",
    r"\{%-?\s*autoescape\s+false": "autoescape off: what is stored is never trusted as HTML",
    r"<style\b": "inline style sheet: the policy refuses it",
    r"<[^>]*\sstyle\s*=": "style attribute: the policy refuses it",
    r"<[^>]*\son[a-z]+\s*=\s*[\"'{]": "on… attribute: the policy refuses it",
    r"(?:href|src|action)\s*=\s*[\"']\s*(?:javascript|data):": "javascript: or data: the policy refuses it",
    r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*\bapplication/json\b)": "inline script: the policy refuses it",
    r"<(?:script|link|img|iframe)\b[^>]*(?:href|src)\s*=\s*[\"'](?:https?:)?//": "loaded from another site",
}
MARKED = re.compile(r"(?<![\w$.])_\(|\bngettext\(")


def main() -> None:
    """Name every fault with its file and line."""
    faults = [
        *faults_in("templates", "*.html", template_faults),
        *faults_in("static/js", "*.js", script_faults),
    ]
    print("\n".join(faults) or "The templates keep the rules.")
    sys.exit(1 if faults else 0)


def faults_in(folder: str, pattern: str, check: Callable[[str], Iterator[tuple[int, str]]]) -> Iterator[str]:
    """Run a check over the files of a folder."""
    for path in sorted((ROOT / folder).rglob(pattern)):
        for line, what in check(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: {what}"


def template_faults(source: str) -> Iterator[tuple[int, str]]:
    """Name what a template may not hold, with its line."""
    text = re.sub(r"\{#.*?#\}|<!--.*?-->", lambda found: blank(found[0]), source, flags=re.DOTALL)
    for pattern, name in TEMPLATE_RULES.items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield text.count("\n", 0, found.start()) + 1, name


def script_faults(source: str) -> Iterator[tuple[int, str]]:
    """Name messages that Babel does not collect: marked ones inside the code of a template literal."""
    code = code_of(source)
    inside = [
        start + len(text) for start, text in texts_of(source) if source.startswith("${", start + len(text))
    ]
    for start in inside:
        end = source.find("}", start)
        if MARKED.search(code[start:end]):
            yield (
                source.count("\n", 0, start) + 1,
                "_() inside a template literal is not collected for translation",
            )


if __name__ == "__main__":
    main()
