"""City vouchers behind their codes: a visitor sees the code, the partner takes it once, others never."""

from datetime import date, timedelta

import pytest
from flask import Flask

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.database import atomic
from eventsite.events.enums import EventStatus
from eventsite.events.queries import get_event
from eventsite.kernel.tokens import Purpose, seal
from eventsite.showcase.operations.entries import create_voucher
from eventsite.showcase.operations.vouchers import take_voucher
from eventsite.showcase.queries import get_taken
from tests.support.factories import NOW, make_delegation, make_event, make_organization
from tests.support.factories_accounts import client_of
from tests.support.factories_draws import make_pass
from tests.support.factories_showcase import voucher_facts
from tests.support.isolation import PageClient

LASTING = date(2099, 12, 31)


@pytest.fixture
def number(app: Flask) -> int:
    """Let a visitor take Dalian's boat voucher, which the boat company takes; return its id."""
    with app.app_context():
        event = make_event(slug="fair-a")
        make_organization(event, ref="org-boat")
        make_organization(event, ref="org-else")
        make_delegation(event, ref="dl-anshan")
        facts = voucher_facts(organization="org-boat", valid_until=LASTING)
        voucher = create_voucher(system("cli"), event, make_delegation(event, ref="dl-dalian"), facts)
        return take_voucher(system("visitor"), event, voucher.id, make_pass(event).key, now=NOW).taken.id


def address(app: Flask, number: int) -> str:
    with app.app_context():
        key = get_taken(get_event("fair-a"), number).key
        return f"/r/{seal(app.extensions['keyring'], Purpose.REDEEM, key)}"


def used_by(app: Flask, number: int) -> str | None:
    with app.app_context():
        return get_taken(get_event("fair-a"), number).used_by_label


def press(client: PageClient, page: str) -> int:
    """Press the button of the partner's page, and return what it answered."""
    (form,) = [one for one in client.page(page).forms if one.action.endswith(page) and one.method == "post"]
    return client.submit(form).status_code


def test_visitor_sees_the_code_and_no_button(app: Flask, client: PageClient, number: int) -> None:
    page = client.page(f"{address(app, number)}?lang=zh")
    assert "游船立减" in page.text
    assert page.all("img")
    assert [form for form in page.forms if form.method == "post"] == []


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.ORGANIZER, ""),
        (Role.DELEGATION_LEAD, "delegation:dl-dalian"),
        (Role.PARTNER, "organization:org-boat"),
    ],
)
def test_partner_takes_it_once_and_the_visitor_sees_that(
    app: Flask, client: PageClient, number: int, role: Role, scope: str
) -> None:
    page = address(app, number)
    partner = client_of(app, role, "fair-a", scope)
    assert press(partner, page) == 303
    assert used_by(app, number) is not None
    after = partner.page(f"{page}?lang=en")
    assert "Used on" in after.text
    assert [form for form in after.forms if form.action.endswith(page)] == []
    assert "Used on" in client.page(f"{page}?lang=en").text


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.DELEGATION_LEAD, "delegation:dl-anshan"),
        (Role.PARTNER, "organization:org-else"),
        (Role.DESK, ""),
        (Role.AUDITOR, ""),
    ],
)
def test_others_cannot_take_it(app: Flask, number: int, role: Role, scope: str) -> None:
    page = address(app, number)
    other = client_of(app, role, "fair-a", scope)
    shown = other.page(page)
    assert [form for form in shown.forms if form.action.endswith(page)] == []
    assert other.post(page).status_code in (400, 403)
    assert used_by(app, number) is None


def test_second_partner_is_told_of_the_first(app: Flask, number: int) -> None:
    page = address(app, number)
    first, second = (
        client_of(app, Role.ORGANIZER, "fair-a"),
        client_of(app, Role.PARTNER, "fair-a", "organization:org-boat"),
    )
    (late,) = [form for form in second.page(page).forms if form.action.endswith(page)]
    press(first, page)
    second.set_cookie("lang", "en")
    second.submit(late)
    assert "Do not take it a second time" in second.page(page).text


def test_voucher_outlives_the_fair_and_not_its_last_day(app: Flask, number: int) -> None:
    page = address(app, number)
    partner = client_of(app, Role.ORGANIZER, "fair-a")
    with app.app_context():
        event = get_event("fair-a")
        taken = get_taken(event, number)
        with atomic():
            event.status = EventStatus.ARCHIVED
            taken.voucher.valid_until = NOW.date() - timedelta(days=1)
    partner.set_cookie("lang", "en")
    assert "was valid until" in partner.page(page).text
    with app.app_context(), atomic():
        get_taken(get_event("fair-a"), number).voucher.valid_until = LASTING
    assert press(partner, page) == 303


def test_typed_code_leads_there(app: Flask, number: int) -> None:
    partner = client_of(app, Role.PARTNER, "fair-a", "organization:org-boat")
    with app.app_context():
        code = get_taken(get_event("fair-a"), number).typed_code
    home = "/admin/e/fair-a/showcase/vouchers/code"
    (form,) = [one for one in partner.page(home).forms if "code" in one.fields]
    found = partner.submit(form, code=f"{code[:4].lower()} {code[4:]}")
    assert (found.status_code, found.location) == (303, address(app, number))
    assert partner.get(f"/x/{code}").location == address(app, number)
