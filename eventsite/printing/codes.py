"""QR codes as vector drawings: dark on white, the quiet zone of four modules kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import qrcode

QUIET = 4  # modules around a code, as the standard asks


class Level(Enum):
    """How much of a code may be dirty or torn: M 15 %, Q 25 %."""

    M = qrcode.constants.ERROR_CORRECT_M
    Q = qrcode.constants.ERROR_CORRECT_Q


@dataclass(frozen=True)
class Code:
    """A code in the data of a template: an address, drawn where it stands; paper gets level Q."""

    text: str
    level: Level = Level.Q


def draw(code: Code) -> str:
    """Return an SVG of the code, one unit a module."""
    made = qrcode.QRCode(error_correction=code.level.value, border=QUIET)
    made.add_data(code.text)
    made.make(fit=True)
    rows = made.get_matrix()
    path = "".join(_row(y, row) for y, row in enumerate(rows))
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr-image" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{path}" fill="#000"/></svg>'
    )


def _row(y: int, row: Sequence[bool | None]) -> str:
    """Return a row's dark runs as closed rectangles."""
    path, x = "", 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            path += f"M{start} {y}h{x - start}v1h-{x - start}z"
        x += 1
    return path
