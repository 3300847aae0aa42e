"""Values of the programme and rows of the event in the shapes of the API."""

from datetime import UTC, datetime
from typing import Any

from eventsite.agreements.core import fingerprint
from eventsite.agreements.models import Agreement
from eventsite.agreements.queries import record_of
from eventsite.events.models import Event
from eventsite.kernel.ranges import TimeRange
from eventsite.partners.views_public import shapes
from eventsite.partners.views_public.shapes import Words
from eventsite.programme.core import changes as differences
from eventsite.programme.core.board import StageNow
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Act, City, Item, Place
from eventsite.programme.queries import ReleaseView
from eventsite.web.links import absolute


def release_facts(view: ReleaseView) -> shapes.ReleaseFacts:
    """Return which release an answer is of."""
    return shapes.ReleaseFacts(
        number=view.number,
        live_revision=view.live_revision,
        released_at=utc(view.released_at),
        note=view.note,
        sha256=view.sha256,
    )


def stage_of(place: Place) -> shapes.Stage:
    """Return a stage."""
    return shapes.Stage(
        code=place.code,
        guid=str(place.uuid),
        name=words_of(place, "name"),
        zone=place.zone_code,
        zone_name=words_of(place, "zone_name"),
        capacity=place.capacity,
        covered=place.covered,
    )


def item_of(view: ReleaseView, item: Item) -> shapes.Item:
    """Return an item as it was released and as it is expected."""
    page = absolute("programme.show", event=view.programme.fair.slug)
    return shapes.Item(
        id=item.ref,
        guid=str(item.uuid),
        number=item.number,
        title=words_of(item, "title"),
        notice=words_of(item, "notice"),
        kind=item.kind,
        state=_state(item),
        status=item.status,
        stage=item.stage,
        day=fair_day(view.programme, item.released_slot.start),
        planned=span_of(item.released_slot),
        expected=span_of(item.slot),
        late_minutes=item.late_minutes,
        started_at=utc(item.started_at) if item.started_at else None,
        ended_at=utc(item.ended_at) if item.ended_at else None,
        troupe=_group(item.troupe),
        delegation=_group(item.delegation),
        sequence=item.sequence,
        changed_at=utc(item.changed_at or view.released_at),
        url=f"{page}#i-{item.mark}",
    )


def _state(item: Item) -> Any:
    """Return how an item stands by what the live clock has written, not by the time of day."""
    if item.is_cancelled:
        return "off"
    if item.ended_at is not None:
        return "ended"
    return "on" if item.started_at is not None else "scheduled"


def stage_now(view: ReleaseView, row: StageNow) -> shapes.StageNow:
    """Return what is on and next on a stage."""
    phase: Any = row.phase.value
    return shapes.StageNow(
        stage=row.stage.code,
        name=words_of(row.stage, "name"),
        phase=phase,
        now=[item_of(view, item) for item in row.on],
        next=item_of(view, row.next) if row.next else None,
    )


def change_of(change: differences.Change) -> shapes.Change:
    """Return what happened to an item between two releases."""
    kind: Any = change.kind.value
    return shapes.Change(
        kind=kind,
        id=change.ref,
        title=words_of(change, "title"),
        old=_spot(change.old),
        new=_spot(change.new),
    )


def _spot(spot: differences.Spot | None) -> shapes.Spot | None:
    if spot is None:
        return None
    start, end = utc(spot.slot.start), utc(spot.slot.end)
    return shapes.Spot(start=start, end=end, stage=spot.stage, stage_name=words_of(spot, "stage"))


def agreement_of(fair: Event, row: Agreement) -> shapes.AgreementBrief:
    """Return the public record of an agreement with its fingerprint."""
    page = absolute("agreements.agreement", event=fair.slug, ref=row.ref)
    record = record_of(fair, row)
    return shapes.AgreementBrief(
        id=row.ref,
        kind=row.kind,
        title=words_of(row, "title"),
        signed=row.signed_date,
        parties=[words_of(party.organization, "name") for party in row.parties],
        sha256=fingerprint(record),
        url=page,
        record=f"{page}/record.json",
    )


def _group(group: Act | City | None) -> shapes.Group | None:
    return shapes.Group(id=group.ref, name=words_of(group, "name")) if group else None


def words_of(row: Any, name: str) -> Words:
    """Return a text in both languages."""
    return Words(zh=getattr(row, f"{name}_zh") or "", en=getattr(row, f"{name}_en") or "")


def span_of(slot: TimeRange) -> shapes.Span:
    """Return a range of instants."""
    return shapes.Span(start=utc(slot.start), end=utc(slot.end))


def utc(instant: datetime) -> datetime:
    """Return an instant in UTC."""
    return instant.astimezone(UTC)
