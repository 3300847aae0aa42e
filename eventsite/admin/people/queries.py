"""Reading roles in words."""

from collections.abc import Sequence

from flask_babel import gettext

from eventsite.accounts.enums import ROLE_WORDS
from eventsite.admin.people.forms import MATTERS, named
from eventsite.events.models import Event, Membership
from eventsite.events.queries import list_scopes

RoleWords = tuple[str, str]


def named_roles(rows: Sequence[tuple[Membership, Event | None]]) -> dict[int, RoleWords]:
    """Return the words of each membership: its role and its scope."""
    events = {event.id: event for _, event in rows if event is not None}
    names = {event_id: _names(event) for event_id, event in events.items()}
    return {
        membership.id: (
            gettext(ROLE_WORDS[membership.role]),
            _scope_words(membership, names.get(membership.event_id or 0, {})),
        )
        for membership, _ in rows
    }


def _names(event: Event) -> dict[str, str]:
    records = [pair for pairs in list_scopes(event).values() for pair in pairs]
    return {value: named(record) for value, record in records}


def _scope_words(membership: Membership, names: dict[str, str]) -> str:
    if not membership.scope:
        return gettext("All of the event") if membership.event_id else gettext("The whole site")
    kind, _, name = membership.scope.partition(":")
    if kind == "matter" and name in MATTERS:
        return gettext(MATTERS[name])
    return names.get(membership.scope, membership.scope)
