"""Rectangles on a plan. Units are the plan's own; `x`, `y` is the corner at the top left."""

from dataclasses import dataclass
from math import floor, hypot

METRE = 20.0
"""So many units of a plan are a metre."""


def metres(length: float) -> float:
    """Return a length on the plan in metres, to the centimetre."""
    return floor(length / METRE * 100 + 0.5) / 100


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle with sides along the plan's."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Return where it ends on the right."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.y + self.h

    @property
    def center(self) -> tuple[float, float]:
        """Return the point in its middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    def contains(self, other: "Box") -> bool:
        """Tell whether the other lies within, edges included."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: "Box") -> bool:
        """Tell whether the two share ground; boxes that only touch do not."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def distance(self, x: float, y: float) -> float:
        """Return how far the point is from the nearest edge, 0 inside."""
        return hypot(max(self.x - x, 0, x - self.right), max(self.y - y, 0, y - self.bottom))

    def gap(self, other: "Box") -> float:
        """Return how far the nearest edges of two boxes are apart, 0 where they touch or overlap."""
        across = max(other.x - self.right, self.x - other.right, 0)
        return hypot(across, max(other.y - self.bottom, self.y - other.bottom, 0))

    def depth(self, other: "Box") -> float:
        """Return how deep the two reach into each other; not above 0 where they do not."""
        across = min(self.right, other.right) - max(self.x, other.x)
        return min(across, min(self.bottom, other.bottom) - max(self.y, other.y))

    def reach(self, outer: "Box") -> float:
        """Return how far it reaches out of the other; not above 0 where it does not."""
        across = max(outer.x - self.x, self.right - outer.right)
        return max(across, outer.y - self.y, self.bottom - outer.bottom)
