"""The team's pages between placing and opening: who may press what, what they show, empty and full."""

from typing import Any

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.applications.enums import How, Slot, Status
from eventsite.applications.models import ApplicationFile
from eventsite.applications.operations import assign_booth
from eventsite.audit.queries import history_of
from eventsite.database import atomic
from eventsite.events.queries import get_delegation, get_event, get_zone
from eventsite.files.enums import FileKind
from eventsite.files.operations import keep_file
from eventsite.files.queries import read_bytes
from eventsite.market.enums import LiveState
from eventsite.market.queries import get_booth
from eventsite.readiness import operations, queries
from eventsite.readiness.enums import CheckKind, FaultState, PassKind
from tests.support.counting import count_queries
from tests.support.factories import NOW, make_application, make_booth, make_milestone, make_permit, make_post
from tests.support.factories_accounts import client_of
from tests.support.factories_market import ORGANIZER
from tests.support.factories_readiness import (
    Stall,
    access_facts,
    certificate_facts,
    fault_facts,
    make_pass,
    make_ready,
    make_stall,
    slot_facts,
    vehicle_facts,
)
from tests.support.isolation import PageClient
from tests.support.paper import words_on
from tests.support.uploads import multipart, pdf, picture

DESK = "/admin/e/fair-a/readiness"
BOOTH = f"{DESK}/booths/A-01"
PLAIN: dict[str, Any] = {"category": "folk", "food_permit_required": False}
LISTS = ("", "slots", "passes", "certificates", "faults", "permits", "milestones")


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with booth A-01 of Dalian, and a booth in zone B."""
    with app.app_context():
        stall = make_stall()
        dalian = get_delegation(stall.event, "dl-dalian")
        make_booth(zone=stall.fair.zone, code="A-02", delegation_id=dalian.id, map_x=180, **PLAIN)
        make_booth(zone=stall.fair.other, code="B-01", map_x=430, **PLAIN)


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def press(client: PageClient, page: str, action: str, **given: str) -> int:
    """Press the button of a page whose form posts to …`action`."""
    return client.submit(client.page(page).form(action), **given).status_code


def test_ticks_are_made_and_taken_back_from_the_walk_round(app: Flask, organizer: PageClient) -> None:
    walk = f"{DESK}/zones/A/A-01"
    form = organizer.page(walk).form("/checks/sign")
    done = organizer.submit(form)
    assert (done.status_code, done.location) == (303, walk)
    page = organizer.page(walk)
    assert "楣板已安装" in page.text
    assert press(organizer, walk, "/checks/sign/undo") == 303
    with app.app_context():
        event = get_event("fair-a")
        booth = get_booth(event, "A-01")
        assert queries.find_check(booth, CheckKind.SIGN) is None
        assert [e.verb for e in history_of(event.id, f"booth:{booth.id}")] == ["untick", "tick"]


def test_walk_round_goes_from_booth_to_booth(organizer: PageClient) -> None:
    assert f"{DESK}/zones/A/A-01" in organizer.page(f"{DESK}/zones/A").links
    assert f"{DESK}/zones/A/A-02" in organizer.page(f"{DESK}/zones/A/A-01").links
    assert f"{DESK}/zones/A/A-01" in organizer.page(f"{DESK}/zones/A/A-02").links
    organizer.page(f"{DESK}/zones/A/B-01", status=404)
    organizer.page(f"{DESK}/zones/X", status=404)


def test_list_narrows_by_zone_and_by_what_is_missing(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        operations.tick(ORGANIZER, event, "A-01", CheckKind.SIGN, now=NOW)

    def codes(query: str) -> set[str]:
        found = organizer.page(f"{DESK}/{query}").links
        return {link.rsplit("/", 1)[1] for link in found if f"{DESK}/booths/" in link}

    assert codes("") == {"A-01", "A-02", "B-01"}
    assert codes("?missing=sign") == {"A-02", "B-01"}
    assert codes("?zone=A&missing=sign") == {"A-02"}
    assert codes("?missing=ready") == set()
    for ending in ("xlsx", "csv"):
        assert organizer.get(f"{DESK}/booths.{ending}").status_code == 200


def test_ready_booth_is_opened_and_an_unready_one_by_organizers_with_a_reason(
    app: Flask, organizer: PageClient
) -> None:
    assert press(organizer, BOOTH, "/open-unready", reason="") == 422
    assert press(organizer, BOOTH, "/open-unready", reason="先行开放") == 303
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    page = lead.page(f"{DESK}/booths/A-02")
    assert [form for form in page.forms if form.action.endswith("open-unready")] == []
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-01").live_state is LiveState.OPEN
        make_ready(_stall("A-02"))
    assert press(lead, f"{DESK}/booths/A-02", "/open") == 303
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-02").live_state is LiveState.OPEN


def test_booth_that_is_not_ready_is_not_said_to_be_open(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    live = "/admin/e/fair-a/market/live"
    assert press(lead, live, "/live/A-02", state="open") == 303
    assert "未就绪" in lead.page(live).text
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-02").live_state is LiveState.CLOSED
        make_ready(_stall("A-02"))
    assert press(lead, live, "/live/A-02", state="busy") == 303
    with app.app_context():
        assert get_booth(get_event("fair-a"), "A-02").live_state is LiveState.BUSY


def test_photo_checks_the_booth_in_and_only_the_team_sees_it(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(BOOTH).form("/setup/upload")
    sent = organizer.post(form.action, **multipart(form.fields, picture(), "布展.jpg"))
    assert sent.status_code == 303
    (shown,) = [img for img in organizer.page(BOOTH).all("img") if "/photos/" in img.get("src", "")]
    address = shown.get("src") or ""
    answer = organizer.get(address)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert organizer.get(address.replace("A-01", "A-02")).status_code == 404
    other = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    assert other.get(address).status_code == 403
    assert app.test_client().get(address).status_code == 302


def test_file_that_is_no_photo_is_refused_with_a_sentence(organizer: PageClient) -> None:
    form = organizer.page(BOOTH).form("/setup/upload")
    organizer.post(form.action, **multipart(form.fields, b"MZ" + b"x" * 99, "a.jpg"))
    assert "不是可以接收的图片" in organizer.page(BOOTH).text


def test_pass_is_issued_up_to_the_allowance_shown_and_withdrawn(app: Flask, organizer: PageClient) -> None:
    page = f"{BOOTH}/passes/new"
    vehicle = {"kind": "vehicle", "plate": "鲁A·67890", "label": "冷藏车"}
    assert press(organizer, page, page, kind="vehicle", plate="") == 409
    assert press(organizer, page, page, **vehicle) == 303
    assert press(organizer, page, page, **vehicle) == 409
    text = organizer.page(f"{DESK}/passes").text
    assert "鲁A····90" in text
    assert "67890" not in text
    with app.app_context():
        (made,) = queries.list_passes(get_event("fair-a"))
    own = f"{DESK}/passes/{made.id}"
    assert "鲁A·67890" in organizer.page(own).text
    assert organizer.get(f"{own}/code.svg").mimetype == "image/svg+xml"
    assert press(organizer, own, "/revoke", reason="") == 422
    assert press(organizer, own, "/revoke", reason="遗失") == 303
    assert "遗失" in organizer.page(own).text


def test_passes_of_a_booth_are_printed(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        make_pass(_stall("A-01"))
        make_pass(_stall("A-01"), vehicle_facts())
    answer = organizer.get(f"{BOOTH}/passes.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")


def test_passes_of_the_list_and_of_a_delegation_are_printed_at_once(
    app: Flask, organizer: PageClient
) -> None:
    with app.app_context():
        for code in ("A-01", "B-01"):
            make_pass(_stall(code))
    listed, of_city = f"{DESK}/passes.pdf", f"{DESK}/delegations/dl-dalian/passes.pdf"
    text = words_on(organizer.get(listed).data)
    assert ("A-01-1" in text, "B-01-1" in text) == (True, True)
    text = words_on(organizer.get(f"{listed}?q=B-01").data)
    assert ("A-01-1" in text, "B-01-1" in text) == (False, True)
    lead = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    assert (lead.get(listed).status_code, lead.get(of_city).status_code) == (403, 302)
    with app.app_context():
        make_pass(_stall("A-02"))
    assert "A-02-1" in words_on(lead.get(of_city).data)


def test_who_issues_no_passes_prints_none(app: Flask, fair: None) -> None:
    with app.app_context():
        make_pass(_stall("A-01"))
    desk = client_of(app, Role.DESK, "fair-a")
    assert "passes.pdf" not in desk.get(f"{DESK}/passes").text
    answer = desk.get(f"{DESK}/passes.pdf?q=A-01")
    assert (answer.status_code, answer.location) == (302, f"{DESK}/passes?q=A-01&kind=&inside=")
    assert "没有可以打印的证件" in desk.page(answer.location).text


def test_list_of_passes_spells_out_neither_plates_nor_codes(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        made = make_pass(_stall("A-01"), vehicle_facts(plate="鲁A·67890"))
        code, own = made.typed_code, f"/passes/{made.id}"
    asked = {"67890": False, code[:7]: False, f"{code[:4].lower()}+{code[4:]}": True}
    found = {text: own in organizer.get(f"{DESK}/passes?q={text}").text for text in asked}
    assert found == asked


def test_certificate_is_filed_by_the_lead_and_checked_by_the_reviewer_of_its_matter(
    app: Flask, fair: None
) -> None:
    lead = client_of(app, Role.DELEGATION_LEAD, "fair-a", "delegation:dl-dalian")
    page = f"{DESK}/booths/A-02/certificates/upload"
    fields = lead.page(page).form(page).fields | {"kind": ["food"], "number": ["JY1370202"]}
    fields.pop("document", None)
    sent = lead.post(page, **multipart(fields, pdf(), "许可证.pdf", field="document"))
    assert sent.status_code == 303
    with app.app_context():
        (paper,) = queries.list_certificates(get_event("fair-a"))
    own = f"{DESK}/certificates/{paper.id}"
    document = lead.get(f"{own}/document")
    assert document.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in document.headers["Content-Security-Policy"]
    assert [form for form in lead.page(own).forms if form.action.endswith("/check")] == []

    food = client_of(app, Role.REVIEWER, "fair-a", "matter:food")
    power = client_of(app, Role.REVIEWER, "fair-a", "matter:power")
    assert power.get(own).status_code == 403
    assert power.get(f"{own}/document").status_code == 403
    assert "JY" not in power.page(f"{DESK}/certificates").text
    assert press(food, own, "/check") == 303
    assert "核验无误" in food.page(own).text


def test_certificates_are_taken_over_and_checked_on_the_page_of_the_booth(
    app: Flask, organizer: PageClient
) -> None:
    with app.app_context():
        event = get_event("fair-a")
        row = make_application(event, zone=get_zone(event, "A"), status=Status.APPROVED)
        assign_booth(ORGANIZER, event, row.ref, ["A-01"], how=How.HAND)
        stored = keep_file(ORGANIZER, event, read_bytes(pdf(), name="许可证.pdf", kind=FileKind.DOCUMENT))
        with atomic() as session:
            session.add(
                ApplicationFile(
                    event_id=event.id, application_id=row.id, file_id=stored.id, slot=Slot.FOOD, at=NOW
                )
            )
    assert press(organizer, BOOTH, "/take-over") == 303
    page = organizer.page(BOOTH)
    assert not [form for form in page.forms if form.action.endswith("/take-over")]
    button = next(form for form in page.forms if "/check?" in form.action)
    assert organizer.submit(button).location == BOOTH
    page = organizer.page(BOOTH)
    assert "核验无误" in page.text
    assert not [form for form in page.forms if "/check?" in form.action]


def test_fault_is_reported_assigned_fixed_and_closed(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        make_post(get_event("fair-a"), name_zh="后勤岗")
    page = f"{BOOTH}/fault/upload"
    form = organizer.page(page).form(page)
    fields = form.fields | {"words_zh": ["灯箱不亮"], "booth": ["A-01"], "zone": ["A"]}
    fields.pop("photo", None)
    assert organizer.post(page, **multipart(fields, picture(), "灯箱.jpg")).status_code == 303
    with app.app_context():
        (fault,) = queries.list_faults(get_event("fair-a"))
        assert fault.photo_id is not None
    own = f"{DESK}/faults/{fault.id}"
    assert organizer.get(f"{own}/photo.jpg").mimetype == "image/jpeg"
    assert press(organizer, own, "/assign", due_at="2199-01-01 10:00") == 303
    assert press(organizer, own, "/fix") == 303
    assert press(organizer, own, "/close") == 303
    with app.app_context():
        assert queries.get_fault(get_event("fair-a"), fault.id).state is FaultState.CLOSED
    assert "灯箱不亮" in organizer.page(f"{DESK}/faults").text


def test_slot_is_added_booked_and_removed(app: Flask, organizer: PageClient) -> None:
    new = f"{DESK}/new-slot"
    times = {"starts_at": "2025-09-05 14:00", "ends_at": "2025-09-05 16:00"}
    assert (
        press(organizer, new, new, zone="A", kind="setup", **times | {"ends_at": times["starts_at"]}) == 409
    )
    assert press(organizer, new, new, zone="A", kind="setup", **times) == 303
    with app.app_context():
        (slot,) = queries.list_slots(get_event("fair-a"))
    assert press(organizer, BOOTH, "/slot", slot=str(slot.id)) == 303
    assert "A-01" in organizer.page(f"{DESK}/slots").text
    assert press(organizer, f"{DESK}/slots/{slot.id}", "/remove") == 409
    assert press(organizer, BOOTH, "/slot/setup/give-up") == 303
    assert press(organizer, f"{DESK}/slots/{slot.id}", "/remove") == 303


def test_permit_is_followed_with_its_document(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        own = f"{DESK}/permits/{make_permit(get_event('fair-a'), status='preparing').ref}"
    assert press(organizer, own, own, status="approved") == 409
    assert press(organizer, own, own, status="approved", decided_on="2025-08-17", number="济公2025") == 303
    form = organizer.page(own).form("/upload")
    sent = organizer.post(form.action, **multipart(form.fields, pdf(), "批文.pdf", field="document"))
    assert sent.status_code == 303
    assert organizer.get(f"{own}/document").data.startswith(b"%PDF")
    assert "济公2025" in organizer.page(own).text


def test_milestone_is_marked_and_moved(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        ref = make_milestone(get_event("fair-a")).ref
    own = f"{DESK}/milestones/{ref}"
    assert press(organizer, own, "/done") == 303
    assert press(organizer, own, "/undone") == 303
    assert press(organizer, own, own, offset_days="-60", note_zh="改期") == 303
    with app.app_context():
        read = queries.get_milestone(get_event("fair-a"), ref)
        assert (read.offset_days, read.note_zh, read.done_at) == (-60, "改期", None)


def test_second_save_of_a_permit_sees_both_values(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        own = f"{DESK}/permits/{make_permit(get_event('fair-a'), status='preparing').ref}"
    first = organizer.page(own).form(own)
    assert organizer.submit(first, note_zh="甲").status_code == 303
    second = organizer.submit(first, note_zh="乙")
    assert second.status_code == 409
    assert "甲" in second.text
    assert "乙" in second.text


ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("checks/sign", {}),
    ("slot/setup/give-up", {}),
    ("open", {}),
    ("open-unready", {"reason": "先行"}),
    ("setup/upload", {}),
)


MEMBERS = (
    (Role.ZONE_LEAD, "zone:B"),
    (Role.DELEGATION_LEAD, "delegation:dl-dalian"),
    (Role.REVIEWER, "matter:food"),
    (Role.AUDITOR, ""),
    (Role.DESK, ""),
)


@pytest.mark.parametrize(("role", "scope"), MEMBERS)
def test_who_has_no_right_at_the_booth_changes_nothing(
    app: Flask, fair: None, role: Role, scope: str
) -> None:
    client = client_of(app, role, "fair-a", scope)
    token = client.page("/admin/account").form("/logout").fields["csrf_token"]
    for path, data in ACTS:
        answer = client.post(f"{BOOTH}/{path}", data={**data, "csrf_token": token})
        assert answer.status_code == 403, path
    with app.app_context():
        event = get_event("fair-a")
        assert history_of(event.id, f"booth:{get_booth(event, 'A-01').id}") == []


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_empty_lists_say_what_to_do_next(app: Flask, fair: None, path: str, tongue: str) -> None:
    client = client_of(app, Role.ORGANIZER, "fair-a")
    client.set_cookie("lang", tongue)
    client.page(f"{DESK}/{path}")


@pytest.mark.parametrize("path", LISTS)
def test_one_row_and_three_cost_the_same_queries(app: Flask, path: str) -> None:
    with app.app_context():
        _furnish(make_stall())
    client = client_of(app, Role.ORGANIZER, "fair-a")
    client.page(f"{DESK}/{path}")
    with count_queries(app) as few:
        client.page(f"{DESK}/{path}")
    with app.app_context():
        zone = _stall("A-01").booth.zone
        for number in (3, 4):
            make_booth(zone=zone, code=f"A-0{number}", map_x=30 + 85 * number, category="folk")
            _furnish(_stall(f"A-0{number}"), hours=number)
    with count_queries(app) as many:
        client.page(f"{DESK}/{path}")
    assert len(many) == len(few)


def test_zone_lead_with_one_zone_goes_straight_to_its_walk_round(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:A")
    assert lead.get(f"{DESK}/zones").location == f"{DESK}/zones/A"


def _stall(code: str) -> Stall:
    event = get_event("fair-a")
    booth = get_booth(event, code)
    fair = type("", (), {"event": event, "zone": booth.zone})
    return Stall(fair=fair, booth=booth)  # type: ignore[arg-type]


def _furnish(stall: Stall, *, hours: int = 0) -> None:
    """Give a booth one of everything that lists show."""
    event, code = stall.event, stall.booth.code
    operations.issue_pass(ORGANIZER, event, code, access_facts(), now=NOW)
    operations.add_certificate(ORGANIZER, event, code, certificate_facts())
    operations.raise_fault(ORGANIZER, event, fault_facts(booth=code), now=NOW)
    day = slot_facts().starts_at.replace(day=1 + hours)
    slot = operations.create_slot(ORGANIZER, event, slot_facts(starts_at=day, capacity=3))
    operations.book_slot(ORGANIZER, event, code, slot.id, now=NOW)
    make_permit(event)
    make_milestone(event)
    assert queries.count_passes(stall.booth, PassKind.STAFF) == 1


def test_histories_tell_closed_words_and_times_as_people_read_them(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        slot = operations.create_slot(ORGANIZER, get_event("fair-a"), slot_facts())
        made = make_pass(_stall("A-01"))
        slot_page, pass_page = f"{DESK}/slots/{slot.id}", f"{DESK}/passes/{made.id}"
    text = organizer.page(slot_page).text
    assert "布展" in text.partition("操作记录")[2]
    assert "2025年9月5日 14:00" in text.partition("操作记录")[2]
    assert "类型 空 工作证" in organizer.page(pass_page).text
