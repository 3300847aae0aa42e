"""How full zones are, by a count and their own thresholds: plain values in, plain values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
    name_zh: str
    name_en: str
    people: int
    capacity: int
    light: Light

    @property
    def percent(self) -> int:
        """Return the share of the capacity, 100 for a full zone."""
        return round(100 * self.people / self.capacity) if self.capacity else 0


def light_of(people: int, capacity: int, levels: Mapping[str, float]) -> Light:
    """Return how full a zone is; `levels` maps `notice`, `warning` and `limit` to shares of the capacity."""
    share = people / capacity if capacity else 0.0
    light = Light.CALM
    for step in (Light.NOTICE, Light.WARNING, Light.LIMIT):
        if step.value in levels and share >= levels[step.value]:
            light = step
    return light


@dataclass(frozen=True, kw_only=True)
class Footfall:
    """A count by zone; zones that were not counted are left out."""

    at: datetime
    zones: tuple[ZoneLoad, ...]

    @property
    def people(self) -> int:
        """Return how many people were counted in all zones."""
        return sum(zone.people for zone in self.zones)
