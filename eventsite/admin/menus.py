"""The team's menu: what the actor may open in the event of the request."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext

from eventsite.accounts.core import Permission, Thing
from eventsite.accounts.permissions import AccountPermission
from eventsite.checkin.permissions import CheckinPermission
from eventsite.events.permissions import EventPermission
from eventsite.kernel.words import N_
from eventsite.market.permissions import MarketPermission
from eventsite.programme.permissions import ProgrammePermission
from eventsite.web.access import may


@dataclass(frozen=True)
class Entry:
    """A page of the menu; `endpoint`'s blueprint marks it as current on the pages below it."""

    endpoint: str
    label: str
    icon: str
    permission: Permission


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        N_("Overview"),
        (Entry("admin.dashboard", N_("Dashboard"), "gauge", EventPermission.OPEN_DESK),),
    ),
    (
        N_("Market"),
        (
            Entry("market_admin.booths", N_("Booths"), "booth", MarketPermission.SEE_BOOTHS),
            Entry("events_admin.zones", N_("Zones"), "zone", EventPermission.SEE_PLACES),
            Entry("market_admin.floats", N_("Floats"), "float", MarketPermission.SEE_BOOTHS),
            Entry("market_admin.applications", N_("Applications"), "inbox", MarketPermission.SEE_PAPERS),
            Entry("market_admin.permits", N_("Permits"), "seal", MarketPermission.SEE_PAPERS),
            Entry("market_admin.milestones", N_("Milestones"), "flag", MarketPermission.SEE_PAPERS),
        ),
    ),
    (
        N_("Programme"),
        (
            Entry("programme_admin.items", N_("Programme items"), "grid", ProgrammePermission.SEE_DRAFT),
            Entry("programme_admin.releases", N_("Versions"), "cal", ProgrammePermission.SEE_DRAFT),
            Entry("programme_admin.troupes", N_("Troupes"), "mic", ProgrammePermission.SEE_DRAFT),
        ),
    ),
    (
        N_("Places and people"),
        (
            Entry("events_admin.stages", N_("Stages"), "mic", EventPermission.SEE_PLACES),
            Entry("events_admin.facilities", N_("Facilities"), "pin", EventPermission.SEE_PLACES),
            Entry("events_admin.delegations", N_("Delegations"), "users", EventPermission.SEE_PLACES),
            Entry("events_admin.organizations", N_("Organizations"), "partner", EventPermission.SEE_PLACES),
        ),
    ),
    (
        N_("Visitors"),
        (Entry("checkin_admin.checkpoints", N_("Checkpoints"), "stamp", CheckinPermission.SEE_CHECKPOINTS),),
    ),
    (
        N_("Management"),
        (
            Entry("members.show_members", N_("People and roles"), "users", AccountPermission.SEE_MEMBERS),
            Entry("admin.history", N_("History"), "audit", EventPermission.SEE_HISTORY),
        ),
    ),
)

SITE_GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        N_("The site"),
        (
            Entry("people.index", N_("People and roles"), "users", AccountPermission.SEE_PEOPLE),
            Entry("accounts.outbox", N_("Outbox"), "send", AccountPermission.READ_OUTBOX),
        ),
    ),
)


def menu() -> list[dict[str, Any]]:
    """Return the groups with the pages that the actor may open: the event's, or outside an event the site's."""
    event = g.get("event")
    place = {"event": event.slug} if event else {}
    thing = Thing(event_id=event.id if event else None)
    groups = [
        {
            "label": gettext(label),
            "items": [_item(entry, place) for entry in entries if may(entry.permission, thing)],
        }
        for label, entries in (GROUPS if event else SITE_GROUPS)
    ]
    return [group for group in groups if group["items"]]


def _item(entry: Entry, place: dict[str, str]) -> dict[str, Any]:
    return {
        "label": gettext(entry.label),
        "url": url_for(entry.endpoint, **place),
        "icon": entry.icon,
        "current": _is_current(entry),
        "count": None,
    }


def _is_current(entry: Entry) -> bool:
    """Mark the page itself; below it, the first page of the menu that its blueprint has."""
    groups = GROUPS if g.get("event") else SITE_GROUPS
    listed = [listed.endpoint for _label, entries in groups for listed in entries]
    if request.endpoint in listed:
        return request.endpoint == entry.endpoint
    own = [endpoint for endpoint in listed if endpoint.split(".")[0] == request.blueprint]
    return own[:1] == [entry.endpoint]
