"""Prizes are handed over once, by whom it may be done, and what was done stays on record."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.database import atomic
from eventsite.draws import operations as acts
from eventsite.draws.enums import AwardState, HandOverKind
from eventsite.draws.models import Award
from eventsite.draws.queries import find_award_by_typed_code, get_award, list_awards, list_awards_of
from eventsite.events.enums import EventStatus
from eventsite.events.models import Event
from eventsite.kernel import clock
from eventsite.kernel.errors import Closed, Conflict, DomainError
from eventsite.kernel.tokens import Purpose, new_body, seal
from tests.support.factories import NOW, make_event
from tests.support.factories_accounts import make_member, sign_in
from tests.support.factories_draws import ANN, BEN, MINUTE, make_draws, redraw, run
from tests.support.isolation import PageClient

pytestmark = pytest.mark.usefixtures("context")


def won(**terms: Any) -> tuple[Event, list[Award]]:
    event, (draw,) = make_draws(people=6, prizes=2)
    return event, run(event, draw, **terms)


def won_now() -> tuple[Event, list[Award]]:
    """Make prizes that can still be claimed by the clock that pages go by."""
    return won(claim_until=clock.now() + timedelta(days=1))


def address(app: Flask, award: Award) -> str:
    return f"/r/{seal(app.extensions['keyring'], Purpose.REDEEM, award.key)}"


def staff(app: Flask, event: Event, role: Role = Role.DESK) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    sign_in(client, make_member(role, event).email)
    client.set_cookie("lang", "en")
    return client


@pytest.mark.both_databases
def test_hand_over_is_done_once_and_told_again() -> None:
    event, (award, _) = won()
    first = acts.hand_over_award(ANN, event, award.id, place="F-04", now=NOW)
    again = acts.hand_over_award(BEN, event, award.id, place="G-01", now=NOW + MINUTE)
    assert (first.fresh, again.fresh) == (True, False)
    assert again.hand_over.id == first.hand_over.id
    assert (again.hand_over.place, again.hand_over.by_label) == ("F-04", ANN.label)
    assert get_award(award.id).claimed_at == NOW
    assert [entry.verb for entry in history_of(event.id, f"award:{award.id}")] == ["hand over"]


@pytest.mark.both_databases
def test_undo_needs_a_reason_and_both_rows_stay() -> None:
    event, (award, _) = won()
    with pytest.raises(Conflict, match="not handed over"):
        acts.undo_hand_over(ANN, event, award.id, reason="拿错了", now=NOW)
    acts.hand_over_award(ANN, event, award.id, place="F-04", now=NOW)
    with pytest.raises(DomainError):
        acts.undo_hand_over(ANN, event, award.id, reason="", now=NOW)
    acts.undo_hand_over(ANN, event, award.id, reason="拿错了", now=NOW)
    acts.hand_over_award(BEN, event, award.id, place="F-04", now=NOW)
    rows = get_award(award.id).hand_overs
    assert [(row.number, row.kind, row.reason) for row in rows] == [
        (1, HandOverKind.HANDED, ""),
        (2, HandOverKind.UNDONE, "拿错了"),
        (3, HandOverKind.HANDED, ""),
    ]
    assert get_award(award.id).state is AwardState.CLAIMED


@pytest.mark.both_databases
def test_hand_over_ends_with_the_deadline_of_the_rules() -> None:
    event, (first, second) = won()
    last = first.claim_until - timedelta(seconds=1)
    acts.hand_over_award(ANN, event, first.id, place="F-04", now=last)
    with pytest.raises(Closed):
        acts.hand_over_award(ANN, event, second.id, place="F-04", now=first.claim_until)
    assert not acts.hand_over_award(ANN, event, first.id, place="", now=first.claim_until).fresh


@pytest.mark.both_databases
def test_absent_and_voided_prizes_are_not_handed_over() -> None:
    event, (draw,) = make_draws(people=8, prizes=2)
    first, second = run(event, draw)
    redraw(event, draw, [first.slot])
    with pytest.raises(Conflict, match="no longer"):
        acts.hand_over_award(ANN, event, first.id, place="F-04", now=NOW)
    acts.propose_void(ANN, event, draw.ref, reason="有误", now=NOW)
    acts.confirm_void(BEN, event, draw.ref, now=NOW)
    with pytest.raises(Conflict, match="no longer"):
        acts.hand_over_award(ANN, event, second.id, place="F-04", now=NOW)
    assert list_awards_of(event, first.pass_id) == []


@pytest.mark.both_databases
def test_unclaimed_prizes_are_given_up_after_the_deadline_alone() -> None:
    event, (draw,) = make_draws(people=6, prizes=3)
    awards = run(event, draw)
    acts.hand_over_award(ANN, event, awards[0].id, place="F-04", now=NOW)
    acts.publish_draw(ANN, event, draw.ref, now=NOW)
    assert acts.forfeit_unclaimed(ANN, event, draw.ref, now=NOW) == 0
    assert acts.forfeit_unclaimed(ANN, event, draw.ref, now=awards[0].claim_until) == 2
    assert acts.forfeit_unclaimed(ANN, event, draw.ref, now=awards[0].claim_until) == 0
    assert [award.state for award in list_awards(draw)].count(AwardState.FORFEITED) == 2


def test_typed_code_finds_the_prize() -> None:
    _, (award, _) = won()
    found = find_award_by_typed_code(award.typed_code)
    assert found is not None
    assert found.id == award.id
    assert find_award_by_typed_code("ZZZZZZZZ") is None


def test_forged_foreign_and_unknown_tokens_look_the_same(app: Flask, client: PageClient) -> None:
    _, (award, _) = won()
    ring = app.extensions["keyring"]
    tokens = (
        "no-token-at-all",
        seal(ring, Purpose.REDEEM, new_body()),
        seal(ring, Purpose.CHECKPOINT, award.key),
        seal(ring, Purpose.REDEEM, award.key)[:-2] + "AA",
    )
    answers = [client.get(f"/r/{token}") for token in tokens]
    assert [answer.status_code for answer in answers] == [404] * 4
    texts = [answer.text.replace(token, "") for token, answer in zip(tokens, answers, strict=True)]
    assert len(set(texts)) == 1
    assert client.get(f"/r/{tokens[1]}/code.svg").status_code == 404


def test_visitor_sees_the_state_of_the_prize_and_no_button(app: Flask, client: PageClient) -> None:
    _, (award, _) = won_now()
    page = client.page(address(app, award))
    assert award.typed_code[:4] in page.text
    assert page.forms == []
    assert client.get(f"{address(app, award)}/code.svg").mimetype == "image/svg+xml"


def test_a_visitor_past_the_deadline_is_not_told_to_have_won(app: Flask, client: PageClient) -> None:
    _, (award, _) = won()
    client.set_cookie("lang", "en")
    page = client.page(address(app, award))
    assert "You have won!" not in page.text
    assert "The time to claim this prize is over" in page.text


def test_visitor_and_outsider_cannot_hand_over(app: Flask, client: PageClient) -> None:
    event, (award, _) = won_now()
    outsider = staff(app, make_event())
    auditor = staff(app, event, Role.AUDITOR)
    assert client.post(address(app, award), data={"place": "F-04"}).status_code in (400, 404)
    token = auditor.page(f"/admin/e/{event.slug}/draws/").form("logout").fields["csrf_token"]
    assert auditor.post(address(app, award), data={"place": "F", "csrf_token": token}).status_code == 403
    page = outsider.page(address(app, award))
    assert not [form for form in page.forms if "/r/" in form.action and form.method == "post"]
    assert get_award(award.id).state is AwardState.WON


def test_prize_page_is_kept_by_no_cache(app: Flask, client: PageClient) -> None:
    _, (award, _) = won()
    assert client.get(address(app, award)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", [Role.DESK, Role.ORGANIZER])
def test_staff_hand_over_on_the_page_once(app: Flask, role: Role) -> None:
    event, (award, _) = won_now()
    desk = staff(app, event, role)
    form = next(form for form in desk.page(address(app, award)).forms if "place" in form.fields)
    assert form.fields["place"] == ["抽奖与兑奖台（F-04）"]
    assert desk.submit(form).status_code == 303
    assert desk.submit(form).status_code == 303  # pressed again: the same page, no second row
    page = desk.page(address(app, award))
    assert "Do not hand over a second one" in page.text
    assert len(get_award(award.id).hand_overs) == 1


def test_nothing_is_handed_over_once_the_event_is_archived(app: Flask) -> None:
    event, (award, _) = won_now()
    desk = staff(app, event)
    form = next(form for form in desk.page(address(app, award)).forms if "place" in form.fields)
    with atomic():
        event.status = EventStatus.ARCHIVED
    assert desk.submit(form).status_code == 410
    assert get_award(award.id).state is AwardState.WON


def test_staff_take_back_with_a_reason(app: Flask) -> None:
    event, (award, _) = won_now()
    acts.hand_over_award(ANN, event, award.id, place="F-04", now=NOW)
    desk = staff(app, event)
    form = desk.page(address(app, award)).form("/undo")
    assert desk.submit(form).status_code == 422
    assert desk.submit(form, reason="奖品拿错了").status_code == 303
    assert get_award(award.id).state is AwardState.WON
    assert "奖品拿错了" in desk.page(address(app, award)).text


def test_staff_see_that_the_time_is_over(app: Flask) -> None:
    event, (award, _) = won()
    page = staff(app, event).page(address(app, award))
    assert "ended at" in page.text
    assert not [form for form in page.forms if "place" in form.fields]
