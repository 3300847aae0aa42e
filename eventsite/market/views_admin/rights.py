"""Who may save which change of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eventsite.accounts.core import Thing
from eventsite.events.models import Event, Zone
from eventsite.events.queries import list_zones
from eventsite.kernel.boxes import Box
from eventsite.kernel.errors import NotAllowed
from eventsite.kernel.words import N_
from eventsite.market.core import BoothFacts, Change, Kind, Op, is_moved, other_grounds
from eventsite.market.models import Booth
from eventsite.market.permissions import MarketPermission, booth_thing, zone_thing
from eventsite.market.queries import list_booths
from eventsite.web.access import check, may


def check_changes(event: Event, changes: Sequence[Change]) -> None:
    """Ask the right to each change; raises `NotAllowed`.

    A booth is asked about where it stands, where it is to stand, and on whose ground that is. One that is
    gone is not asked about: the operation says so, and the same removal sent twice is one.
    """
    zones = {zone.code: zone for zone in list_zones(event)}
    booths = {booth.ref: booth for booth in list_booths(event)}
    for change in changes:
        if change.kind is not Kind.BOOTH:
            check(MarketPermission.EDIT_PLAN, Thing(event_id=event.id))
        elif change.key in booths or change.op is Op.CREATE:
            _check_booth(event, change, booths.get(change.key), zones)


def _check_booth(event: Event, change: Change, booth: Booth | None, zones: Mapping[str, Zone]) -> None:
    if booth:
        check(MarketPermission.PLACE_BOOTH, booth_thing(booth))
    if "zone" in change.facts:
        there = zones.get(change.facts["zone"])
        check(MarketPermission.PLACE_BOOTH, zone_thing(there) if there else Thing(event_id=event.id))
    if change.op is not Op.REMOVE:
        before = booth.facts if booth else None
        after = replace(before, **change.facts) if before else BoothFacts(**change.facts)
        if before is None or is_moved(before, after):
            _check_ground(after, zones)


def _check_ground(booth: BoothFacts, zones: Mapping[str, Zone]) -> None:
    grounds: dict[str, Box] = {code: zone.box for code, zone in zones.items()}
    for code in other_grounds(booth.box, booth.zone, grounds):
        if not may(MarketPermission.PLACE_BOOTH, zone_thing(zones[code])):
            raise NotAllowed(
                N_("Booth %(code)s would stand on the ground of zone %(zone)s, where you may place none."),
                code=booth.code,
                zone=code,
            )
