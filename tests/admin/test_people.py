"""People pages: administrators for the site, organizers for their own event."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.accounts.models import Account
from eventsite.accounts.queries import find_account
from eventsite.database import db
from eventsite.events.models import Membership
from eventsite.events.operations import grant_role
from eventsite.events.queries import find_event, list_grants
from eventsite.kernel.clock import machine_now
from tests.support.factories import make_event, make_zone
from tests.support.factories_accounts import PASSWORD, enrol, make_account, make_member, sign_in
from tests.support.isolation import PageClient


def another(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


@pytest.fixture
def site(app: Flask) -> None:
    """Make two events with an organizer each, and an administrator."""
    with app.app_context():
        here, there = make_event(slug="here"), make_event(slug="there")
        make_zone(here, code="B", name_zh="香得迷糊")
        make_zone(there, code="Q")
        make_member(Role.ORGANIZER, here, email="here@fair.example")
        make_member(Role.ORGANIZER, there, email="there@fair.example")
        make_member(Role.ADMINISTRATOR, email="chief@fair.example")


@pytest.fixture
def chief(client: PageClient, site: None) -> PageClient:
    sign_in(client, "chief@fair.example")
    enrol(client)
    return client


@pytest.fixture
def organizer(client: PageClient, site: None) -> PageClient:
    sign_in(client, "here@fair.example")
    return client


def id_of(app: Flask, email: str) -> int:
    with app.app_context():
        account = find_account(email)
        assert account is not None
        return account.id


def test_new_account_shows_its_link_once_and_the_link_works(app: Flask, chief: PageClient) -> None:
    form = chief.page("/admin/people/new").form("/admin/people/new")
    response = chief.submit(form, email="desk@fair.example", label="服务台")
    shown = chief.page(response.location)
    (link,) = [part.text or "" for part in shown.all("p", id="one-time-link")]
    assert chief.page(response.location).all("p", id="one-time-link") == []
    browser = another(app)
    page = browser.page(link.split("127.0.0.1:8000", 1)[-1])
    browser.submit(page.form(), password=PASSWORD, again=PASSWORD)
    assert sign_in(browser, "desk@fair.example").status_code == 302


def test_administrator_sees_the_events_and_is_led_into_none(chief: PageClient) -> None:
    page = chief.page("/admin/")
    assert len(page.all("tr")) == 3  # the head and two events
    assert [link for link in page.links if link.startswith("/admin/e/")] == []


def test_taken_address_is_said_at_its_field(chief: PageClient) -> None:
    form = chief.page("/admin/people/new").form("/admin/people/new")
    response = chief.submit(form, email="here@fair.example")
    assert response.status_code == 409
    assert 'id="email-error"' in response.text


def test_list_is_searched_and_paged_under_one_number_of_queries(app: Flask, chief: PageClient) -> None:
    with app.app_context():
        for number in range(60):
            make_account(f"many{number:02}@fair.example")
    assert "many" in chief.page("/admin/people/").text
    assert chief.page("/admin/people/?page=2").text
    found = chief.page("/admin/people/?q=many07").text
    assert "many07@fair.example" in found
    assert "many08@fair.example" not in found


def test_role_in_an_event_is_given_and_taken(app: Flask, chief: PageClient) -> None:
    person = id_of(app, "there@fair.example")
    page = chief.page(f"/admin/people/{person}?event=here")
    form = page.form("/roles?event=here")
    chief.submit(form, role="zone_lead", scope="zone:B")
    with app.app_context():
        assert ("zone_lead", "zone:B") in [(grant.role.value, grant.scope) for grant in list_grants(person)]
        lead = db.session.scalars(select(Membership).where(Membership.role == "zone_lead")).one().id
    page = chief.page(f"/admin/people/{person}")
    assert "B 香得迷糊" in page.text
    chief.submit(page.form(f"/roles/{lead}/revoke?event=here"))
    with app.app_context():
        assert [grant.role for grant in list_grants(person)] == [Role.ORGANIZER]


def test_reset_close_and_open(app: Flask, chief: PageClient) -> None:
    person = id_of(app, "here@fair.example")
    theirs = another(app)
    sign_in(theirs, "here@fair.example")
    page = chief.page(f"/admin/people/{person}")
    chief.submit(page.form("/disable"))
    assert theirs.get("/admin/account").status_code == 302
    assert sign_in(theirs, "here@fair.example").status_code == 200
    chief.submit(chief.page(f"/admin/people/{person}").form("/enable"))
    assert sign_in(theirs, "here@fair.example").status_code == 302
    chief.submit(chief.page(f"/admin/people/{person}").form("/sign-out"))
    assert theirs.get("/admin/account").status_code == 302
    chief.submit(chief.page(f"/admin/people/{person}").form("/reset"))
    assert chief.page(f"/admin/people/{person}").all("p", id="one-time-link")
    with app.app_context():
        assert db.session.get_one(Account, person).password is None


def test_own_account_cannot_be_closed(app: Flask, chief: PageClient) -> None:
    own = id_of(app, "chief@fair.example")
    chief.submit(chief.page(f"/admin/people/{own}").form("/disable"))
    assert chief.get("/admin/account").status_code == 200


def test_own_password_is_not_reset_where_its_link_could_not_be_read(app: Flask, chief: PageClient) -> None:
    own = id_of(app, "chief@fair.example")
    with app.app_context():
        make_member(Role.ADMINISTRATOR, email="second@fair.example")
    chief.submit(chief.page(f"/admin/people/{own}").form("/reset"))
    assert chief.get("/admin/account").status_code == 200


def test_an_administrator_who_has_no_password_yet_does_not_count(app: Flask, chief: PageClient) -> None:
    with app.app_context():
        new = make_account("new@fair.example", password=None)
        grant_role(system("test"), new.id, Role.ADMINISTRATOR, event=None, now=machine_now())
    own = id_of(app, "chief@fair.example")
    chief.submit(chief.page(f"/admin/people/{own}").form("/revoke"))
    assert chief.get("/admin/people/").status_code == 200


def test_organizer_adds_a_member_of_the_own_event(app: Flask, organizer: PageClient) -> None:
    form = organizer.page("/admin/e/here/people/new").form("/admin/e/here/people/new")
    response = organizer.submit(
        form, email="lead@fair.example", label="B区", role="zone_lead", scope="zone:B"
    )
    page = organizer.page(response.location)
    assert page.all("p", id="one-time-link")
    with app.app_context():
        event = find_event("here")
        assert event is not None
        (grant,) = list_grants(id_of(app, "lead@fair.example"))
        assert (grant.role, grant.event_id, grant.scope) == (Role.ZONE_LEAD, event.id, "zone:B")


def test_known_person_gets_the_role_and_no_link(organizer: PageClient) -> None:
    form = organizer.page("/admin/e/here/people/new").form("/admin/e/here/people/new")
    response = organizer.submit(form, email="there@fair.example", role="desk", scope="")
    assert organizer.page(response.location).all("p", id="one-time-link") == []


@pytest.mark.parametrize(
    ("role", "scope"), [("administrator", ""), ("zone_lead", "zone:Q"), ("zone_lead", "zone:ZZ")]
)
def test_organizer_cannot_give_what_the_event_does_not_have(
    app: Flask, organizer: PageClient, role: str, scope: str
) -> None:
    form = organizer.page("/admin/e/here/people/new").form("/admin/e/here/people/new")
    assert organizer.submit(form, email="new@fair.example", role=role, scope=scope).status_code == 422
    with app.app_context():
        assert find_account("new@fair.example") is None


def test_organizer_sees_neither_the_site_nor_another_event(app: Flask, organizer: PageClient) -> None:
    person = id_of(app, "there@fair.example")
    assert organizer.get("/admin/e/here/people/").status_code == 200
    for path in (
        "/admin/people/",
        f"/admin/people/{person}",
        "/admin/people/new",
        "/admin/e/there/people/",
        "/admin/outbox",
    ):
        assert organizer.get(path).status_code == 404, path


def test_organizer_cannot_take_roles_of_another_event(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        there = find_event("there")
        assert there is not None
        membership = db.session.scalars(select(Membership).where(Membership.event_id == there.id)).one().id
    token = organizer.page("/admin/e/here/people/new").form("new").fields["csrf_token"]
    organizer.post(f"/admin/e/here/people/{membership}/revoke", data={"csrf_token": token})
    with app.app_context():
        assert db.session.get(Membership, membership) is not None


def test_revoked_role_is_gone_with_the_next_page(app: Flask, site: None) -> None:
    with app.app_context():
        event = find_event("here")
        make_member(Role.ORGANIZER, event, email="second@fair.example")
    first, second = another(app), another(app)
    sign_in(first, "here@fair.example")
    sign_in(second, "second@fair.example")
    with app.app_context():
        row = select(Membership).where(Membership.account_id == id_of(app, "second@fair.example"))
        membership = db.session.scalars(row).one().id
    assert second.get("/admin/e/here/people/").status_code == 200
    first.submit(first.page("/admin/e/here/people/").form(f"/{membership}/revoke"))
    assert second.get("/admin/e/here/people/").status_code == 404


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.ORGANIZER, Role.AUDITOR, Role.ADMINISTRATOR)]
)
def test_other_members_of_the_event_do_not_see_its_people(
    app: Flask, client: PageClient, site: None, role: Role
) -> None:
    from tests.support.factories import make_membership

    with app.app_context():
        account = make_account("one@fair.example")
        make_membership(account.id, find_event("here"), role.value)
    sign_in(client, "one@fair.example")
    assert client.get("/admin/e/here/people/").status_code == 403
