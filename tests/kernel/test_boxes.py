"""Rectangles on a plan."""

import pytest

from eventsite.kernel.boxes import Box, metres

BOX = Box(x=10, y=20, w=30, h=40)


@pytest.mark.parametrize(
    ("other", "contained", "shared"),
    [
        (BOX, True, True),
        (Box(x=12, y=22, w=5, h=5), True, True),
        (Box(x=5, y=22, w=10, h=5), False, True),
        (Box(x=40, y=20, w=5, h=5), False, False),
        (Box(x=10, y=60, w=30, h=5), False, False),
        (Box(x=0, y=0, w=100, h=100), False, True),
    ],
)
def test_contains_counts_edges_and_overlaps_does_not(other: Box, contained: bool, shared: bool) -> None:
    assert (BOX.contains(other), BOX.overlaps(other), other.overlaps(BOX)) == (contained, shared, shared)


@pytest.mark.parametrize(("point", "distance"), [((15, 25), 0), ((10, 20), 0), ((43, 64), 5), ((4, 30), 6)])
def test_distance_is_to_the_nearest_edge(point: tuple[float, float], distance: float) -> None:
    assert BOX.distance(*point) == distance


@pytest.mark.parametrize(
    ("other", "depth", "reach"),
    [
        (Box(x=35, y=20, w=30, h=40), 5, 25),
        (Box(x=40, y=20, w=30, h=40), 0, 30),
        (Box(x=50, y=20, w=30, h=40), -10, 40),
        (Box(x=0, y=0, w=100, h=100), 30, -10),
    ],
)
def test_depth_and_reach_tell_how_far(other: Box, depth: float, reach: float) -> None:
    assert (BOX.depth(other), other.depth(BOX), BOX.reach(other)) == (depth, depth, reach)


@pytest.mark.parametrize(("length", "told"), [(20, 1.0), (10, 0.5), (4.1, 0.21), (0.1, 0.01), (0.09, 0.0)])
def test_metres_are_told_to_the_centimetre(length: float, told: float) -> None:
    assert metres(length) == told
