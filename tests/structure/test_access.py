"""Every page says who may open it; every role is tried on every page, at home and at a stranger's event."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, Rule

from eventsite.accounts.core import Actor, Grant, Permission, Thing, allows
from eventsite.accounts.enums import SCOPE_KINDS, Role
from eventsite.accounts.permissions import AccountPermission
from eventsite.features import RULES
from eventsite.web import NumberConverter
from tests.support.factories import make_delegation, make_event, make_organization, make_stage, make_zone
from tests.support.factories_accounts import make_member, sign_in
from tests.support.isolation import PageClient

NOT_OURS = {"static"}
LIBRARY = re.compile(r"security\.")  # Flask-Security's own views; what they need is tested with accounts
EXEMPT_FROM_CSRF = {
    "checkin.press",
    "checkin.press_code",
    "passport.restore",
    "programme.favourites",
    "showcase.take",
    "showcase.visit",
    "applications.begin",
    "applications.confirm",
    "applications.save",
    "applications.withdraw",
    "troupes.confirm",
    "troupes.problem",
    "troupes.times",
}
SCOPES = {role: "matter:power" if kind == "matter" else f"{kind}:A" for role, kind in SCOPE_KINDS.items()}


@dataclass(frozen=True)
class Page:
    """An address of the site."""

    rule: Rule
    access: Permission | str | None

    @property
    def endpoint(self) -> str:
        return str(self.rule.endpoint)


def pages(app: Flask) -> Iterator[Page]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in NOT_OURS or LIBRARY.match(str(rule.endpoint)):
            continue
        yield Page(rule, getattr(app.view_functions[str(rule.endpoint)], "access", None))


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    assert [page.endpoint for page in pages(app) if page.access is None] == []


def test_every_permission_of_a_page_has_a_rule(app: Flask) -> None:
    asked = {page.access for page in pages(app) if isinstance(page.access, Permission)}
    assert asked - set(RULES) == set()


def test_admin_addresses_are_never_open_to_everybody(app: Flask) -> None:
    opened = [
        page.endpoint
        for page in pages(app)
        if page.rule.rule.startswith("/admin") and page.access == "public" and page.endpoint not in OPEN_ADMIN
    ]
    assert opened == []


OPEN_ADMIN = {"accounts_public.set_password", "accounts_public.forgotten"}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_in_one_event_reaches_nothing_in_another(role: Role) -> None:
    grant = Grant(role=role, event_id=1, scope=f"{SCOPE_KINDS[role]}:A" if role in SCOPE_KINDS else "")
    actor = Actor(ref="account:1", label="x", grants=(grant,))
    elsewhere = Thing(event_id=2, scopes=frozenset({grant.scope} if grant.scope else ()))
    reached = [
        permission
        for permission in RULES
        if allows(RULES, actor, permission, elsewhere) and permission is not AccountPermission.OWN_ACCOUNT
    ]
    assert reached == []


@pytest.mark.parametrize("role", [role for role in Role if role in SCOPE_KINDS])
def test_a_scoped_role_changes_nothing_outside_its_scope(role: Role) -> None:
    actor = Actor(
        ref="account:1", label="x", grants=(Grant(role=role, event_id=1, scope=f"{SCOPE_KINDS[role]}:A"),)
    )
    inside = Thing(event_id=1, scopes=frozenset({f"{SCOPE_KINDS[role]}:A"}))
    outside = Thing(event_id=1, scopes=frozenset({f"{SCOPE_KINDS[role]}:B"}))
    changing = [p for p in RULES if p.name.startswith(("EDIT", "STAMP", "CREATE", "REMOVE", "MANAGE"))]
    assert [p for p in changing if allows(RULES, actor, p, outside)] == []
    assert all(allows(RULES, actor, p, inside) or not allows(RULES, actor, p, outside) for p in changing)


def test_an_auditor_changes_nothing() -> None:
    actor = Actor(ref="account:1", label="x", grants=(Grant(role=Role.AUDITOR, event_id=None),))
    seen = {p.name for p in RULES if allows(RULES, actor, p, Thing(event_id=1))}
    assert {name for name in seen if name.split("_")[0] not in ("SEE", "OPEN", "READ", "OWN")} == set()


@pytest.mark.usefixtures("context")
def test_nobody_opens_an_admin_page_without_signing_in(app: Flask, client: PageClient) -> None:
    event = make_event()
    for page in pages(app):
        if not isinstance(page.access, Permission):
            continue
        address = address_of(app, page.rule, event.slug)
        for method in (page.rule.methods or set()) & {"GET", "POST"}:
            response = client.open(address, method=method)
            assert response.status_code in (302, 400), f"{method} {address}: {response.status}"
            if response.status_code == 302:
                assert "/login" in response.location


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_each_role_opens_what_its_permissions_say(app: Flask, client: PageClient, role: Role) -> None:
    mine, other = make_event(), make_event()
    zone = make_zone(mine, code="A")
    make_stage(mine, zone=zone, code="A")
    make_delegation(mine, ref="A")
    make_organization(mine, ref="A")
    scope = SCOPES.get(role, "")
    account = make_member(role, mine, scope=scope)
    sign_in(client, account.email)
    grant = Grant(role=role, event_id=mine.id, scope=scope)
    actor = Actor(ref=f"account:{account.id}", label="x", grants=(grant,))
    wrong = []
    for page in pages(app):
        if not isinstance(page.access, Permission) or "GET" not in (page.rule.methods or ()):
            continue
        if "event" not in page.rule.arguments:
            continue
        at_home = client.get(address_of(app, page.rule, mine.slug)).status_code
        abroad = client.get(address_of(app, page.rule, other.slug)).status_code
        if abroad != 404:
            wrong.append(f"{page.endpoint} of another event: {abroad}")
        plain = not (page.rule.arguments - {"event"})
        allowed = allows(RULES, actor, page.access, Thing(event_id=mine.id))
        if plain and at_home not in ((200, 302) if allowed else (403,)):
            wrong.append(f"{page.endpoint}: {at_home}")
        if not plain and at_home not in (403, 404):
            wrong.append(f"{page.endpoint} of nothing: {at_home}")
    assert wrong == []


def test_forms_of_visitors_are_the_only_ones_without_a_session_token(app: Flask) -> None:
    exempt = app.extensions["csrf"]._exempt_views
    named = {
        page.endpoint
        for page in pages(app)
        if f"{app.view_functions[page.endpoint].__module__}.{app.view_functions[page.endpoint].__name__}"
        in exempt
    }
    assert named == EXEMPT_FROM_CSRF


def address_of(app: Flask, rule: Rule, slug: str) -> str:
    """Return the address of a rule for an event, with values that name nothing."""
    values = {name: slug if name == "event" else nothing(known) for name, known in rule._converters.items()}
    with app.test_request_context():
        built = rule.build(values)
    assert built is not None
    return built[1]


def nothing(converter: BaseConverter) -> object:
    """Return a value of the converter that names nothing, or one of the few that it knows."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 987654321 if isinstance(converter, NumberConverter) else "nothing"
