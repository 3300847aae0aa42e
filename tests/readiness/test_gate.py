"""The page behind a pass: what its bearer sees, what the gate presses, and what nobody finds out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.events.operations.lifecycle import archive_event
from eventsite.events.queries import get_event
from eventsite.kernel.tokens import Purpose, new_body, seal
from eventsite.readiness import operations, queries
from eventsite.readiness.core import AccessFacts
from eventsite.web.passes import keyring
from tests.support.clocks import running_clock
from tests.support.factories import NOW
from tests.support.factories_accounts import client_of
from tests.support.factories_market import ORGANIZER
from tests.support.factories_readiness import NIGHT, access_facts, make_pass, make_stall, vehicle_facts
from tests.support.isolation import PageClient


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """Let it be 10:20 on the day of the fair."""
    with running_clock("2025-09-06T10:20+08:00"):
        yield


def issue(app: Flask, facts: AccessFacts | None = None) -> str:
    """Issue a pass and return the address behind its code."""
    with app.app_context():
        made = make_pass(make_stall(), facts or vehicle_facts())
        return f"/v/{seal(keyring(), Purpose.ACCESS, made.key)}"


def visitor_of(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def test_bearer_sees_that_it_is_valid_and_no_plate(app: Flask) -> None:
    address = issue(app)
    visitor = visitor_of(app)
    page = visitor.page(address)
    assert "证件有效" in page.text
    assert "12345" not in page.text
    assert visitor.get(f"{address}/code.svg").mimetype == "image/svg+xml"
    assert "This pass is valid" in visitor.page(f"{address}?lang=en").text


def test_gate_lets_in_by_one_press_and_out_by_the_next(app: Flask) -> None:
    address = issue(app, access_facts())
    gate = client_of(app, Role.DESK, "fair-a")
    page = gate.page(address)
    assert "有效，可放行" in page.text
    assert gate.submit(page.form(address)).status_code == 303
    inside = gate.page(address)
    assert "在场内" in inside.text
    assert gate.submit(page.form(address)).status_code == 303  # the same finger again
    assert gate.submit(inside.form(address)).status_code == 303
    with app.app_context():
        (found,) = queries.list_passes(get_event("fair-a"))
        assert (found.entries, found.inside, len(queries.list_scans(found))) == (1, False, 2)


def test_gate_sees_the_plate_and_a_second_gate_is_refused(app: Flask) -> None:
    address = issue(app)
    first, second = (client_of(app, Role.DESK, "fair-a") for _ in range(2))
    page = second.page(address)
    assert "辽B·12345" in page.text
    first.submit(first.page(address).form(address))
    refused = second.submit(page.form(address))
    assert refused.status_code == 409
    assert "在场内" in refused.text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (access_facts(valid_from=NOW + timedelta(hours=1)), "尚未生效"),
        (access_facts(valid_until=NOW), "已失效"),
    ],
)
def test_pass_outside_of_its_time_is_stopped(app: Flask, facts: AccessFacts, words: str) -> None:
    address = issue(app, facts)
    assert words in visitor_of(app).page(address).text
    gate = client_of(app, Role.DESK, "fair-a")
    page = gate.page(address)
    assert "不放行" in page.text
    token = page.form("/logout").fields["csrf_token"]
    refused = gate.post(address, data={"csrf_token": token, "direction": "in", "gate": "1号入口"})
    assert refused.status_code in (409, 422)


def test_withdrawn_pass_is_stopped_with_its_reason(app: Flask) -> None:
    address = issue(app)
    with app.app_context():
        (found,) = queries.list_passes(get_event("fair-a"))
        operations.revoke_pass(ORGANIZER, get_event("fair-a"), found.id, reason="遗失", now=NOW)
    assert "遗失" in client_of(app, Role.DESK, "fair-a").page(address).text
    assert "遗失" not in visitor_of(app).page(address).text


def test_forged_and_foreign_tokens_are_not_found_alike(app: Flask) -> None:
    address = issue(app)
    with app.app_context():
        unknown = seal(keyring(), Purpose.ACCESS, new_body())
        (found,) = queries.list_passes(get_event("fair-a"))
        other_purpose = seal(keyring(), Purpose.REDEEM, found.key)
    visitor = visitor_of(app)
    texts = {
        visitor.page(path, status=404).text
        for path in (
            f"/v/{unknown}",
            f"/v/{other_purpose}",
            f"{address[:-1]}{'A' if address[-1] != 'A' else 'B'}",
        )
    }
    assert len(texts) == 1


def test_stranger_and_member_without_the_right_pass_nothing(app: Flask) -> None:
    address = issue(app)
    with app.app_context():
        make_stall(slug="fair-b")
    data = {"direction": "in", "gate": "1号入口"}
    for role, slug, status in (
        (Role.DELEGATION_LEAD, "fair-a", 403),
        (Role.DESK, "fair-b", 404),
    ):
        client = client_of(app, role, slug, "delegation:dl-dalian" if role is Role.DELEGATION_LEAD else "")
        token = client.page("/admin/account").form("/logout").fields["csrf_token"]
        assert client.post(address, data={**data, "csrf_token": token}).status_code == status
    assert visitor_of(app).post(address, data=data).status_code == 400  # no token of a session
    with app.app_context():
        (found,) = queries.list_passes(get_event("fair-a"))
        assert not found.inside


def test_typed_code_leads_to_the_pass(app: Flask) -> None:
    address = issue(app)
    with app.app_context():
        (found,) = queries.list_passes(get_event("fair-a"))
    assert visitor_of(app).get(f"/x/{found.typed_code}").location == address


def test_archived_fair_takes_no_more_scans(app: Flask) -> None:
    address = issue(app, access_facts(valid_until=NIGHT + timedelta(days=7)))
    gate = client_of(app, Role.DESK, "fair-a")
    form = gate.page(address).form(address)
    with app.app_context():
        event = get_event("fair-a")
        archive_event(ORGANIZER, event, version=event.version)
    assert gate.submit(form).status_code == 410
