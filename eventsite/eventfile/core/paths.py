"""Where something stands in a JSON document."""

import json
import re

Path = tuple[str | int, ...]

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
LONGEST = 60


def write_path(path: Path) -> str:
    """Return a JSON path such as `$.booths[3].power_kw`."""
    return "$" + "".join(_step(step) for step in path)


def show(value: object) -> str:
    """Return a value as JSON on one line, cut where it is long, safe for any terminal."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in cut)


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN.match(step) else f'["{show(step)}"]'
