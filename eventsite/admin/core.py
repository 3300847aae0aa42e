"""What the dashboard works out: plain values in, plain values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Light(Enum):
    """How full a zone is."""

    CALM = "calm"
    NOTICE = "notice"
    WARNING = "warning"
    LIMIT = "limit"


@dataclass(frozen=True, kw_only=True)
class ZoneLoad:
    """People in a zone at a count, and what that means by the zone's own thresholds."""

    code: str
    people: int
    capacity: int
    light: Light

    @property
    def percent(self) -> int:
        """Return the share of the capacity, 100 for a full zone."""
        return round(100 * self.people / self.capacity) if self.capacity else 0


def zone_load(code: str, people: int, capacity: int, levels: Mapping[str, float]) -> ZoneLoad:
    """Return a zone's load; `levels` maps `notice`, `warning` and `limit` to shares of the capacity."""
    share = people / capacity if capacity else 0.0
    light = Light.CALM
    for step in (Light.NOTICE, Light.WARNING, Light.LIMIT):
        if share >= levels.get(step.value, 2.0):
            light = step
    return ZoneLoad(code=code, people=people, capacity=capacity, light=light)
