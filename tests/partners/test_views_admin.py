"""The team's pages: the organizer sees every partner, a liaison its own alone."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.accounts.enums import Role
from eventsite.database import db
from eventsite.events.models import Event, Organization
from eventsite.events.operations.lifecycle import archive_event
from eventsite.events.queries import get_event
from eventsite.partners.enums import DeliveryState
from eventsite.partners.models import Delivery, PartnerToken, Taking, Webhook
from eventsite.partners.operations import Take, deliver_due, note_taking, send_test
from eventsite.partners.queries import list_tokens, list_webhooks
from eventsite.partners.sending import REFUSED, Answer
from tests.support.factories import NOW, make_event, make_organization
from tests.support.factories_accounts import client_of
from tests.support.factories_partners import SITE, make_token, make_webhook, the_sealer
from tests.support.factories_programme import make_acts, make_release
from tests.support.isolation import PageClient
from tests.support.lists import ListPage

DESK = "/admin/e/fair-a/partners"


def make_partner(event: Event, word: str) -> Organization:
    return make_organization(event, name_zh=word, name_en=word)


def make_named_token(event: Event, word: str) -> None:
    make_token(event, name=word)


def make_taking(event: Event, word: str) -> None:
    issued = make_token(event, name=word)
    note_taking(
        Take(
            event_id=event.id,
            organization_id=issued.row.organization_id,
            token_id=issued.row.id,
            taker=f"token:{issued.row.id}",
            what="programme.ics",
            number=1,
            live_revision=0,
            size=100,
            now=NOW,
        )
    )


def make_delivery(event: Event, word: str) -> None:
    hook = make_webhook(event, make_partner(event, word)).row
    send_test(SITE, event, hook.id, site="https://fair.example", now=NOW)


LISTS = [
    ListPage("partners/", make_partner, Role.ORGANIZER, Role.DESK),
    ListPage("partners/tokens", make_named_token, Role.ORGANIZER, Role.DESK),
    ListPage("partners/takings", make_taking, Role.ORGANIZER, Role.STAGE_MANAGER),
    ListPage("partners/deliveries", make_delivery, Role.AUDITOR, Role.DESK),
]


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.path)
def test_lists(app: Flask, page: ListPage) -> None:
    page.check(app)


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.path)
def test_lists_keep_their_price_and_their_rights(app: Flask, page: ListPage) -> None:
    page.check_queries(app)


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.path)
def test_lists_say_when_they_are_empty(app: Flask, page: ListPage) -> None:
    page.check_empty(app)


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.path)
def test_lists_are_for_who_may_see_them(app: Flask, page: ListPage) -> None:
    page.check_rights(app)


@pytest.fixture
def homes(app: Flask) -> tuple[str, str]:
    """Make a released fair with two organizations, both with a token and a webhook; return their ids."""
    with app.app_context():
        event = make_event(slug="fair-a")
        make_acts(event, 2)
        make_release(event)
        mine, theirs = make_partner(event, "山东省文化和旅游厅"), make_partner(event, "另一家单位")
        for home in (mine, theirs):
            make_token(event, home, name=f"令牌{home.name_zh}")
            make_webhook(event, home)
        return mine.ref, theirs.ref


def team(app: Flask) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def test_a_token_is_issued_shown_once_and_revoked(app: Flask, homes: tuple[str, str]) -> None:
    organizer, page = team(app), f"{DESK}/organizations/{homes[0]}"
    form = organizer.page(f"{page}/new-token").form(f"{page}/new-token")
    answer = organizer.submit(form, name="官网", scopes=["feed"], expires_on="2099-01-31")
    assert answer.location == page
    shown = organizer.page(page)
    (token,) = (node.text or "" for node in shown.all("p", id="shown-once"))
    assert token not in organizer.page(page).text
    assert organizer.get(f"/feeds/{token}/fair-a/programme.csv").status_code == 200
    with app.app_context():
        row = db.session.scalars(select(PartnerToken).where(PartnerToken.name == "官网")).one()
        assert row.expires_at is not None
        assert row.expires_at.isoformat() == "2099-01-31T16:00:00+00:00"
    organizer.submit(organizer.page(page).form(f"{DESK}/tokens/{row.id}/revoke"))
    assert organizer.get(f"/feeds/{token}/fair-a/programme.csv").status_code == 404
    assert "已撤销" in organizer.page(page).text or "Revoked" in organizer.page(page).text


def test_tokens_and_webhooks_are_stopped_when_the_event_is_archived(
    app: Flask, homes: tuple[str, str]
) -> None:
    organizer = team(app)
    with app.app_context():
        event = get_event("fair-a")
        token, hook = list_tokens(event)[0], list_webhooks(event)[0]
        page = f"{DESK}/organizations/{token.organization.ref}"
        archive_event(SITE, event, version=event.version)
        token_id, hook_id = token.id, hook.id
        revoke, switch = f"{DESK}/tokens/{token.id}/revoke", f"{DESK}/webhooks/{hook.id}"
    assert organizer.submit(organizer.page(page).form(revoke)).status_code == 303
    assert organizer.submit(organizer.page(switch).form(f"{switch}/disable")).status_code == 303
    with app.app_context():
        assert db.session.get_one(PartnerToken, token_id).revoked_at is not None
        assert db.session.get_one(Webhook, hook_id).disabled_at is not None
    assert organizer.submit(organizer.page(switch).form(f"{switch}/enable")).status_code == 410


def test_a_token_form_says_what_is_wrong(app: Flask, homes: tuple[str, str]) -> None:
    organizer, page = team(app), f"{DESK}/organizations/{homes[0]}/new-token"
    form = organizer.page(page).form(page)
    wrongs: tuple[dict[str, object], ...] = (
        {"name": ""},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"expires_on": "2001-01-01"},
    )
    for wrong in wrongs:
        answer = organizer.submit(form, **({"name": "官网", "scopes": ["feed"]} | wrong))
        assert answer.status_code == 422
        assert "a-f__err" in answer.text


def test_a_webhook_is_added_tested_and_switched(app: Flask, homes: tuple[str, str]) -> None:
    organizer, page = team(app), f"{DESK}/organizations/{homes[0]}/new-webhook"
    form = organizer.page(page).form(page)
    answer = organizer.submit(form, url="https://8.8.8.8/hook", kinds=["programme.live"])
    assert answer.status_code == 303
    shown = organizer.page(answer.location)
    (secret,) = (node.text or "" for node in shown.all("p", id="shown-once"))
    assert secret not in organizer.page(answer.location).text
    organizer.submit(shown.form(f"{answer.location}/test"))
    with app.app_context():
        assert [one.state for one in db.session.scalars(select(Delivery))] == [DeliveryState.WAITING]
        failed = Answer(status=500, fault=REFUSED, params={"status": 500}, milliseconds=9)
        deliver_due(
            SITE,
            lambda _letter: failed,
            sealer=the_sealer(),
            now=db.session.scalars(select(Delivery.due_at)).one(),
            at=0,
        )
    assert "500" in organizer.page(answer.location).text
    organizer.submit(organizer.page(answer.location).form(f"{answer.location}/disable"))
    off = organizer.page(answer.location)
    assert off.all("div", class_="a-note")
    organizer.submit(off.form(f"{answer.location}/enable"))
    renewed = organizer.submit(organizer.page(answer.location).form(f"{answer.location}/secret"))
    assert organizer.page(renewed.location).all("p", id="shown-once")


def test_a_webhook_inside_a_network_is_refused_at_its_field(app: Flask, homes: tuple[str, str]) -> None:
    organizer, page = team(app), f"{DESK}/organizations/{homes[0]}/new-webhook"
    form = organizer.page(page).form(page)
    for url in ("http://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/"):
        answer = organizer.submit(form, url=url, kinds=["programme.released"])
        assert answer.status_code == 422
        assert "url-error" in answer.text
        with app.app_context():
            assert url not in [hook.url for hook in db.session.scalars(select(Webhook))]


def test_a_liaison_sees_and_changes_its_own_organization_alone(app: Flask, homes: tuple[str, str]) -> None:
    mine, theirs = homes
    liaison = client_of(app, Role.PARTNER, "fair-a", f"organization:{mine}")
    for path in ("/", "/tokens", "/takings", "/deliveries"):
        page = liaison.page(f"{DESK}{path}").text
        assert "另一家单位" not in page
    assert "山东省文化和旅游厅" in liaison.page(f"{DESK}/").text
    assert "另一家单位" not in liaison.get(f"{DESK}/tokens.csv").text
    with app.app_context():
        foreign = db.session.scalars(
            select(PartnerToken).join(Organization).where(Organization.ref == theirs)
        ).one()
        hook = db.session.scalars(select(Webhook).join(Organization).where(Organization.ref == theirs)).one()
        token_id, hook_id = foreign.id, hook.id
    assert liaison.get(f"{DESK}/organizations/{mine}").status_code == 200
    assert liaison.get(f"{DESK}/organizations/{mine}/new-token").status_code == 200
    for path in (
        f"organizations/{theirs}",
        f"organizations/{theirs}/new-token",
        f"organizations/{theirs}/new-webhook",
        f"organizations/{theirs}/bundle.zip",
        f"webhooks/{hook_id}",
    ):
        assert liaison.get(f"{DESK}/{path}").status_code == 403, path
    own = liaison.page(f"{DESK}/organizations/{mine}/new-token").forms[-1]
    proof = {"csrf_token": own.fields["csrf_token"]}
    for path in (f"tokens/{token_id}/revoke", f"webhooks/{hook_id}/test", f"webhooks/{hook_id}/disable"):
        assert liaison.post(f"{DESK}/{path}", data=proof).status_code == 403, path


def test_an_auditor_reads_and_presses_nothing(app: Flask, homes: tuple[str, str]) -> None:
    auditor = client_of(app, Role.AUDITOR, "fair-a")
    page = auditor.page(f"{DESK}/organizations/{homes[0]}")
    assert [form for form in page.forms if DESK in form.action] == []
    assert auditor.get(f"{DESK}/organizations/{homes[0]}/bundle.zip").status_code == 403
    with app.app_context():
        hook = db.session.scalars(select(Webhook.id)).first()
    assert [form for form in auditor.page(f"{DESK}/webhooks/{hook}").forms if DESK in form.action] == []


def test_the_bundle_taken_by_hand_is_counted(app: Flask, homes: tuple[str, str]) -> None:
    liaison = client_of(app, Role.PARTNER, "fair-a", f"organization:{homes[0]}")
    answer = liaison.get(f"{DESK}/organizations/{homes[0]}/bundle.zip")
    assert (answer.status_code, answer.data[:2]) == (200, b"PK")
    with app.app_context():
        (row,) = db.session.scalars(select(Taking).where(Taking.event_id == get_event("fair-a").id))
        assert (row.what, row.token_id, row.taken, row.bytes) == ("bundle.zip", None, 1, len(answer.data))
        assert row.taker.startswith("account:")


def test_what_an_organizer_takes_is_not_the_partners(app: Flask, homes: tuple[str, str]) -> None:
    assert team(app).get(f"{DESK}/organizations/{homes[0]}/bundle.zip").data[:2] == b"PK"
    with app.app_context():
        assert db.session.scalars(select(Taking)).all() == []
