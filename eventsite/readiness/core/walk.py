"""In which order somebody walks past booths."""

from collections.abc import Sequence

from eventsite.kernel.boxes import Box


def walking_order(places: Sequence[tuple[str, Box]]) -> list[str]:
    """Return codes row by row from the top, each row begun where the one before ended."""
    rows: list[list[tuple[str, Box]]] = []
    for code, box in sorted(places, key=lambda place: (place[1].center[1], place[1].x)):
        if rows and box.center[1] - rows[-1][0][1].center[1] < rows[-1][0][1].h / 2:
            rows[-1].append((code, box))
        else:
            rows.append([(code, box)])
    order: list[str] = []
    for number, row in enumerate(rows):
        along = sorted(row, key=lambda place: place[1].x, reverse=bool(number % 2))
        order.extend(code for code, _box in along)
    return order
