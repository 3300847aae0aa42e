"""Where a point of the plan is, in words."""

import pytest

from eventsite.events.core import Spot, nearest, spot_of
from eventsite.kernel.boxes import Box

ZONE = Box(x=20, y=20, w=380, h=360)


@pytest.mark.parametrize(
    ("x", "y", "spot"),
    [
        (0, 0, Spot.TOP_LEFT),
        (600, 420, Spot.MIDDLE),
        (1150, 800, Spot.BOTTOM_RIGHT),
        (1300, -5, Spot.TOP_RIGHT),
    ],
)
def test_spot_says_the_ninth(x: float, y: float, spot: Spot) -> None:
    assert spot_of(x, y, Box(x=0, y=0, w=1200, h=840)) is spot


def test_nearest_zone_by_its_edge() -> None:
    boxes = {"A": ZONE, "B": Box(x=410, y=20, w=380, h=360)}
    assert nearest(780, 800, boxes) == "B"
    assert nearest(30, 30, boxes) == "A"
    assert nearest(0, 0, {}) is None
