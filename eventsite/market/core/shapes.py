"""Shapes of a plan: fire lanes, floats' routes, water and words."""

from dataclasses import dataclass, replace

from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_
from eventsite.market.enums import ShapeKind

Point = list[float]


@dataclass(frozen=True, kw_only=True)
class ShapeFacts:
    """What an organizer says of a shape; `carried` is the id in the file of the float on a route."""

    kind: str
    name_zh: str
    name_en: str
    map_x: float
    map_y: float
    map_w: float
    map_h: float
    points: list[Point]
    carried: str | None


def check_shape(facts: ShapeFacts) -> ShapeFacts:
    """Return the facts with a route's bounds for its box; raises `DomainError` for what cannot be drawn."""
    if facts.kind not in {kind.value for kind in ShapeKind}:
        raise DomainError(N_("There is no such kind of shape: %(kind)s."), field="kind", kind=facts.kind)
    if facts.kind != ShapeKind.ROUTE.value:
        if facts.map_w <= 0 or facts.map_h <= 0:
            raise DomainError(N_("“%(name)s” needs a width and a depth."), field="map_w", name=facts.name_zh)
        return replace(facts, points=[], carried=None)
    if len(facts.points) < 2:
        raise DomainError(N_("A route runs through two points at least."), field="points")
    across, down = zip(*facts.points, strict=True)
    return replace(
        facts,
        map_x=min(across),
        map_y=min(down),
        map_w=round(max(across) - min(across), 2),
        map_h=round(max(down) - min(down), 2),
    )
