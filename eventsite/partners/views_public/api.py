"""The endpoints of the API."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import g

from eventsite.agreements.core import fingerprint
from eventsite.agreements.queries import list_agreements, record_of
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, open_days
from eventsite.kernel import clock
from eventsite.kernel.ranges import TimeRange
from eventsite.kernel.words import N_
from eventsite.partners.enums import Scope
from eventsite.partners.views_public import shapes
from eventsite.partners.views_public.endpoints import Call, endpoint, next_page
from eventsite.partners.views_public.shapes import Words
from eventsite.programme.core import changes as differences
from eventsite.programme.core.board import StageNow, board_at
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item, Place, Programme
from eventsite.programme.queries import ReleaseView, get_release, list_releases
from eventsite.web.links import absolute
from eventsite.web.paging import Page, page_of

Row = TypeVar("Row")
ALL_RELEASES = 1000


@endpoint("/events", title=N_("The events of the token"), answers=shapes.EventList, scope=None)
def events(call: Call) -> shapes.EventList:
    """List the events that the token is for."""
    fair = _event()
    brief = shapes.EventBrief(slug=fair.slug, name=_words(fair, "name"), url=_home(call))
    return shapes.EventList(events=[brief])


@endpoint("/events/<slug:event>", title=N_("Facts of an event"), answers=shapes.EventFacts, scope=Scope.FACTS)
def event(call: Call) -> shapes.EventFacts:
    """Tell the public facts of an event."""
    fair = _event()
    return shapes.EventFacts(
        slug=fair.slug,
        name=_words(fair, "name"),
        market=_words(fair, "market_name"),
        place=Words(
            zh=f"{fair.host_city_zh}{fair.location_zh}", en=f"{fair.host_city_en}, {fair.location_en}"
        ),
        timezone=fair.timezone,
        year=fair.year,
        url=_home(call),
        days=[shapes.Day(date=day.date, hours=_span(day.hours)) for day in open_days(fair)],
        release=call.shown.number if call.shown else None,
        live_revision=call.shown.live_revision if call.shown else 0,
    )


@endpoint(
    "/events/<slug:event>/stages",
    title=N_("Stages"),
    answers=shapes.StageList,
    scope=Scope.FACTS,
    of_release=True,
)
def stages(call: Call) -> shapes.StageList:
    """List the stages of the programme in force."""
    view = _view(call)
    return shapes.StageList(stages=[_stage(place) for place in view.programme.stages])


@endpoint(
    "/events/<slug:event>/delegations",
    title=N_("Delegations"),
    answers=shapes.DelegationPage,
    scope=Scope.FACTS,
    asks=shapes.AskingPage,
)
def delegations(call: Call) -> shapes.DelegationPage:
    """List the delegations and what they promote."""
    fair = _event()
    page = _page(call, list_delegations(fair))
    return shapes.DelegationPage(
        **_told(page),
        items=[
            shapes.Delegation(
                id=row.ref,
                name=_words(row, "name"),
                city=_words(row, "city"),
                province=row.province_zh,
                highlights_zh=list(row.highlights_zh),
                highlights_en=list(row.highlights_en),
                url=absolute("cities.city", event=fair.slug, ref=row.ref),
            )
            for row in page.items
        ],
    )


@endpoint(
    "/events/<slug:event>/releases",
    title=N_("Versions"),
    answers=shapes.ReleasePage,
    scope=Scope.CHANGES,
    asks=shapes.AskingPage,
    of_release=True,
)
def releases(call: Call) -> shapes.ReleasePage:
    """List the releases of the programme, newest first."""
    page = _page(call, list_releases(_event(), limit=ALL_RELEASES))
    return shapes.ReleasePage(
        **_told(page),
        items=[
            shapes.NewsItem(
                number=row.number,
                released_at=_utc(row.released_at),
                note=row.note,
                sha256=row.content_sha256,
                changes=len(row.changes),
            )
            for row in page.items
        ],
    )


@endpoint(
    "/events/<slug:event>/programme",
    title=N_("The whole programme"),
    answers=shapes.Programme,
    scope=Scope.PROGRAMME,
    asks=shapes.AskingRelease,
    of_release=True,
)
def programme(call: Call) -> shapes.Programme:
    """Tell the whole programme: in force with its expected times, or a release as it was."""
    view = _view(call)
    whole = view.programme
    return shapes.Programme(
        event=whole.fair.slug,
        release=_release(view),
        days=[shapes.Day(date=day.date, hours=_span(day.hours)) for day in whole.days],
        stages=[_stage(place) for place in whole.stages],
        items=[_item(view, item) for item in whole.items],
    )


@endpoint(
    "/events/<slug:event>/items",
    title=N_("Programme items, page by page"),
    answers=shapes.ItemPage,
    scope=Scope.PROGRAMME,
    asks=shapes.AskingItems,
    of_release=True,
)
def items(call: Call) -> shapes.ItemPage:
    """List items by day, stage or delegation, page by page."""
    view = _view(call)
    page = _page(call, [item for item in view.programme.items if _is_asked(call, view.programme, item)])
    return shapes.ItemPage(
        **_told(page), release=_release(view), items=[_item(view, item) for item in page.items]
    )


@endpoint(
    "/events/<slug:event>/changes",
    title=N_("Changes since a version"),
    answers=shapes.Changes,
    scope=Scope.CHANGES,
    asks=shapes.AskingChanges,
    of_release=True,
)
def changes(call: Call) -> shapes.Changes:
    """Tell what differs between a release that the partner has and the one in force."""
    view, old = _view(call), get_release(_event(), call.asks.since)
    new = get_release(_event(), view.number)
    found = differences.compare(old.programme, new.programme)
    return shapes.Changes(
        event=view.programme.fair.slug,
        since=old.number,
        release=_release(view),
        changes=[_change(change) for change in found],
    )


@endpoint("/events/<slug:event>/now", title=N_("Now and next"), answers=shapes.Now, scope=Scope.PROGRAMME)
def now(call: Call) -> shapes.Now:
    """Tell what is on and next, stage by stage."""
    view = get_release(_event())
    board = board_at(view.programme, clock.now())
    return shapes.Now(
        event=view.programme.fair.slug,
        release=view.number,
        live_revision=view.live_revision,
        until=_utc(board.until) if board.until else None,
        stages=[_stage_now(view, row) for row in board.stages],
    )


@endpoint(
    "/events/<slug:event>/agreements",
    title=N_("Public records of agreements"),
    answers=shapes.AgreementPage,
    scope=Scope.AGREEMENTS,
    asks=shapes.AskingPage,
)
def agreements(call: Call) -> shapes.AgreementPage:
    """List the public records of agreements with their fingerprints."""
    fair = _event()
    page = _page(call, list_agreements(fair))
    return shapes.AgreementPage(**_told(page), items=[_agreement(fair, row) for row in page.items])


def _event() -> Event:
    found: Event = g.event
    return found


def _view(call: Call) -> ReleaseView:
    return get_release(_event(), getattr(call.asks, "v", None))


def _home(call: Call) -> str:
    return absolute("public.home", event=call.holder.slug)


def _page(call: Call, rows: Sequence[Row]) -> Page[Row]:
    return page_of(rows, call.asks.page, call.asks.per_page)


def _told(page: Page[Any]) -> dict[str, Any]:
    told = {"page": page.number, "per_page": page.size, "total": page.total}
    return {**told, "next": next_page(page.number, page.pages)}


def _is_asked(call: Call, whole: Programme, item: Item) -> bool:
    asks = call.asks
    return (
        (asks.day is None or fair_day(whole, item.released_slot.start) == asks.day)
        and (asks.stage is None or item.stage == asks.stage)
        and asks.delegation in (None, item.delegation.ref if item.delegation else "")
    )


def _release(view: ReleaseView) -> shapes.ReleaseFacts:
    return shapes.ReleaseFacts(
        number=view.number,
        live_revision=view.live_revision,
        released_at=_utc(view.released_at),
        note=view.note,
        sha256=view.sha256,
    )


def _stage(place: Place) -> shapes.Stage:
    return shapes.Stage(
        code=place.code,
        guid=str(place.uuid),
        name=_words(place, "name"),
        zone=place.zone_code,
        zone_name=_words(place, "zone_name"),
        capacity=place.capacity,
        covered=place.covered,
    )


def _item(view: ReleaseView, item: Item) -> shapes.Item:
    page = absolute("programme.show", event=view.programme.fair.slug)
    return shapes.Item(
        id=item.ref,
        guid=str(item.uuid),
        number=item.number,
        title=_words(item, "title"),
        notice=_words(item, "notice"),
        kind=item.kind,
        state=_state(item),
        status=item.status,
        stage=item.stage,
        day=fair_day(view.programme, item.released_slot.start),
        planned=_span(item.released_slot),
        expected=_span(item.slot),
        late_minutes=item.late_minutes,
        started_at=_utc(item.started_at) if item.started_at else None,
        ended_at=_utc(item.ended_at) if item.ended_at else None,
        troupe=_group(item.troupe),
        delegation=_group(item.delegation),
        sequence=item.sequence,
        changed_at=_utc(item.changed_at or view.released_at),
        url=f"{page}#i-{item.mark}",
    )


def _state(item: Item) -> Any:
    """Return how an item stands by what the live clock has written, not by the time of day."""
    if item.is_cancelled:
        return "off"
    if item.ended_at is not None:
        return "ended"
    return "on" if item.started_at is not None else "scheduled"


def _stage_now(view: ReleaseView, row: StageNow) -> shapes.StageNow:
    phase: Any = row.phase.value
    return shapes.StageNow(
        stage=row.stage.code,
        name=_words(row.stage, "name"),
        phase=phase,
        now=[_item(view, item) for item in row.on],
        next=_item(view, row.next) if row.next else None,
    )


def _change(change: differences.Change) -> shapes.Change:
    kind: Any = change.kind.value
    return shapes.Change(
        kind=kind,
        id=change.ref,
        title=_words(change, "title"),
        old=_spot(change.old),
        new=_spot(change.new),
    )


def _spot(spot: differences.Spot | None) -> shapes.Spot | None:
    if spot is None:
        return None
    start, end = _utc(spot.slot.start), _utc(spot.slot.end)
    return shapes.Spot(start=start, end=end, stage=spot.stage, stage_name=_words(spot, "stage"))


def _agreement(fair: Event, row: Any) -> shapes.AgreementBrief:
    page = absolute("agreements.agreement", event=fair.slug, ref=row.ref)
    record = record_of(fair, row)
    return shapes.AgreementBrief(
        id=row.ref,
        kind=row.kind,
        title=_words(row, "title"),
        signed=row.signed_date,
        parties=[_words(party.organization, "name") for party in row.parties],
        sha256=fingerprint(record),
        url=page,
        record=f"{page}/record.json",
    )


def _group(group: Any) -> shapes.Group | None:
    return shapes.Group(id=group.ref, name=_words(group, "name")) if group else None


def _words(row: Any, name: str) -> Words:
    return Words(zh=getattr(row, f"{name}_zh") or "", en=getattr(row, f"{name}_en") or "")


def _span(slot: TimeRange) -> shapes.Span:
    return shapes.Span(start=_utc(slot.start), end=_utc(slot.end))


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
