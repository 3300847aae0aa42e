"""The review desk: each office sees its part, organizers decide, nobody learns more than is theirs."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from eventsite.accounts.enums import Role
from eventsite.applications.enums import Matter, QuestionKind, Slot, Status
from eventsite.applications.operations import Sheet, add_question, save_application, submit_application
from eventsite.applications.queries import get_application, get_call
from eventsite.applications.queries.sheets import opinions_of
from eventsite.events.queries import get_event, get_zone
from eventsite.files.enums import FileKind
from eventsite.files.queries import read_bytes
from eventsite.kernel.tokens import new_body
from eventsite.sealing.operations import load_sealer
from tests.support.factories import NOW, make_booth
from tests.support.factories_accounts import client_of
from tests.support.factories_applications import (
    APPLICANT,
    application_facts,
    apply_to,
    judge_all,
    make_call,
    question_facts,
)
from tests.support.factories_market import ORGANIZER, make_fair
from tests.support.isolation import PageClient
from tests.support.page import Form, read_page
from tests.support.paper import words_on

DESK = "/admin/e/fair-a/applications"


@pytest.fixture
def ref(app: Flask) -> str:
    """Make a fair with one application that has power, passes, a licence and a policy."""
    with app.app_context():
        fair = make_fair(slug="fair-a")
        make_booth(zone=fair.zone, code="A-01", status="planned")
        call = make_call(fair.event)
        body = new_body(16)
        uploads = {slot: [read_bytes(png(slot), name=f"{slot.value}.png", kind=FileKind.DOCUMENT)]
                   for slot in (Slot.FOOD, Slot.INSURANCE)}  # fmt: skip
        facts = application_facts(food_required=True, email="a@fair.example", needs_water=True)
        sheet = Sheet(call=call.code, category="folk", facts=facts, uploads=uploads)
        sealer = load_sealer(app.config["KEYS_DIR"])
        save_application(APPLICANT, fair.event, body, sheet, sealer=sealer, now=NOW)
        return submit_application(APPLICANT, fair.event, body, sealer=sealer, now=NOW).ref


@pytest.fixture
def organizer(app: Flask, ref: str) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


@pytest.fixture
def power(app: Flask, ref: str) -> PageClient:
    return client_of(app, Role.REVIEWER, "fair-a", "matter:power")


def png(slot: Slot) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red" if slot is Slot.FOOD else "blue").save(out, "PNG")
    return out.getvalue()


def form_to(client: PageClient, page: str, ending: str) -> Form:
    return next(form for form in client.page(page).forms if form.action.endswith(ending))


def files_of(app: Flask, ref: str) -> dict[str, int]:
    with app.app_context():
        return {file.slot.value: file.id for file in get_application(get_event("fair-a"), ref).files}


def test_a_reviewer_sees_the_own_matter_and_nothing_of_the_others(power: PageClient, ref: str) -> None:
    html = power.get(f"{DESK}/{ref}").text
    page = power.page(f"{DESK}/{ref}").text

    assert "射灯" in page
    for hidden in ("138", "a@fair.example", "剪纸", "food.jpg", "insurance.jpg", "联系人", "matter-food"):
        assert hidden not in html, hidden
    assert "剪纸" not in power.get(f"{DESK}/").text


def test_a_reviewer_opens_no_file_and_judges_no_matter_of_another_office(
    app: Flask, power: PageClient, ref: str
) -> None:
    for number in files_of(app, ref).values():
        assert power.get(f"{DESK}/{ref}/files/{number}").status_code == 404
    form = form_to(power, f"{DESK}/{ref}", "/matters/power")
    token = {name: value for name, value in form.fields.items() if name.endswith("csrf_token")}
    answer = power.post(f"{DESK}/{ref}/matters/food", data={**token, "food-verdict": "ok"})
    assert answer.status_code == 403
    for act in ("approve", "return", "reject", "waitlist", "link", "promote"):
        assert power.post(f"{DESK}/{ref}/{act}", data=token).status_code == 403


def test_the_office_of_food_opens_its_file(app: Flask, ref: str) -> None:
    food = client_of(app, Role.REVIEWER, "fair-a", "matter:food")
    files = files_of(app, ref)

    assert food.get(f"{DESK}/{ref}/files/{files['food']}").status_code == 200
    assert food.get(f"{DESK}/{ref}/files/{files['insurance']}").status_code == 404


def test_an_application_without_the_matter_is_not_on_a_reviewers_desk(app: Flask, ref: str) -> None:
    street = client_of(app, Role.REVIEWER, "fair-a", "matter:street")

    assert ref not in street.get(f"{DESK}/").text
    assert street.get(f"{DESK}/{ref}").status_code == 404


def test_an_auditor_reads_all_but_telephones_and_changes_nothing(app: Flask, ref: str) -> None:
    auditor = client_of(app, Role.AUDITOR, "fair-a")

    page = auditor.page(f"{DESK}/{ref}")

    assert "138****5678" in page.text
    assert "+8613812345678" not in page.text
    assert not [form for form in page.forms if "/matters/" in form.action]


def test_an_organizer_sees_the_telephone_and_whose_word_is_missing(organizer: PageClient, ref: str) -> None:
    page = organizer.page(f"{DESK}/{ref}").text

    assert "+8613812345678" in page
    assert "用电保障岗" in page
    assert "还没看的事项" in page


def test_two_reviewers_at_once_see_both_words(app: Flask, power: PageClient, ref: str) -> None:
    other = client_of(app, Role.REVIEWER, "fair-a", "matter:power")
    mine, theirs = (form_to(client, f"{DESK}/{ref}", "/matters/power") for client in (power, other))
    key = "power-verdict"
    assert other.submit(theirs, **{key: "ok"}).status_code == 303

    answer = power.submit(mine, **{key: "problem", "power-point": "功率太大"})

    assert answer.status_code == 409
    assert "同意" in answer.text
    assert "功率太大" in answer.text
    again = next(form for form in read(answer.text) if form.action.endswith("/matters/power"))
    assert power.submit(again, **{key: "problem", "power-point": "功率太大"}).status_code == 303
    with app.app_context():
        said = {one.matter: one.point for one in opinions_of(get_application(get_event("fair-a"), ref))}
        assert said[Matter.POWER] == "功率太大"


def read(html: str) -> list[Form]:
    return read_page(html, DESK).forms


def test_the_desk_returns_once_with_every_point(app: Flask, organizer: PageClient, ref: str) -> None:
    with app.app_context():
        judge_all(get_event("fair-a"), ref, bad=(Matter.POWER, Matter.FOOD))
    form = form_to(organizer, f"{DESK}/{ref}", "/return")
    assert {"return-point_power", "return-point_food"} <= set(form.fields)
    assert organizer.submit(form).status_code == 422  # not sure yet

    form = form_to(organizer, f"{DESK}/{ref}", "/return")
    answer = organizer.submit(
        form,
        **{"return-point_food": "请上传清晰的许可", "return-sure": "y", "return-until": "2999-01-01"},
    )

    assert answer.status_code == 303
    with app.app_context():
        row = get_application(get_event("fair-a"), ref)
        assert row.status is Status.RETURNED
        assert row.returned is not None
        assert [text for _matter, text in row.returned.points] == ["请补正", "请上传清晰的许可"]


def test_the_desk_approves_and_gives_a_booth(app: Flask, organizer: PageClient, ref: str) -> None:
    with app.app_context():
        judge_all(get_event("fair-a"), ref)
    organizer.submit(form_to(organizer, f"{DESK}/{ref}", "/approve"))

    (way,) = (link for link in organizer.page(f"{DESK}/{ref}").links if "/placement/exhibitors/" in link)
    organizer.submit(form_to(organizer, way, way), booths=["A-01"])
    assert "A-01" in organizer.page(f"{DESK}/?tab=accepted").text
    assert "A-01" in organizer.page(f"{DESK}/{ref}").text


def test_visitors_gate_and_signs_name_who_was_given_the_booth(
    app: Flask, organizer: PageClient, ref: str
) -> None:
    with app.app_context():
        event = get_event("fair-a")
        judge_all(event, ref)
        make_booth(zone=get_zone(event, "A"), code="A-09", name_zh="补位展位", status="planned", map_x=240)
    organizer.submit(form_to(organizer, f"{DESK}/{ref}", "/approve"))
    organizer.submit(
        form_to(organizer, f"/admin/e/fair-a/placement/exhibitors/{ref}", f"/exhibitors/{ref}"),
        booths=["A-09"],
    )
    with app.app_context():
        row = get_application(get_event("fair-a"), ref)
        unit, products = row.unit_zh, row.products_zh

    shown = organizer.page("/e/fair-a/booths/A-09").text
    assert unit in shown
    assert all(product in shown for product in products)
    assert "补位展位" not in shown
    assert "组委会" not in shown
    for address in ("/e/fair-a/zones/A", "/e/fair-a/map", "/admin/e/fair-a/readiness/booths/A-09"):
        assert unit in organizer.page(address).text
    words = words_on(organizer.get("/admin/e/fair-a/signs.pdf?codes=A-09").data)
    assert unit.split()[0] in words  # a sign has no emoji
    assert "补位展位" not in words
    own = organizer.page("/admin/e/fair-a/market/booths/A-09").text
    assert "补位展位" in own
    assert unit in own


def test_a_refused_return_is_told_at_its_field_which_has_the_focus(
    app: Flask, organizer: PageClient, ref: str
) -> None:
    with app.app_context():
        judge_all(get_event("fair-a"), ref, bad=[Matter.POWER])
    form = form_to(organizer, f"{DESK}/{ref}", "/return")
    answer = organizer.submit(form, **{"return-point_power": "", "return-sure": "y"})

    assert answer.status_code == 422
    page = read_page(answer.text)
    (focused,) = page.all("textarea", autofocus="")
    assert focused.get("id") == "return-point_power"
    assert focused.get("aria-describedby", "").split()[-1] == "return-point_power-error"
    assert "请至少写明一处需要补正的内容" in page.text


def test_a_refused_decision_is_told(organizer: PageClient, ref: str) -> None:
    token = form_to(organizer, f"{DESK}/{ref}", "/waitlist").fields
    answer = organizer.post(f"{DESK}/{ref}/approve", data=token, follow_redirects=True)

    assert "事项没有审核意见" in answer.text


def test_a_new_link_is_shown_once(app: Flask, organizer: PageClient, client: PageClient, ref: str) -> None:
    answer = organizer.submit(form_to(organizer, f"{DESK}/{ref}", "/link"))

    link = next(part for part in answer.text.split('id="one-time-link">')[1].split("<")[:1])
    path = "/a/" + link.split("/a/")[1]
    assert client.get(path).status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    organizer.submit(form_to(organizer, f"{DESK}/{ref}", "/link"))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("tab", ["all", "todo", "returned", "waiting", "accepted", "over", "nonsense"])
def test_every_tab_opens_full_and_empty(app: Flask, organizer: PageClient, tab: str) -> None:
    with app.app_context():
        make_fair(slug="fair-b")
    assert organizer.get(f"{DESK}/?tab={tab}").status_code == 200
    elsewhere = client_of(app, Role.ORGANIZER, "fair-b")
    assert elsewhere.get(f"/admin/e/fair-b/applications/?tab={tab}").status_code == 200


def test_the_free_place_is_suggested_and_taken_by_an_act(app: Flask, ref: str, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        call = make_call(event, code="small", places=1, over_percent=100)
        apply_to(event, call, unit_zh="甲")
        waiting = apply_to(event, call, unit_zh="乙").ref
        first = apply_to(event, get_call(event, "spring"), unit_zh="丙").ref
    form = form_to(organizer, f"{DESK}/{first}", "/waitlist")
    organizer.submit(form)

    page = organizer.page(f"{DESK}/")

    assert "候补第一位：丙" in page.text
    organizer.submit(form_to(organizer, f"{DESK}/{first}", "/promote"))
    with app.app_context():
        assert get_application(get_event("fair-a"), first).status is Status.SUBMITTED
        assert get_application(get_event("fair-a"), waiting).status is Status.WAITLISTED


def test_a_call_is_written_changed_and_removed(app: Flask, ref: str, organizer: PageClient) -> None:
    calls = f"{DESK}/calls"
    form = form_to(organizer, f"{calls}/new", "/new")
    given = {
        "code": "extra",
        "title_zh": "补招",
        "title_en": "Extra",
        "rules_zh": "规则",
        "rules_en": "Rules",
        "opens_at": "2025-09-01 09:00",
        "closes_at": "2025-09-20 18:00",
        "places": "4",
        "erase_on": "2026-01-01",
        "for_0": "y",
        "most_kw_0": "6",
        "needs_0": "business",
    }
    assert organizer.submit(form, **{**given, "closes_at": "2025-08-01 09:00"}).status_code == 422
    assert organizer.submit(form, **given).location == f"{calls}/extra"
    with app.app_context():
        assert get_call(get_event("fair-a"), "extra").categories[0].needs == ["business"]
    question = form_to(organizer, f"{calls}/extra/questions/new", "/new")
    organizer.submit(
        question, text_zh="时段", text_en="When", kind="choice", options_zh="早\n晚", options_en="a\nb"
    )
    assert "时段" in organizer.page(f"{calls}/extra").text
    stale = form_to(organizer, f"{calls}/extra", "/extra")
    organizer.submit(stale, places="5")
    answer = organizer.submit(stale, places="7")
    assert answer.status_code == 409
    assert "5" in answer.text
    removal = form_to(organizer, f"{calls}/extra", "/remove")
    assert organizer.submit(removal).location == calls
    refused = form_to(organizer, f"{calls}/spring", "/remove")
    assert organizer.submit(refused).status_code == 409


def test_history_tells_of_fields_and_lists_in_the_words_of_the_form(
    app: Flask, organizer: PageClient, ref: str
) -> None:
    with app.app_context():
        judge_all(get_event("fair-a"), ref, bad=[Matter.POWER])

    chinese = organizer.page(f"{DESK}/{ref}").text
    english = organizer.page(f"{DESK}/{ref}?lang=en").text

    for told in ("剪纸，12.5 元", "射灯 0.1 kW × 3", "单位名称（中文） 空", "事项 空 用电", "意见 空 有问题"):
        assert told in chinese, told
    for told in (
        "剪纸, 12.5 yuan",
        "Name of the unit (Chinese) empty",
        "Matter empty Power",
        "Verdict empty Problem",
    ):
        assert told in english, told
    for raw in ("price_fen", "unit_zh", "appliances", "staff_passes", "{'"):
        assert raw not in chinese + english, raw


def test_answers_are_told_in_the_readers_language(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        choice = question_facts(
            kind=QuestionKind.CHOICE, options_zh=("全程", "首日"), options_en=("All days", "First day")
        )
        asked = add_question(ORGANIZER, event, "spring", choice)
        ref = apply_to(event, get_call(event, "spring"), answers={f"q{asked.id}": "全程"}).ref

    page = organizer.page(f"{DESK}/{ref}?lang=en").text

    assert (page.count("All days"), page.count("全程")) == (2, 0)  # beside the question, and in the history
