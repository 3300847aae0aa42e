"""Turning a release into the snapshot that exports are written from."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from eventsite.events.models import Event
from eventsite.exports.core.values import Both, Entry, Group, Links, Room, Snapshot, Span, State, Team
from eventsite.exports.writers.changes_json import Told
from eventsite.programme.core.changes import Change
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Act, City, Item, Place, Programme, lasting_uuid
from eventsite.programme.enums import ChangeKind
from eventsite.programme.queries import ReleaseView, current_release, list_releases


def take_snapshot(view: ReleaseView, links: Links, *, alone: bool) -> Snapshot:
    """Return what exports say of a release; `alone` leaves the live clock out."""
    programme = view.programme
    rooms = {place.code: _room(place) for place in programme.stages}
    fair = programme.fair
    moved = _moved(view.changes)
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
        entries=[_entry(programme, item, rooms[item.stage], view, moved) for item in programme.items],
        links=links,
    )


def list_told(event: Event, *, limit: int) -> list[Told]:
    """Return the newest releases with what each changed, newest first."""
    view = current_release(event)
    known = view.programme.by_ref if view else {}
    return [
        Told(
            number=release.number,
            released_at=release.released_at,
            note=release.note,
            sha256=release.content_sha256,
            changes=[(_lasting(event, known, change["ref"]), change) for change in release.changes],
        )
        for release in list_releases(event, limit=limit)
    ]


def _lasting(event: Event, known: Mapping[str, Item], ref: str) -> UUID:
    return known[ref].uuid if ref in known else lasting_uuid(event.slug, "item", ref)


def _moved(changes: tuple[Change, ...]) -> Mapping[str, datetime]:
    """Return when the items that this release moved were to start before it."""
    return {
        change.ref: change.old.slot.start
        for change in changes
        if change.kind is ChangeKind.MOVED and change.old and change.new
        if change.old.slot.start != change.new.slot.start
    }


def _room(place: Place) -> Room:
    return Room(
        code=place.code,
        uuid=place.uuid,
        name=Both(place.name_zh, place.name_en),
        zone=Both(place.zone_name_zh, place.zone_name_en),
        zone_code=place.zone_code,
        capacity=place.capacity,
    )


def _entry(
    programme: Programme, item: Item, room: Room, view: ReleaseView, moved: Mapping[str, datetime]
) -> Entry:
    start, planned = item.slot.start, item.released_slot.start
    return Entry(
        ref=item.ref,
        uuid=item.uuid,
        number=item.number,
        day=fair_day(programme, planned),
        start=start,
        end=item.slot.end,
        room=room,
        title=Both(item.title_zh, item.title_en),
        kind=item.kind,
        state=_state(item),
        notice=Both(item.notice_zh, item.notice_en),
        group=_group(item.troupe),
        team=_team(item.delegation),
        languages=item.languages,
        is_demo=item.source == "demo",
        planned_start=planned if planned != start else None,
        previous_start=planned if planned != start else moved.get(item.ref),
        sequence=item.sequence,
        changed_at=item.changed_at or view.released_at,
    )


def _state(item: Item) -> State:
    if item.status == State.WITHDRAWN.value:
        return State.WITHDRAWN
    if item.is_cancelled:
        return State.CANCELLED
    return State.DELAYED if item.late_minutes > 0 else State.SCHEDULED


def _group(troupe: Act | None) -> Group | None:
    return Group(uuid=troupe.uuid, name=Both(troupe.name_zh, troupe.name_en)) if troupe else None


def _team(city: City | None) -> Team | None:
    if city is None:
        return None
    return Team(ref=city.ref, name=Both(city.name_zh, city.name_en), city=Both(city.city_zh, city.city_en))
