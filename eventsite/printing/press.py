"""What the child process does: draw the codes, make every text printable, let typst set the template."""

import json
import re
from pathlib import Path
from typing import Any

import typst

from eventsite.printing.codes import Code, Level, draw
from eventsite.printing.glyphs import can_print, folders, is_unseen

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "print"
NAME = re.compile(r"[a-z][a-z_]{0,39}")
OPEN, CLOSE = "\ue000", "\ue001"  # around the number of a character; `_base.typ` draws a box there
LONG = re.compile(r"[A-Za-z0-9_]{24}(?=[A-Za-z0-9_])")  # a word without a place to break
BREAK = "\u200b"
ARCHIVAL: Any = ["a-2a", "ua-1"]  # to be kept for long, and read aloud


def typeset(order: bytes) -> bytes:
    """Return the PDF of an order: a template's name, its data, and when it was made if it is to be kept."""
    asked = json.loads(order)
    if not NAME.fullmatch(asked["template"]):
        raise LookupError(asked["template"])
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders()],
    )
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)
    made = asked.get("made")
    pdf, warnings = compiler.compile_with_warnings(
        str(TEMPLATES / f"{asked['template']}.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(printable(asked["data"]), ensure_ascii=False)},
        timestamp=made or 0,
        pdf_standards=None if made is None else ARCHIVAL,
    )
    if warnings:  # an unknown font drops all Chinese without a fault
        raise RuntimeError("; ".join(str(warning) for warning in warnings))
    assert isinstance(pdf, bytes)
    return pdf


def printable(value: Any) -> Any:
    """Return the data with its codes drawn and its texts as they can be set."""
    if isinstance(value, dict):
        if value.keys() == {"code", "level"}:
            return draw(Code(value["code"], Level[value["level"]]))
        return {name: printable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [printable(inner) for inner in value]
    return settable(value) if isinstance(value, str) else value


def settable(text: str) -> str:
    """Return a text of which nothing is left out: a character without a glyph gives its number."""
    shown = (sign for sign in text if sign.isspace() or not is_unseen(sign))
    signs = (sign if can_print(sign) else f"{OPEN}{ord(sign):X}{CLOSE}" for sign in shown)
    return LONG.sub(rf"\g<0>{BREAK}", "".join(signs))
