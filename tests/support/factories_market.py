"""Facts as a booth form gives them, and the standing cast of the market's tests."""

from dataclasses import dataclass, replace
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.events.models import Event, Zone
from eventsite.market.core import BoothFacts
from tests.support.factories import make_delegation, make_event, make_zone

ORGANIZER = Actor(ref="account:1", label="organizer", origin="192.0.2.7")


def booth_facts(**given: Any) -> BoothFacts:
    """Return the facts of booth A-01 in zone A, near the zone's corner at the top left."""
    usual = BoothFacts(
        code="A-01",
        zone="A",
        delegation=None,
        name_zh="特色鸡架派送点",
        name_en="Chicken frames",
        category="food",
        kind="booth",
        size_m="3x3",
        power_kw=2.5,
        appliances_zh=("保温柜", "封口机"),
        needs_water=True,
        open_flame=False,
        food_permit_required=True,
        staff_passes=4,
        vehicle_passes=1,
        status="confirmed",
        map_x=30.0,
        map_y=74.0,
        map_w=80.0,
        map_h=140.0,
        note_zh=None,
    )
    return replace(usual, **given)


@dataclass(frozen=True, kw_only=True)
class Fair:
    """A fair with zones A and B side by side, and one delegation."""

    event: Event
    zone: Zone
    other: Zone


def make_fair(**given: Any) -> Fair:
    """Make a fair with zones A (20 to 400 across) and B (410 to 790), and Dalian's delegation `dl-dalian`."""
    event = make_event(**given)
    fair = Fair(
        event=event,
        zone=make_zone(event, code="A", order=1, name_zh="玩得乐呵", name_en="Merry Play"),
        other=make_zone(event, code="B", order=2, name_zh="香得迷糊", kind="food", map_x=410),
    )
    make_delegation(event, ref="dl-dalian")
    return fair
