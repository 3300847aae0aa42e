"""Intake, review and waiting list, on both databases."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, text

from eventsite.accounts.models import OutboxMail
from eventsite.applications.core.calls import CategoryTerms
from eventsite.applications.enums import How, Matter, Slot, Status, Verdict
from eventsite.applications.errors import Incomplete
from eventsite.applications.models import Application
from eventsite.applications.operations import (
    Finding,
    Letter,
    Sheet,
    add_question,
    approve_application,
    assign_booth,
    confirm_application,
    discard_draft,
    edit_call,
    erase_contacts,
    issue_link,
    judge_matter,
    promote_application,
    reject_application,
    release_booth,
    remove_call,
    return_application,
    save_application,
    submit_application,
    waitlist_application,
    withdraw_application,
)
from eventsite.applications.queries import (
    count_in_quota,
    find_by_token,
    get_application,
    get_call,
    list_accepted,
    list_applications,
    list_brought,
    list_holdings,
    list_placeable,
    list_waiting,
)
from eventsite.applications.queries.lookup import hash_of
from eventsite.applications.queries.sheets import facts_of, opinions_of
from eventsite.audit.queries import history_of
from eventsite.database import db
from eventsite.files.enums import FileKind
from eventsite.files.queries import read_bytes
from eventsite.kernel.errors import Closed, Conflict, DomainError, NotFound, StaleEdit
from eventsite.kernel.tokens import new_body
from eventsite.market.queries import get_booth
from tests.support.factories import NOW, make_application, make_booth, make_delegation
from tests.support.factories_applications import (
    APPLICANT,
    PHONE,
    SEALER,
    application_facts,
    apply_to,
    approve_one,
    call_facts,
    judge_all,
    make_call,
    question_facts,
)
from tests.support.factories_market import ORGANIZER, make_fair

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


@pytest.fixture
def fair():
    return make_fair(slug="fair-a")


@pytest.fixture
def call(fair):
    return make_call(fair.event)


def save(fair, body, sheet, now=NOW):
    return save_application(APPLICANT, fair.event, body, sheet, sealer=SEALER, now=now)


def submit(fair, body, now=NOW, **more):
    return submit_application(APPLICANT, fair.event, body, sealer=SEALER, now=now, **more)


def folk(**given) -> Sheet:
    return Sheet(call="spring", category="folk", facts=application_facts(**given))


def test_a_draft_may_lack_everything_and_its_number_stays(fair, call) -> None:
    body = new_body(16)
    bare = replace(
        application_facts(), unit_zh="", phone="", zone="", products=(), appliances=(), consented=False
    )

    first = save(fair, body, Sheet(call="spring", category="folk", facts=bare))

    assert first.status is Status.DRAFT
    assert facts_of(first, SEALER) == bare
    assert list_applications(fair.event) == []
    again = save(fair, body, replace(folk(), version=first.version))
    assert (again.id, again.ref) == (first.id, first.ref)


def test_rare_characters_and_every_fact_survive(fair, call) -> None:
    make_booth(zone=fair.zone, code="A-01")
    facts = application_facts(
        wishes=("A-01",), email="a@fair.example", delegation="dl-dalian", near="ap-x", trade="剪纸"
    )
    body = new_body(16)

    row = save(fair, body, Sheet(call="spring", category="folk", facts=facts))
    db.session.expire_all()

    assert facts_of(row, SEALER) == facts
    assert row.unit_zh == "䶮记㛃𬭎工坊 🎎"
    assert row.power_kw == 0.3


def test_contacts_are_sealed_in_the_database_and_absent_from_the_log(fair, call) -> None:
    row = apply_to(fair.event, call, email="a@fair.example")

    stored = db.session.execute(text("SELECT phone, email FROM application")).one()
    logged = str(history_of(fair.event.id, f"application:{row.id}"))

    assert PHONE.encode() not in bytes(stored[0])
    assert b"fair.example" not in bytes(stored[1])
    assert row.unit_zh in logged
    for secret in (PHONE, "fair.example", row.contact_post_zh):
        assert secret not in logged
    assert row.phone_mark == SEALER.mark(PHONE, "application-phone")


def test_the_same_form_twice_is_one_application(fair, call) -> None:
    body = new_body(16)
    for _ in range(2):
        save(fair, body, folk())
        submit(fair, body)

    [row] = list_applications(fair.event)
    verbs = [entry.verb for entry in history_of(fair.event.id, f"application:{row.id}")]
    assert sorted(verbs) == ["draft", "save", "submit"]


def test_a_second_device_sees_what_the_first_saved(fair, call) -> None:
    body = new_body(16)
    first = save(fair, body, folk())
    read = first.version
    save(fair, body, replace(folk(unit_zh="甲"), version=read))

    with pytest.raises(StaleEdit) as caught:
        save(fair, body, replace(folk(unit_zh="乙"), version=read))

    assert (caught.value.theirs["unit_zh"], caught.value.mine["unit_zh"]) == ("甲", "乙")
    assert get_draft(body).unit_zh == "甲"


def get_draft(body) -> Application:
    row = find_by_token(body)
    assert row is not None
    return row


def test_an_incomplete_draft_is_kept_and_not_handed_in(fair, call) -> None:
    body = new_body(16)
    save(fair, body, folk(phone=""))

    with pytest.raises(Incomplete):
        submit(fair, body)

    assert get_draft(body).status is Status.DRAFT


def test_nobody_applies_before_the_call_opens_or_after_it_closes(fair, call) -> None:
    body = new_body(16)
    for at in (call.opens_at - timedelta(seconds=1), call.closes_at):
        with pytest.raises(Closed):
            save(fair, body, folk(), now=at)
    save(fair, body, folk(), now=call.opens_at)

    with pytest.raises(Closed):
        submit(fair, body, now=call.closes_at)
    assert submit(fair, body, now=call.closes_at - timedelta(seconds=1)).status is Status.SUBMITTED


def test_a_call_is_not_for_other_categories(fair, call) -> None:
    with pytest.raises(NotFound):
        save(fair, new_body(16), Sheet(call="spring", category="heritage", facts=application_facts()))


def test_past_the_quota_applications_wait_in_order(fair) -> None:
    call = make_call(fair.event, places=2, over_percent=150)

    rows = [apply_to(fair.event, call, unit_zh=f"单位{n}", now=NOW + timedelta(minutes=n)) for n in range(5)]

    assert [row.status for row in rows] == [Status.SUBMITTED] * 3 + [Status.WAITLISTED] * 2
    assert [row.id for row in list_waiting(fair.event)] == [rows[3].id, rows[4].id]
    assert count_in_quota(call) == call.quota == 3


def test_the_waiting_list_moves_up_in_order_and_only_where_a_place_is_free(fair) -> None:
    call = make_call(fair.event, places=1, over_percent=100)
    first, second, third = (apply_to(fair.event, call, now=NOW + timedelta(minutes=n)) for n in range(3))

    def promote(row):
        return promote_application(ORGANIZER, fair.event, row.ref, version=row.version, now=NOW)

    with pytest.raises(Conflict, match="No place"):
        promote(second)
    reject_application(ORGANIZER, fair.event, first.ref, reason="x", version=first.version, now=NOW)
    with pytest.raises(Conflict, match="stands before"):
        promote(third)
    third = judge_all(fair.event, third.ref)
    with pytest.raises(Conflict):  # approving passes by neither the order nor the quota
        approve_application(ORGANIZER, fair.event, third.ref, version=third.version, now=NOW)
    assert promote(second).status is Status.SUBMITTED
    with pytest.raises(Conflict, match="No place"):
        promote(third)


def test_a_file_stays_once_it_is_uploaded_and_goes_when_it_is_taken_off(fair, call) -> None:
    body = new_body(16)
    upload = read_bytes(png(), name="licence.png", kind=FileKind.DOCUMENT)
    sheet = replace(folk(), uploads={Slot.FOOD: [upload]})

    row = save(fair, body, sheet)
    row = save(fair, body, replace(sheet, version=row.version))

    [file] = row.files
    assert (file.slot, file.stored.name, row.food_uploaded) == (Slot.FOOD, "licence.jpg", True)
    row = save(fair, body, replace(folk(), version=row.version, dropped=[file.id]))
    assert (row.files, row.food_uploaded) == ([], False)


def test_a_needed_file_is_asked_for(fair, call) -> None:
    body = new_body(16)
    save(fair, body, Sheet(call="spring", category="food", facts=application_facts(food_required=True)))

    with pytest.raises(Incomplete) as caught:
        submit(fair, body)

    assert [error.field for error in caught.value.lacking] == ["file_food"]


def test_a_draft_is_discarded_with_its_files_and_nothing_else_is(fair, call) -> None:
    body = new_body(16)
    upload = read_bytes(png(), name="licence.png", kind=FileKind.DOCUMENT)
    save(fair, body, replace(folk(), uploads={Slot.FOOD: [upload]}))

    discard_draft(APPLICANT, fair.event, body)

    assert find_by_token(body) is None
    handed = new_body(16)
    apply_to(fair.event, call, body=handed)
    with pytest.raises(Conflict):
        discard_draft(APPLICANT, fair.event, handed)


def test_an_office_says_its_word_and_says_it_again_without_writing(fair, call) -> None:
    row = apply_to(fair.event, call)
    finding = Finding(matter=Matter.POWER, verdict=Verdict.PROBLEM, point="请核对功率")

    first = judge_matter(ORGANIZER, fair.event, row.ref, finding, now=NOW)
    again = judge_matter(ORGANIZER, fair.event, row.ref, finding, now=NOW)

    assert first.id == again.id
    assert first.version == again.version
    with pytest.raises(DomainError) as caught:
        judge_matter(
            ORGANIZER, fair.event, row.ref, Finding(matter=Matter.POWER, verdict=Verdict.PROBLEM), now=NOW
        )
    assert caught.value.field == "point"


def test_the_second_reviewer_sees_both_words(fair, call) -> None:
    row = apply_to(fair.event, call)
    judge_matter(ORGANIZER, fair.event, row.ref, Finding(matter=Matter.POWER, verdict=Verdict.OK), now=NOW)

    with pytest.raises(StaleEdit) as caught:
        judge_matter(
            ORGANIZER,
            fair.event,
            row.ref,
            Finding(matter=Matter.POWER, verdict=Verdict.PROBLEM, point="太大"),
            now=NOW,
        )

    assert (caught.value.theirs["verdict"], caught.value.mine["verdict"]) == ("ok", "problem")


def send_back(fair, row, **given):
    usual = {"until": NOW + timedelta(days=3), "version": row.version, "now": NOW}
    points = given.pop("points", [(Matter.POWER, "请核对功率"), (Matter.BOOTH, "请补照片")])
    return return_application(ORGANIZER, fair.event, row.ref, points, **{**usual, **given})


def test_an_application_is_returned_once_with_all_points_when_all_have_read_it(fair, call) -> None:
    body = new_body(16)
    row = apply_to(fair.event, call, body=body)
    with pytest.raises(Conflict, match="not been read"):
        send_back(fair, row)
    row = judge_all(fair.event, row.ref, bad=(Matter.POWER, Matter.BOOTH))

    row = send_back(fair, row)

    assert row.status is Status.RETURNED
    assert row.returned.points == [["power", "请核对功率"], ["booth", "请补照片"]]
    save(fair, body, replace(folk(unit_zh="改正"), version=row.version))
    row = submit(fair, body)
    assert row.status is Status.SUBMITTED
    open_again = {one.matter for one in opinions_of(row) if one.verdict is None}
    assert open_again == {Matter.POWER, Matter.BOOTH}
    row = judge_again(fair, row)
    with pytest.raises(Conflict, match="once already"):
        send_back(fair, row)
    assert get_application(fair.event, row.ref).status is Status.SUBMITTED


def judge_again(fair, row):
    for review in list(row.matters):
        finding = Finding(
            matter=review.matter, verdict=Verdict.PROBLEM, point="还是不对", version=review.version
        )
        judge_matter(ORGANIZER, fair.event, row.ref, finding, now=NOW)
    return get_application(fair.event, row.ref)


def test_a_return_needs_points_and_time(fair, call) -> None:
    row = judge_all(fair.event, apply_to(fair.event, call).ref, bad=(Matter.POWER,))

    refused: tuple[dict[str, Any], ...] = ({"points": []}, {"points": [(Matter.POWER, "")]}, {"until": NOW})
    for given in refused:
        with pytest.raises(DomainError):
            send_back(fair, row, **given)


def test_a_correction_comes_in_time_even_after_the_call_has_closed(fair, call) -> None:
    body = new_body(16)
    row = judge_all(fair.event, apply_to(fair.event, call, body=body).ref, bad=(Matter.POWER,))
    late = call.closes_at + timedelta(days=1)
    send_back(fair, row, until=late + timedelta(days=3), points=[(Matter.POWER, "x")])

    with pytest.raises(Closed):
        submit(fair, body, now=late + timedelta(days=3))
    assert submit(fair, body, now=late).status is Status.SUBMITTED


def test_what_is_handed_in_is_not_changed_any_more(fair, call) -> None:
    body = new_body(16)
    row = apply_to(fair.event, call, body=body)

    with pytest.raises(Conflict):
        save(fair, body, replace(folk(unit_zh="改"), version=row.version))


def test_approval_waits_for_every_office(fair, call) -> None:
    row = apply_to(fair.event, call)

    def approve(row):
        return approve_application(ORGANIZER, fair.event, row.ref, version=row.version, now=NOW)

    with pytest.raises(Conflict, match="not been read"):
        approve(row)
    bad = judge_all(fair.event, row.ref, bad=(Matter.BOOTH,))
    with pytest.raises(Conflict, match="problem"):
        approve(bad)
    [review] = [one for one in bad.matters if one.matter is Matter.BOOTH]
    judge_matter(
        ORGANIZER,
        fair.event,
        row.ref,
        Finding(matter=Matter.BOOTH, verdict=Verdict.OK, version=review.version),
        now=NOW,
    )
    assert approve(get_application(fair.event, row.ref)).status is Status.APPROVED


def test_whoever_decides_second_is_told(fair, call) -> None:
    row = apply_to(fair.event, call)
    read = row.version
    waitlist_application(ORGANIZER, fair.event, row.ref, version=read, now=NOW)

    with pytest.raises(StaleEdit):
        reject_application(ORGANIZER, fair.event, row.ref, reason="x", version=read, now=NOW)


def test_confirming_and_withdrawing_twice_change_nothing_more(fair, call) -> None:
    body = new_body(16)
    row = approve_one(fair.event, call, body=body)
    booth = make_booth(zone=fair.zone, code="A-01")
    assign_booth(ORGANIZER, fair.event, row.ref, ["A-01"], how=How.HAND)

    for _ in range(2):
        assert confirm_application(APPLICANT, fair.event, body).status is Status.CONFIRMED
    for _ in range(2):
        row = withdraw_application(APPLICANT, fair.event, body, reason="", now=NOW)
    assert row.status is Status.WITHDRAWN
    assert (row.booth_id, list_holdings(fair.event)) == (None, [])
    assert booth.id
    verbs = [entry.verb for entry in history_of(fair.event.id, f"application:{row.id}")]
    assert (verbs.count("confirm"), verbs.count("withdraw")) == (1, 1)


def test_a_booth_has_one_holder(fair, call) -> None:
    make_booth(zone=fair.zone, code="A-01")
    make_booth(zone=fair.zone, code="A-02", map_x=120)
    first, second = (approve_one(fair.event, call, unit_zh=name) for name in "甲乙")
    assign_booth(ORGANIZER, fair.event, first.ref, ["A-01"], how=How.LOT, reasons=["1"])

    with pytest.raises(Conflict, match="another holder"):
        assign_booth(ORGANIZER, fair.event, second.ref, ["A-01"], how=How.HAND)
    with pytest.raises(Conflict, match="applied for"):
        assign_booth(ORGANIZER, fair.event, second.ref, ["A-01", "A-02"], how=How.HAND)
    assign_booth(ORGANIZER, fair.event, first.ref, ["A-02"], how=How.HAND)
    assign_booth(ORGANIZER, fair.event, second.ref, ["A-01"], how=How.HAND)

    held = [(one.booth.code, one.application.unit_zh) for one in list_holdings(fair.event)]
    assert held == [("A-01", "乙"), ("A-02", "甲")]
    release_booth(ORGANIZER, fair.event, second.ref)
    assert [one.booth.code for one in list_holdings(fair.event)] == ["A-02"]


def test_a_booth_that_is_given_away_shows_who_stands_there(fair, call) -> None:
    booth = make_booth(zone=fair.zone, code="A-01", name_zh="补位展位", name_en="Spare", delegation_id=None)
    make_booth(zone=fair.zone, code="A-02", name_zh="补位展位二", name_en="Spare 2", map_x=120)
    row = approve_one(fair.event, call, unit_zh="甲酱菜", unit_en="")
    version = booth.version

    assign_booth(ORGANIZER, fair.event, row.ref, ["A-01"], how=How.HAND)

    assert (booth.shown_zh, booth.shown_en, booth.name_zh) == ("甲酱菜", "甲酱菜", "补位展位")
    assert [one.name for one in list_brought(booth)] == row.products_zh
    assign_booth(ORGANIZER, fair.event, row.ref, ["A-02"], how=How.HAND)
    assert (booth.shown_zh, booth.shown_en, list_brought(booth)) == ("补位展位", "Spare", [])
    assert get_booth(fair.event, "A-02").shown_zh == "甲酱菜"
    release_booth(ORGANIZER, fair.event, row.ref)
    assert get_booth(fair.event, "A-02").shown_zh == "补位展位二"
    assert booth.version == version  # who had its form open is not sent back
    told = [entry.verb for entry in history_of(fair.event.id, f"booth:{booth.id}")]
    assert told == ["name exhibitor", "name exhibitor"]


def test_a_name_that_a_city_chose_stays_on_its_confirmed_booth(fair, call) -> None:
    city = make_delegation(fair.event, ref="dl-benxi")
    own: dict[str, Any] = {"name_zh": "本溪辽砚", "delegation_id": city.id}
    settled = make_booth(zone=fair.zone, code="A-01", status="confirmed", **own)
    planned = make_booth(zone=fair.zone, code="A-02", status="planned", map_x=120, **own)
    for code in ("A-01", "A-02"):
        row = approve_one(fair.event, call, unit_zh="甲砚厂")
        assign_booth(ORGANIZER, fair.event, row.ref, [code], how=How.HAND)

    assert (settled.shown_zh, settled.exhibitor_zh) == ("本溪辽砚", "甲砚厂")
    assert planned.shown_zh == "甲砚厂"


def test_only_the_accepted_are_placed(fair, call) -> None:
    make_booth(zone=fair.zone, code="A-01")
    row = apply_to(fair.event, call)

    with pytest.raises(Conflict, match="not approved"):
        assign_booth(ORGANIZER, fair.event, row.ref, ["A-01"], how=How.HAND)
    assert list_placeable(fair.event) == []


def test_placing_knows_wishes_and_partners_that_name_each_other(fair, call) -> None:
    first = approve_one(fair.event, call, unit_zh="甲", places=2, delegation="dl-dalian", trade="剪纸")
    second = approve_one(fair.event, call, unit_zh="乙", places=2, partner=first.ref)
    alone = {one.ref: one for one in list_placeable(fair.event)}

    assert alone[second.ref].partner == ""
    assert alone[first.ref].zone == "A"
    assert (alone[first.ref].delegation, alone[first.ref].trade) == ("dl-dalian", "剪纸")
    assert {row.ref for row in list_accepted(fair.event)} == {first.ref, second.ref}


def test_letters_go_into_the_outbox_with_the_act(fair, call) -> None:
    body = new_body(16)
    save(fair, body, folk(email="a@fair.example"))

    def tell(row: Application) -> Letter:
        return Letter(recipient="a@fair.example", subject=row.status.value, body="…")

    submit(fair, body, tell=tell)
    submit(fair, body, tell=tell)

    mails = db.session.scalars(select(OutboxMail)).all()
    assert [(mail.recipient, mail.subject) for mail in mails] == [("a@fair.example", "submitted")]


def test_a_new_link_revokes_the_old_one_and_only_its_hash_is_kept(fair, call) -> None:
    old = new_body(16)
    row = apply_to(fair.event, call, body=old)

    fresh = issue_link(ORGANIZER, fair.event, row.ref)

    assert find_by_token(old) is None
    assert find_by_token(fresh) is not None
    assert row.token_hash == hash_of(fresh) != fresh


def test_contacts_are_erased_on_the_announced_day_and_once(fair, call) -> None:
    row = apply_to(fair.event, call, email="a@fair.example")
    day = datetime.combine(call.erase_on, time(), fair.event.zone)

    assert erase_contacts(ORGANIZER, now=day - timedelta(seconds=1)) == 0
    assert [erase_contacts(ORGANIZER, now=day) for _ in range(2)] == [1, 0]

    db.session.refresh(row)
    assert (row.phone, row.phone_mark, row.email, row.contact_post_zh) == (None, None, None, "")
    assert row.contacts_erased_at == day


def test_another_fairs_applications_are_not_there(fair, call) -> None:
    row = apply_to(fair.event, call)
    elsewhere = make_fair(slug="fair-b").event

    with pytest.raises(NotFound):
        get_application(elsewhere, row.ref)
    with pytest.raises(NotFound):
        withdraw_application(APPLICANT, elsewhere, new_body(16), reason="", now=NOW)


def test_a_call_is_changed_by_one_and_removed_while_nobody_applied(fair, call) -> None:
    read = call.version
    longer = call_facts(closes_at=call.closes_at + timedelta(days=1))
    edit_call(ORGANIZER, fair.event, "spring", longer, version=read)

    with pytest.raises(StaleEdit):
        edit_call(ORGANIZER, fair.event, "spring", call_facts(places=3), version=read)
    again = get_call(fair.event, "spring")
    narrower = call_facts(categories=(CategoryTerms(category="folk", most_kw=2, needs=("business",)),))
    edit_call(ORGANIZER, fair.event, "spring", narrower, version=again.version)
    assert [own.category for own in get_call(fair.event, "spring").categories] == ["folk"]
    add_question(ORGANIZER, fair.event, "spring", question_facts())
    apply_draft(fair)
    with pytest.raises(Conflict, match="applied"):
        remove_call(ORGANIZER, fair.event, "spring", version=get_call(fair.event, "spring").version)


def apply_draft(fair) -> None:
    save(fair, new_body(16), folk())


def test_a_call_that_contradicts_itself_is_refused(fair) -> None:
    for given in (
        {"closes_at": NOW - timedelta(days=10)},
        {"categories": ()},
        {"erase_on": NOW.date()},
    ):
        with pytest.raises(DomainError):
            make_call(fair.event, **given)


def test_the_first_call_takes_in_what_came_with_the_event_file(fair) -> None:
    row = make_application(fair.event, zone=fair.zone)

    call = make_call(fair.event)

    db.session.refresh(row)
    assert row.call_id == call.id


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()
