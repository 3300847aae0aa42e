"""Tables of the programme: what is planned, how it is judged, and what has been released."""

from eventsite.programme.models.items import (
    ItemResource,
    ProgrammeItem,
    Resource,
    Troupe,
    TroupeWindow,
)
from eventsite.programme.models.live import LiveAct, StageMessage
from eventsite.programme.models.plans import ClashSetting, PlanSlot, ProgrammePlan
from eventsite.programme.models.releases import LiveState, Release

__all__ = [
    "ClashSetting",
    "ItemResource",
    "LiveAct",
    "LiveState",
    "PlanSlot",
    "ProgrammeItem",
    "ProgrammePlan",
    "Release",
    "Resource",
    "StageMessage",
    "Troupe",
    "TroupeWindow",
]
