"""Turning a release into the snapshot that exports are written from."""

from eventsite.exports.core import NOTHING, Both, Entry, Group, Links, Room, Snapshot, Span
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item, Place, Programme
from eventsite.programme.queries import ReleaseView


def take_snapshot(view: ReleaseView, links: Links, *, alone: bool) -> Snapshot:
    """Return what exports say of a release; `alone` leaves the live clock out."""
    programme = view.programme
    rooms = {place.code: _room(place) for place in programme.stages}
    fair = programme.fair
    return Snapshot(
        slug=fair.slug,
        title=Both(fair.name_zh, fair.name_en),
        name=Both(fair.market_name_zh, fair.market_name_en),
        place=Both(fair.place_zh, fair.place_en),
        timezone=fair.timezone,
        number=view.number,
        live_revision=None if alone else view.live_revision,
        released_at=view.released_at,
        days=[Span(date=day.date, start=day.hours.start, end=day.hours.end) for day in programme.days],
        rooms=list(rooms.values()),
        entries=[_entry(programme, item, rooms[item.stage], view) for item in programme.items],
        links=links,
    )


def _room(place: Place) -> Room:
    return Room(
        code=place.code,
        uuid=place.uuid,
        name=Both(place.name_zh, place.name_en),
        zone=Both(place.zone_name_zh, place.zone_name_en),
        capacity=place.capacity,
    )


def _entry(programme: Programme, item: Item, room: Room, view: ReleaseView) -> Entry:
    troupe, city = item.troupe, item.delegation
    return Entry(
        ref=item.ref,
        uuid=item.uuid,
        number=item.number,
        day=fair_day(programme, item.slot.start),
        start=item.slot.start,
        end=item.slot.end,
        room=room,
        title=Both(item.title_zh, item.title_en),
        kind=item.kind,
        cancelled=item.is_cancelled,
        notice=Both(item.notice_zh, item.notice_en),
        group=Group(uuid=troupe.uuid, name=Both(troupe.name_zh, troupe.name_en)) if troupe else None,
        delegation=Both(city.name_zh, city.name_en) if city else NOTHING,
        sequence=item.sequence,
        changed_at=item.changed_at or view.released_at,
    )
