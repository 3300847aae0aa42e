"""Who may open what: every view carries `@public` or `@requires(permission)`.

The decorator also loads the event named in the address and hands it to the view, so that loading and asking
cannot be forgotten apart from each other. Strangers get 404, members without the right 403, and an admin page
sends who has not signed in to the sign-in page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import Flask, current_app, g, redirect, request, url_for
from flask_babel import gettext

from eventsite.accounts.core import ANONYMOUS, Actor, Grant, Permission, Rules, Thing, allows
from eventsite.kernel.errors import Closed, NotAllowed, NotFound
from eventsite.kernel.words import N_

View = Callable[..., Any]
Scopes = Callable[..., frozenset[str]]
READS = ("GET", "HEAD", "OPTIONS")


class EventLike(Protocol):
    """What the edge needs to know of an event."""

    id: Any
    slug: Any

    @property
    def is_public(self) -> bool:
        """Tell whether strangers may see it."""
        ...

    @property
    def is_archived(self) -> bool:
        """Tell whether it takes no more changes."""
        ...


class AccessExtension:
    """What features hand to the edge: rules, and how to find events, grants and who has signed in."""

    def __init__(
        self,
        *,
        rules: Rules,
        find_event: Callable[[str], EventLike | None],
        list_grants: Callable[[int], tuple[Grant, ...]],
        signed_in: Callable[[], tuple[int, str, bool] | None],
    ) -> None:
        self.rules, self.find_event = rules, find_event
        self.list_grants, self.signed_in = list_grants, signed_in

    def init_app(self, app: Flask) -> None:
        """Let the views of the application find this."""
        app.extensions["access"] = self


def public(view: View) -> View:
    """Open the view to everybody; an event that is not published stays hidden from strangers."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> Any:
        if "event" in kwargs:
            kwargs["event"] = _load_public_event(kwargs["event"])
        return view(*args, **kwargs)

    opened.access = "public"  # type: ignore[attr-defined]
    return opened


def requires(
    permission: Permission, *, scopes: Scopes | None = None, archived: bool = False
) -> Callable[[View], View]:
    """Open the view to actors with the permission; `scopes(**arguments)` names what the thing lies in.

    `archived` lets it write at an archived event, too: only what takes access away.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if actor.is_anonymous:
                return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
            if "event" in kwargs:
                kwargs["event"] = _load_event_for(actor, kwargs["event"])
            event = kwargs.get("event")
            lies_in = scopes(**kwargs) if scopes else frozenset()
            thing = Thing(event_id=event.id if event else None, scopes=lies_in)
            check(permission, thing)
            if event is not None and not archived and request.method not in READS:
                refuse_archived(event)
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        guarded.scopes = scopes  # type: ignore[attr-defined]
        return guarded

    return decorate


def refuse_archived(event: EventLike) -> None:
    """Raise `Closed` where the event takes no more changes; commands ask this as `@requires` does."""
    if event.is_archived:
        raise Closed(N_("This event is archived: it can be read, and no longer changed."))


def check(permission: Permission, thing: Thing) -> None:
    """Raise `NotFound` for strangers and `NotAllowed` for members without the right."""
    actor = current_actor()
    if may(permission, thing):
        return
    if actor.is_member(thing.event_id):
        what = gettext(str(permission.value))
        raise NotAllowed(N_("Your role does not include this: %(what)s."), what=what)
    raise NotFound(N_("There is no such page."))


def may(permission: Permission, thing: Thing) -> bool:
    """Tell whether the current actor has the permission there; menus ask this."""
    return allows(_access().rules, current_actor(), permission, thing)


def current_actor() -> Actor:
    """Return who is signed in, with grants read once a request; a visitor where nobody is."""
    if "actor" not in g:
        g.actor = _read_actor()
    actor: Actor = g.actor
    return actor


def _read_actor() -> Actor:
    signed_in = _access().signed_in()
    if signed_in is None:
        return ANONYMOUS
    account_id, label, second_factor = signed_in
    return Actor(
        ref=f"account:{account_id}",
        label=label,
        grants=_access().list_grants(account_id),
        origin=request.remote_addr or "",
        second_factor=second_factor,
    )


def _load_public_event(slug: str) -> EventLike:
    event = _access().find_event(slug)
    if event is None or not (event.is_public or current_actor().is_member(event.id)):
        raise NotFound(N_("There is no such page."))
    g.event = event
    return event


def _load_event_for(actor: Actor, slug: str) -> EventLike:
    event = _access().find_event(slug)
    if event is None or not actor.is_member(event.id):
        raise NotFound(N_("There is no such page."))
    g.event = event
    return event


def _access() -> AccessExtension:
    extension: AccessExtension = current_app.extensions["access"]
    return extension
