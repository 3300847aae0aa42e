"""How an endpoint of the API is made: one description serves route, checks and the OpenAPI document."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, make_response, request
from pydantic import ValidationError

from eventsite.database import Busy, Unsettled
from eventsite.events.queries import get_event
from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError, NotFound
from eventsite.kernel.words import N_
from eventsite.partners.core.tokens import Holder
from eventsite.partners.enums import Scope
from eventsite.partners.views_public.doors import (
    ANSWERS,
    KEPT_BY_THEM,
    WINDOW,
    Asked,
    api_blueprint,
    counted,
    expect,
    holder_of,
    refuse_closed,
)
from eventsite.partners.views_public.shapes import Asking, Problem, Shape
from eventsite.programme.queries import Shown, find_shown
from eventsite.web.kept import Body, Place, keep, name_bytes
from eventsite.web.language import say
from eventsite.web.limits import Throttled

BASE = "/api/v1"
EDITION = 1  # rises when answers change for the same state
FRESH_FOR = 5  # seconds for which facts that belong to no release may be kept
EVERYBODY = {"Access-Control-Allow-Origin": "*"}
PROBLEM = "application/problem+json"

NO_TOKEN = N_("Send your token: Authorization: Bearer TOKEN.")
BAD_TOKEN = N_("This token opens nothing. It may have expired or been revoked: ask for a new one.")
NO_SUCH_EVENT = N_("Your token is for no such event.")
NOT_RELEASED = N_("This programme has not been released yet.")


class Unauthorized(DomainError):
    """No token, or one that opens nothing."""

    status = 401


class BadQuestion(DomainError):
    """What the address asks does not fit."""


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """An address of the API. `title` is marked; `scope` is `None` where any token of the API will do."""

    rule: str
    name: str
    title: str
    scope: Scope | None
    asks: type[Asking]
    answers: type[Shape]
    summary: str
    of_release: bool

    @property
    def takes_event(self) -> bool:
        """Tell whether the address names an event."""
        return "<slug:event>" in self.rule


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request that may be answered: who asks, what, and which release it is of."""

    holder: Holder
    asks: Any
    shown: Shown | None


ENDPOINTS: list[Endpoint] = []
Answering = Callable[[Call], Shape]


def endpoint(
    rule: str,
    *,
    title: str,
    answers: type[Shape],
    scope: Scope | None,
    asks: type[Asking] = Asking,
    of_release: bool = False,
) -> Callable[[Answering], Answering]:
    """Give a view its address below `/api/v1`; `of_release` says that the release decides the answer."""

    def register(view: Answering) -> Answering:
        summary = (view.__doc__ or "").strip().split("\n")[0]
        one = Endpoint(
            rule=f"{BASE}{rule}",
            name=view.__name__,
            title=title,
            scope=scope,
            asks=asks,
            answers=answers,
            summary=summary,
            of_release=of_release,
        )
        ENDPOINTS.append(one)
        answered = open_to_all(counted(keep(_place_of(one))(_body_of(one, view))))
        answered.access = "public"  # type: ignore[attr-defined]
        api_blueprint.add_url_rule(
            one.rule, endpoint=one.name, view_func=answered, methods=["GET"], provide_automatic_options=False
        )
        return view

    return register


def _place_of(one: Endpoint) -> Callable[..., Place]:
    def place(event: str = "") -> Place:
        call = g.call = _call(one, event)
        expect(_asked(one, call))
        args = sorted(request.args.items())
        if one.of_release:
            state = (call.shown.sha256, call.shown.number, call.shown.live_revision) if call.shown else ()
            name = name_bytes(EDITION, one.name, call.holder.slug, args, state, call.asks)
            return Place(key=("api", name), etag=name, cache_control=KEPT_BY_THEM)
        slot = int(clock.machine_now().timestamp()) // FRESH_FOR
        key = ("api", one.name, call.holder.slug, tuple(args), call.shown, slot)
        return Place(key=key, cache_control=KEPT_BY_THEM)

    return place


def _body_of(one: Endpoint, view: Answering) -> Callable[..., Body]:
    @wraps(view)
    def body(event: str = "") -> Body:
        call: Call = g.call
        g.event = get_event(call.holder.slug)
        answer = view(call)
        until = getattr(answer, "until", None)
        return Body(data=answer.model_dump_json(indent=1).encode(), mimetype="application/json", until=until)

    return body


def _asked(one: Endpoint, call: Call) -> Asked:
    of_release = call.shown is not None and one.scope in (Scope.PROGRAMME, Scope.CHANGES)
    return Asked(
        holder=call.holder,
        what=f"api:{one.name}",
        number=(call.shown.number or 0) if call.shown and of_release else 0,
        live_revision=call.shown.live_revision if call.shown and of_release else 0,
        limit=ANSWERS,
    )


def _call(one: Endpoint, slug: str) -> Call:
    holder = _bearer()
    if one.takes_event and slug != holder.slug:
        raise NotFound(NO_SUCH_EVENT)
    if one.scope is not None:
        refuse_closed(holder, one.scope)
    asks = _read(one.asks)
    number = getattr(asks, "v", None)
    shown = find_shown(holder.slug, number)
    if number is not None and shown is None:
        raise NotFound(N_("There is no version %(number)s of this programme."), number=number)
    if one.of_release and (shown is None or shown.number is None):
        raise NotFound(NOT_RELEASED)
    return Call(holder=holder, asks=asks, shown=shown)


def _bearer() -> Holder:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Unauthorized(NO_TOKEN)
    holder = holder_of(token.strip())
    if holder is None or not any(scope.startswith("api:") for scope in holder.scopes):
        raise Unauthorized(BAD_TOKEN)
    return holder


def _read(shape: type[Asking]) -> Asking:
    try:
        return shape.model_validate(dict(request.args.items()))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BadQuestion(N_("%(name)s: %(why)s"), name=name, why=first["msg"]) from error


def next_page(page: int, pages: int) -> str | None:
    """Return the address of the next page of what is asked, relative to the site; `None` on the last."""
    if page >= pages:
        return None
    asked = {**request.args.to_dict(), "page": str(page + 1)}
    return f"{request.path}?{urlencode(asked)}"


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let pages of other sites read the answer: it needs a token, and no cookie is looked at."""

    @wraps(view)
    def opened(**values: Any) -> Any:
        response = make_response(view(**values))
        response.headers.extend(EVERYBODY)
        return response

    return opened


@api_blueprint.errorhandler(DomainError)
def refused(error: DomainError) -> Response:
    """Answer a refusal as problem+json."""
    response = problem(error.status, say(error))
    if error.status == Unauthorized.status:
        response.headers["WWW-Authenticate"] = 'Bearer realm="api"'
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = WINDOW
    return response


@api_blueprint.errorhandler(Busy)
@api_blueprint.errorhandler(Unsettled)
def busy(_error: Exception) -> Response:
    """Say that the database is taken for a moment."""
    response = problem(503, "")
    response.headers["Retry-After"] = "2"
    return response


TITLES = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    410: "Gone",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


def problem(status: int, detail: str) -> Response:
    """Return a refusal as RFC 9457 has it."""
    told = Problem(type="about:blank", title=TITLES.get(status, "Error"), status=status, detail=detail)
    response = make_response(told.model_dump_json(), status)
    response.mimetype = PROBLEM
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(EVERYBODY)
    return response
