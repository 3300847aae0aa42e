"""The exhibitor's way: from the call to the pack, without an account and without JavaScript."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from eventsite.applications.enums import How, Matter, Status
from eventsite.applications.models import Application
from eventsite.applications.operations import add_question, assign_booth, return_application
from eventsite.applications.queries import find_by_token, get_call, list_applications
from eventsite.applications.views_public.doors import body_of, token_of
from eventsite.database import db
from eventsite.events.queries import get_event
from eventsite.kernel.clock import now
from eventsite.kernel.tokens import new_body
from tests.support.factories import NOW, make_booth
from tests.support.factories_applications import (
    apply_to,
    approve_one,
    judge_all,
    make_call,
    question_facts,
)
from tests.support.factories_market import ORGANIZER, make_fair
from tests.support.isolation import PageClient
from tests.support.page import Form

HOME = "/e/fair-a/apply"
FORM = f"{HOME}/spring/folk"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with a call that is open, and its one booth."""
    with app.app_context():
        here = make_fair(slug="fair-a")
        make_booth(zone=here.zone, code="A-01")
        moment = now()
        make_call(here.event, opens_at=NOW - timedelta(days=1), closes_at=moment + timedelta(days=9))
        add_question(ORGANIZER, here.event, "spring", question_facts(category="food"))


def blank(client: PageClient) -> Form:
    return next(form for form in client.page(FORM).forms if form.action.endswith("/upload"))


def filled(**given: str) -> dict[str, str]:
    usual = {
        "unit_zh": "䶮记㛃𬭎工坊 🎎",
        "contact_post_zh": "联系人",
        "phone": "138 1234 5678",
        "zone": "A",
        "wishes": "a-01",
        "product_name_0": "<b>剪纸</b>",
        "product_price_0": "12.5",
        "appliance_name_0": "射灯",
        "appliance_kw_0": "0.1",
        "appliance_number_0": "3",
        "commitment_signed": "y",
        "consented": "y",
    }
    return {**usual, **given}


def own() -> Application:
    [row] = db.session.query(Application).all()
    return row


def sent(client: PageClient, **given: str) -> str:
    """Send the form and return the address that it leads to."""
    answer = client.submit(blank(client), **filled(**given))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def picture() -> tuple[BytesIO, str]:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    return out, "执照.png"


@pytest.mark.usefixtures("fair")
def test_the_call_is_shown_with_its_form_and_without_any_call_too(app: Flask, client: PageClient) -> None:
    assert FORM in client.page(HOME).links
    with app.app_context():
        make_fair(slug="fair-b")
    assert "还没有招募公告" in client.page("/e/fair-b/apply").text
    assert "还没有通过的单位" in client.page(f"{HOME}/accepted").text


@pytest.mark.usefixtures("fair")
def test_looking_at_the_form_writes_nothing(app: Flask, client: PageClient) -> None:
    blank(client)
    with app.app_context():
        assert db.session.query(Application).count() == 0


@pytest.mark.usefixtures("fair")
def test_a_form_is_submitted_and_followed_by_its_private_link(app: Flask, client: PageClient) -> None:
    where = sent(client, act="submit")

    page = client.page(where)

    assert "已提交" in page.text
    assert "䶮记㛃𬭎工坊 🎎" in page.text
    assert "<b>剪纸</b>" in page.text  # its words, not its marks
    assert "138****5678" in page.text
    assert "13812345678" not in page.text
    with app.app_context():
        row = own()
        assert (row.status, row.power_kw, row.wishes) == (Status.SUBMITTED, 0.3, ["A-01"])
        assert row.products == [{"name": "<b>剪纸</b>", "price_fen": 1250}]


@pytest.mark.usefixtures("fair")
def test_pressing_submit_twice_is_one_application(app: Flask, client: PageClient) -> None:
    form = blank(client)

    answers = [client.submit(form, **filled(act="submit")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    with app.app_context():
        assert len(list_applications(get_event("fair-a"))) == 1


@pytest.mark.usefixtures("fair")
def test_private_pages_are_kept_by_nobody_and_leak_no_address(client: PageClient) -> None:
    where = sent(client, act="save").split("?")[0]
    for path in (where, f"{where}/form", FORM):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]


@pytest.mark.usefixtures("fair")
def test_nothing_is_lost_when_a_field_does_not_fit(app: Flask, client: PageClient) -> None:
    answer = client.submit(
        blank(client), **filled(act="submit", phone="12", appliance_kw_0="viel"), file_business=picture()
    )

    assert answer.status_code == 422
    assert "䶮记㛃𬭎工坊 🎎" in answer.text
    assert 'value="12"' in answer.text
    assert 'value="viel"' in answer.text
    assert "执照.jpg" in answer.text
    with app.app_context():
        row = own()
        assert (row.status, row.unit_zh, row.phone) == (Status.DRAFT, "䶮记㛃𬭎工坊 🎎", None)
        assert [file.stored.name for file in row.files] == ["执照.jpg"]


@pytest.mark.usefixtures("fair")
def test_what_is_wrong_and_what_is_lacking_are_told_at_once(client: PageClient) -> None:
    answer = client.submit(blank(client), **filled(act="submit", phone="12345", zone="", product_name_0=""))

    assert answer.status_code == 422
    for words in ("电话号码不正确", "请选择展区。", "请至少填写一项展品。"):
        assert words in answer.text
    assert "请填写能联系到您的电话。" not in answer.text


@pytest.mark.usefixtures("fair")
def test_an_incomplete_form_is_kept_and_says_all_that_is_lacking(client: PageClient) -> None:
    where = sent(client, act="submit", phone="", product_name_0="", zone="")

    page = client.page(where)

    for words in ("请填写能联系到您的电话。", "请选择展区。", "请至少填写一项展品。"):
        assert words in page.text


@pytest.mark.usefixtures("fair")
def test_a_file_of_the_wrong_kind_is_named_and_the_rest_is_kept(app: Flask, client: PageClient) -> None:
    answer = client.submit(
        blank(client),
        **filled(act="submit"),
        file_business=(BytesIO(b"MZ\x90 not a picture"), "licence.png"),
        file_food=picture(),
    )

    assert answer.status_code == 422
    assert "licence.png" in answer.text
    with app.app_context():
        assert [file.slot.value for file in own().files] == ["food"]


@pytest.mark.usefixtures("fair")
def test_a_forged_foreign_or_missing_token_opens_nothing(app: Flask, client: PageClient) -> None:
    with app.test_request_context():
        unknown = token_of(new_body(16))
    for token in ("x", unknown[:-1] + "A", unknown):
        for page in ("", "/form", "/pack", "/pack.pdf", "/code.svg", "/files/1"):
            assert client.get(f"/a/{token}{page}").status_code == 404
    form = blank(client)
    assert client.submit(form, **filled(token="forged")).status_code == 404


@pytest.mark.usefixtures("fair")
def test_a_form_from_elsewhere_is_refused(client: PageClient) -> None:
    form = blank(client)

    assert client.submit(form, **filled(proof="")).status_code == 403
    where = sent(client, act="save").split("?")[0]
    assert client.post(f"{where}/withdraw", data={}).status_code == 403


@pytest.mark.usefixtures("fair")
def test_a_file_is_handed_to_its_applicant_and_to_no_other(app: Flask, client: PageClient) -> None:
    answer = client.submit(blank(client), **filled(act="save"), file_business=picture())
    mine = answer.location.split("?")[0]
    other = sent(client, act="save").split("?")[0]
    with app.app_context():
        [file] = next(row for row in db.session.query(Application) if row.files).files
        number = file.id

    got = client.get(f"{mine}/files/{number}")

    assert (got.status_code, got.mimetype) == (200, "image/jpeg")
    assert "attachment" in got.headers["Content-Disposition"]
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert client.get(f"{other}/files/{number}").status_code == 404


@pytest.mark.usefixtures("fair")
def test_hostile_fields_are_refused_in_words(client: PageClient) -> None:
    for name, value in (
        ("credit_code", "91350100M000100Y44"),
        ("email", "no address"),
        ("wishes", "Z-99"),
        ("near", "../../etc"),
        ("vehicle_passes", "-1"),
        ("staff_passes", "9" * 30),
        ("zone", "nowhere"),
        ("places", "3"),
        ("unit_zh", "长" * 81),
        ("appliance_kw_0", "nan"),
        ("appliance_kw_0", "inf"),
        ("product_price_0", "1e400"),
    ):
        answer = client.submit(blank(client), **filled(act="submit", **{name: value}))
        assert answer.status_code in (422, 303), (name, answer.status_code)
        assert answer.status_code == 422, (name, value)


@pytest.mark.usefixtures("fair")
def test_a_returned_application_is_corrected_by_the_link(app: Flask, client: PageClient) -> None:
    where = sent(client, act="submit").split("?")[0]
    with app.app_context():
        event = get_event("fair-a")
        row = judge_all(event, own().ref, bad=(Matter.POWER,))
        return_application(
            ORGANIZER,
            event,
            row.ref,
            [(Matter.POWER, "请核对功率")],
            until=now().replace(year=now().year + 1),
            version=row.version,
            now=now(),
        )

    assert "请核对功率" in client.page(where).text
    form = next(form for form in client.page(f"{where}/form").forms if form.action.endswith("/upload"))
    answer = client.submit(form, unit_zh="改正", act="submit")

    assert answer.status_code == 303
    with app.app_context():
        row = own()
        assert (row.status, row.unit_zh) == (Status.SUBMITTED, "改正")


@pytest.mark.usefixtures("fair")
def test_a_draft_is_thrown_away_and_a_submission_withdrawn(app: Flask, client: PageClient) -> None:
    draft = sent(client, act="save").split("?")[0]
    form = next(form for form in client.page(draft).forms if form.action.endswith("/withdraw"))
    assert client.submit(form).location == HOME
    assert client.get(draft).status_code == 404

    handed = sent(client, act="submit").split("?")[0]
    form = next(form for form in client.page(handed).forms if form.action.endswith("/withdraw"))
    client.submit(form, reason="来不了")
    assert "您已撤回" in client.page(handed).text


@pytest.mark.usefixtures("fair")
def test_the_accepted_confirm_and_print_their_pack(app: Flask, client: PageClient) -> None:
    body = new_body(16)
    with app.test_request_context():
        event = get_event("fair-a")
        row = approve_one(event, get_call(event, "spring"), body=body)
        assign_booth(ORGANIZER, event, row.ref, ["A-01"], how=How.HAND)
        where = f"/a/{token_of(body)}"
    form = next(form for form in client.page(where).forms if form.action.endswith("/confirm"))

    client.submit(form)

    assert "您已确认参展" in client.page(where).text
    pack = client.page(f"{where}/pack")
    assert "A-01" in pack.text
    assert "由主管部门作出决定" in pack.text
    pdf = client.get(f"{where}/pack.pdf")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    listed = client.page(f"{HOME}/accepted").text
    assert "䶮记㛃𬭎工坊" in listed
    assert "A-01" in listed
    assert "联系人" not in listed
    assert "1234" not in listed


@pytest.mark.usefixtures("fair")
def test_a_pack_is_for_the_accepted(client: PageClient) -> None:
    where = sent(client, act="submit").split("?")[0]

    assert client.get(f"{where}/pack").status_code == 404
    assert client.get(f"{where}/pack.pdf").status_code == 404


@pytest.mark.usefixtures("fair")
def test_a_closed_call_shows_no_form(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        moment = now()
        make_call(
            event, code="past", opens_at=moment - timedelta(days=9), closes_at=moment - timedelta(days=1)
        )

    assert client.get(f"{HOME}/past/folk").status_code == 410
    assert client.get(f"{HOME}/spring/heritage").status_code == 404
    assert client.get(f"{HOME}/nothing/folk").status_code == 404
    assert f"{HOME}/past/folk" not in client.page(HOME).links


@pytest.mark.usefixtures("fair")
def test_a_link_shows_its_own_application_alone(app: Flask, client: PageClient) -> None:
    where = sent(client, act="submit").split("?")[0]
    with app.test_request_context():
        row = find_by_token(body_of(where.rsplit("/", 1)[1]))
        assert row is not None
        apply_to(get_event("fair-a"), get_call(get_event("fair-a"), "spring"), unit_zh="别家")

    assert "别家" not in client.page(where).text
