"""Codes as drawings: what they say comes back, with the quiet zone kept."""

import re

from eventsite.printing.codes import QUIET, Code, Level, draw


def test_drawing_keeps_the_quiet_zone_white() -> None:
    drawing = draw(Code("https://fair.example/x/ABCD2345"))
    size = size_of(drawing)
    spots = re.findall(r"M(\d+) (\d+)h(\d+)", drawing)
    assert min(int(x) for x, _, _ in spots) == QUIET
    assert max(int(x) + int(w) for x, _, w in spots) == size - QUIET
    assert min(int(y) for _, y, _ in spots) == QUIET


def test_paper_gets_more_redundancy_than_a_screen() -> None:
    address = "https://fair.example/c/AhZ3kq0Vb1nYx8mC5tLw7sRd2fGjKpQe"
    assert size_of(draw(Code(address))) > size_of(draw(Code(address, Level.M)))


def test_drawing_is_the_same_each_time() -> None:
    assert draw(Code("A")) == draw(Code("A"))


def size_of(drawing: str) -> int:
    """Return how many modules wide a drawing is."""
    found = re.search(r'viewBox="0 0 (\d+) ', drawing)
    assert found
    return int(found[1])
