"""The team's menu: what the actor may open in the event of the request."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext

from eventsite.accounts.core import Permission, Thing
from eventsite.events.permissions import EventPermission
from eventsite.kernel.words import N_
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
)


def menu() -> list[dict[str, Any]]:
    """Return the groups with the pages that the actor may open; empty outside an event."""
    event = g.get("event")
    if event is None:
        return []
    thing = Thing(event_id=event.id)
    groups = [
        {
            "label": gettext(label),
            "items": [_item(entry, event.slug) for entry in entries if may(entry.permission, thing)],
        }
        for label, entries in GROUPS
    ]
    return [group for group in groups if group["items"]]


def _item(entry: Entry, slug: str) -> dict[str, Any]:
    return {
        "label": gettext(entry.label),
        "url": url_for(entry.endpoint, event=slug),
        "icon": entry.icon,
        "current": request.endpoint == entry.endpoint
        or (entry.endpoint.split(".")[0] != "admin" and request.blueprint == entry.endpoint.split(".")[0]),
        "count": None,
    }
