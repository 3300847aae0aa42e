"""The endpoints of the API."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import g

from eventsite.agreements.queries import list_agreements
from eventsite.events.models import Event
from eventsite.events.queries import list_delegations, open_days
from eventsite.kernel import clock
from eventsite.kernel.words import N_
from eventsite.partners.enums import Scope
from eventsite.partners.views_public import shapes
from eventsite.partners.views_public.endpoints import Call, endpoint, next_page
from eventsite.partners.views_public.shapes import Words
from eventsite.partners.views_public.telling import (
    agreement_of,
    change_of,
    item_of,
    release_facts,
    span_of,
    stage_now,
    stage_of,
    utc,
    words_of,
)
from eventsite.programme.core import changes as differences
from eventsite.programme.core.board import board_at
from eventsite.programme.core.days import fair_day
from eventsite.programme.core.values import Item, Programme
from eventsite.programme.queries import ReleaseView, get_release, list_releases
from eventsite.web.links import absolute
from eventsite.web.paging import Page, page_of

Row = TypeVar("Row")
ALL_RELEASES = 1000


@endpoint("/events", title=N_("The events of the token"), answers=shapes.EventList, scope=None)
def events(call: Call) -> shapes.EventList:
    """List the events that the token is for."""
    fair = _event()
    brief = shapes.EventBrief(slug=fair.slug, name=words_of(fair, "name"), url=_home(call))
    return shapes.EventList(events=[brief])


@endpoint("/events/<slug:event>", title=N_("Facts of an event"), answers=shapes.EventFacts, scope=Scope.FACTS)
def event(call: Call) -> shapes.EventFacts:
    """Tell the public facts of an event."""
    fair = _event()
    return shapes.EventFacts(
        slug=fair.slug,
        name=words_of(fair, "name"),
        market=words_of(fair, "market_name"),
        place=Words(
            zh=f"{fair.host_city_zh}{fair.location_zh}", en=f"{fair.host_city_en}, {fair.location_en}"
        ),
        timezone=fair.timezone,
        year=fair.year,
        url=_home(call),
        days=[shapes.Day(date=day.date, hours=span_of(day.hours)) for day in open_days(fair)],
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
    return shapes.StageList(stages=[stage_of(place) for place in view.programme.stages])


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
                name=words_of(row, "name"),
                city=words_of(row, "city"),
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
                released_at=utc(row.released_at),
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
        release=release_facts(view),
        days=[shapes.Day(date=day.date, hours=span_of(day.hours)) for day in whole.days],
        stages=[stage_of(place) for place in whole.stages],
        items=[item_of(view, item) for item in whole.items],
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
        **_told(page), release=release_facts(view), items=[item_of(view, item) for item in page.items]
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
        release=release_facts(view),
        changes=[change_of(change) for change in found],
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
        until=utc(board.until) if board.until else None,
        stages=[stage_now(view, row) for row in board.stages],
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
    return shapes.AgreementPage(**_told(page), items=[agreement_of(fair, row) for row in page.items])


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
