"""The calendar of some troupes: their items alone, as the exports write them."""

from collections.abc import Collection
from dataclasses import replace

from eventsite.events.models import Event
from eventsite.exports.core.values import NOTHING, Both
from eventsite.exports.links import links_of
from eventsite.exports.queries import take_snapshot
from eventsite.exports.writers.ics import write_ics
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.programme.core.values import lasting_uuid
from eventsite.programme.queries import current_release


def calendar_of(
    event: Event, refs: Collection[str], *, language: str, address: str = "", name: Both = NOTHING
) -> bytes:
    """Return the items of troupes as they are expected now; `address` is where it is kept up to date.

    Raises `NotFound` before the first release.
    """
    view = current_release(event)
    if view is None:
        raise NotFound(N_("This programme has not been released yet."))
    links = links_of(event.slug)
    snapshot = take_snapshot(view, links, alone=False)
    known = {lasting_uuid(event.slug, "troupe", ref) for ref in refs}
    own = [entry for entry in snapshot.entries if entry.group and entry.group.uuid in known]
    links = replace(links, calendar=address or links.calendar)
    return write_ics(replace(snapshot, entries=own, part=name, links=links), language)
