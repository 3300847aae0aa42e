"""The team's programme pages: who may do what, what is saved, what is said when it is not."""

import pytest
from flask import Flask

from eventsite.accounts.core import system
from eventsite.accounts.enums import Role
from eventsite.database import atomic
from eventsite.events.queries import get_event, list_stages
from eventsite.programme.models import Release
from eventsite.programme.operations import release_programme
from eventsite.programme.queries import current_release, get_item, list_releases, read_draft
from tests.support.counting import count_queries
from tests.support.factories import make_event, make_item, make_stage, make_troupe, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import at, make_acts, make_release
from tests.support.isolation import PageClient

DESK = "/admin/e/fair-a/programme"
LISTS = ("/", "/releases", "/troupes")


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with two stages and three items, and another with one."""
    with app.app_context():
        event, other = make_event(slug="fair-a"), make_event(slug="fair-b")
        stage = make_stage(event, zone=make_zone(event, code="A"), code="S1", name_zh="主舞台")
        make_stage(event, zone=make_zone(event, code="C"), code="S2", name_zh="非遗展台")
        make_acts(event, 2, stage=stage)
        make_item(event, stage=stage, starts_at=at("12:00"), ends_at=at("12:30"), title_zh="高跷")
        make_troupe(event)
        make_item(other, title_zh="别处的节目")


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


@pytest.fixture
def manager(app: Flask, fair: None) -> PageClient:
    """Return the stage manager of S2."""
    return client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S2")


def item_id(app: Flask, slug: str = "fair-a", title: str = "高跷") -> int:
    with app.app_context():
        return next(item.number for item in read_draft(get_event(slug)).items if item.title_zh == title)


def new_form(client: PageClient, **given: str) -> dict[str, object]:
    form = client.page(f"{DESK}/items/new").form("new")
    plain = {"title_zh": "开幕", "title_en": "Opening", "start": "9:30", "end": "09:50", "kind": "opening"}
    return {**form.fields, **plain, **given}


def test_list_narrows_by_words_and_stage(organizer: PageClient) -> None:
    def names(query: str) -> list[str]:
        rows = organizer.page(f"{DESK}/{query}").all("th", scope="row")
        return ["".join(row.itertext()).split()[0] for row in rows]

    assert len(names("")) == 3
    assert names("?q=gq") == names("?q=高") == ["高跷"]
    assert names("?stage=S2") == []
    assert len(names("?stage=S1&page=7")) == 3


def test_list_costs_the_same_for_one_item_and_for_many(app: Flask, organizer: PageClient) -> None:
    sizes = []
    for _ in range(2):
        with count_queries(app) as asked:
            organizer.page(f"{DESK}/")
        sizes.append(len(asked))
        with app.app_context():
            make_acts(get_event("fair-a"), 8)

    assert sizes[0] == sizes[1]


def test_new_item_is_in_the_draft_and_not_yet_public(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        make_release(get_event("fair-a"))

    answer = organizer.post(f"{DESK}/items/new", data=new_form(organizer, stage="S2"))

    assert (answer.status_code, answer.location) == (303, f"{DESK}/")
    with app.app_context():
        event = get_event("fair-a")
        (item,) = [item for item in read_draft(event).items if item.title_zh == "开幕"]
        view = current_release(event)
        assert (item.slot.start, item.stage) == (at("9:30"), "S2")
        assert view is not None
        assert item.ref not in view.programme.by_ref
    assert "开幕" not in organizer.get("/e/fair-a/programme").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_zh", ""),
        ("title_en", "x" * 400),
        ("start", "25:00"),
        ("start", "9h30"),
        ("end", "09:00"),
        ("end", "9:60"),
        ("day", "2031-01-01"),
        ("stage", "S9"),
        ("kind", "made_up"),
        ("troupe", "tp-foreign"),
        ("call_minutes_before", "-1"),
    ],
)
def test_new_item_with_a_wrong_field_says_so_at_the_field(app, organizer: PageClient, field, value) -> None:
    answer = organizer.post(f"{DESK}/items/new", data=new_form(organizer, **{"stage": "S2", field: value}))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    with app.app_context():
        assert len(read_draft(get_event("fair-a")).items) == 3


def test_item_past_midnight_needs_to_say_so(app: Flask, organizer: PageClient) -> None:
    late = {"stage": "S2", "start": "23:40", "end": "00:20"}

    assert organizer.post(f"{DESK}/items/new", data=new_form(organizer, **late)).status_code == 422
    answer = organizer.post(f"{DESK}/items/new", data=new_form(organizer, **late, overnight="y"))

    assert answer.status_code == 303


def test_edit_saves_logs_and_shows_the_history(app: Flask, organizer: PageClient) -> None:
    address = f"{DESK}/items/{item_id(app)}"
    form = next(f for f in organizer.page(address).forms if "title_zh" in f.fields)

    answer = organizer.submit(form, end="12:45")

    assert (answer.status_code, answer.location) == (303, address)
    text = organizer.page(address).text
    assert "12:30" in text  # the old end, in the history
    assert form.fields["end"] == ["12:30"]


def test_stale_form_shows_both_values_and_writes_nothing(app: Flask, organizer: PageClient) -> None:
    number = item_id(app)
    address = f"{DESK}/items/{number}"
    form = next(f for f in organizer.page(address).forms if "title_zh" in f.fields)
    organizer.submit(form, title_zh="先到")

    answer = organizer.submit(form, title_zh="后到")

    assert answer.status_code == 409
    assert "先到" in answer.text
    assert "后到" in answer.text
    with app.app_context():
        assert get_item(get_event("fair-a"), number).title_zh == "先到"


def test_clash_is_named_on_the_item_the_list_and_the_release(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        item = get_item(event, item_id(app))
        make_item(event, stage=item.stage, starts_at=at("12:20"), ends_at=at("12:50"), title_en="Late one")

    for page in ("/", f"/items/{item_id(app)}", "/release"):
        text = organizer.page(f"{DESK}{page}?lang=en").text
        assert "Two items at one time on one stage (Main stage, 10 minutes)" in text
        assert "Late one 12:20–12:50" in text


def test_release_shows_the_differences_and_freezes_them(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/release").form("release")

    answer = organizer.submit(form, note="首版节目单", confirmed="y")

    assert (answer.status_code, answer.location) == (303, f"{DESK}/releases")
    with app.app_context():
        (release,) = list_releases(get_event("fair-a"))
        assert (release.number, release.note, len(release.changes)) == (1, "首版节目单", 3)
    assert "首版节目单" in organizer.page(f"{DESK}/releases").text


def test_release_needs_the_note_and_the_tick(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/release").form("release")

    assert organizer.submit(form, note="", confirmed="y").status_code == 422
    assert organizer.submit(form, note="首版").status_code == 422
    with app.app_context():
        assert list_releases(get_event("fair-a")) == []


def test_release_of_a_draft_that_changed_meanwhile_is_refused(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/release").form("release")
    with app.app_context(), atomic():
        get_item(get_event("fair-a"), item_id(app)).title_zh = "变了"

    answer = organizer.submit(form, note="首版", confirmed="y")

    assert answer.status_code == 409
    with app.app_context():
        assert list_releases(get_event("fair-a")) == []


def test_differences_are_told_old_and_new(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        make_release(event)
        number = item_id(app)
        with atomic():
            item = get_item(event, number)
            item.starts_at, item.ends_at = at("15:00"), at("15:30")

    assert "differs from version 1 in 1 place" in organizer.page(f"{DESK}/?lang=en").text
    page = organizer.page(f"{DESK}/release").text
    assert "12:00–12:30" in page
    assert "15:00–15:30" in page


def test_cancel_keeps_the_item_and_tells_why(app: Flask, organizer: PageClient) -> None:
    address = f"{DESK}/items/{item_id(app)}"
    form = organizer.page(address).form("cancel")

    answer = organizer.submit(form, why_zh="场地风大")

    assert answer.status_code == 303
    with app.app_context():
        item = get_item(get_event("fair-a"), item_id(app))
        assert (item.status, item.notice_zh) == ("cancelled", "场地风大")


def test_remove_is_offered_only_before_the_first_release(app: Flask, organizer: PageClient) -> None:
    address = f"{DESK}/items/{item_id(app)}"
    form = organizer.page(address).form("remove")
    with app.app_context():
        make_release(get_event("fair-a"))

    assert not [f for f in organizer.page(address).forms if "remove" in f.action]
    assert organizer.submit(form).status_code == 409


def test_stage_manager_edits_the_own_stage_alone(app: Flask, manager: PageClient) -> None:
    own = manager.post(f"{DESK}/items/new", data=new_form(manager, stage="S2"))
    elsewhere = manager.post(f"{DESK}/items/new", data=new_form(manager, stage="S1"))
    foreign = f"{DESK}/items/{item_id(app)}"

    assert (own.status_code, elsewhere.status_code) == (303, 422)
    assert "disabled" in manager.get(foreign).text
    for act in ("", "/cancel", "/remove"):
        assert manager.post(f"{foreign}{act}", data=new_form(manager)).status_code == 403
    assert manager.get(f"{DESK}/release").status_code == 403


def test_stage_manager_cannot_move_an_own_item_to_another_stage(app: Flask, manager: PageClient) -> None:
    manager.post(f"{DESK}/items/new", data=new_form(manager, stage="S2"))
    address = f"{DESK}/items/{item_id(app, title='开幕')}"
    form = next(f for f in manager.page(address).forms if "title_zh" in f.fields)

    assert manager.submit(form, stage="S1").status_code == 422


def test_auditor_reads_and_writes_nothing(app: Flask, fair: None) -> None:
    auditor = client_of(app, Role.AUDITOR, "fair-a")
    address = f"{DESK}/items/{item_id(app)}"

    for page in LISTS:
        assert auditor.get(f"{DESK}{page}").status_code == 200
    assert auditor.get(address).status_code == 200
    token = auditor.page(address).forms[0].fields["csrf_token"]
    for act in (address, f"{address}/cancel", f"{address}/remove", f"{DESK}/release", f"{DESK}/items/new"):
        assert auditor.post(act, data={"csrf_token": token}).status_code == 403
    assert auditor.get(f"{DESK}/release").status_code == 403


@pytest.mark.parametrize("page", [*LISTS, "/items/new", "/release"])
def test_pages_are_not_there_for_outsiders(app: Flask, fair: None, page: str) -> None:
    outsider = client_of(app, Role.ORGANIZER, "fair-b")

    assert outsider.get(f"{DESK}{page}").status_code == 404
    assert app.test_client().get(f"{DESK}{page}").status_code == 302


def test_another_fairs_item_is_not_found_through_this_one(app: Flask, organizer: PageClient) -> None:
    foreign = item_id(app, "fair-b", "别处的节目")

    assert organizer.get(f"{DESK}/items/{foreign}").status_code == 404
    assert "别处的节目" not in organizer.get(f"{DESK}/").text


def test_forms_are_refused_without_their_token(app: Flask, organizer: PageClient) -> None:
    data = {**new_form(organizer, stage="S2"), "csrf_token": ""}

    assert organizer.post(f"{DESK}/items/new", data=data).status_code in (400, 422)
    with app.app_context():
        assert len(read_draft(get_event("fair-a")).items) == 3


def test_versions_name_the_site_itself_where_no_person_released(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        make_release(event)
        make_acts(event, 1)
        release_programme(system("cli"), event, note="第二版", now=at("8:00"))

    rows = organizer.page(f"{DESK}/releases").all("td", **{"data-th": "发布人"})

    assert ["".join(row.itertext()) for row in rows] == ["本站", "organizer@demo.invalid"]


@pytest.mark.parametrize("path", [f"{DESK}/releases", "/e/fair-a/programme/changes"])
def test_list_of_versions_says_where_it_stops(app: Flask, organizer: PageClient, path: str) -> None:
    with app.app_context():
        event = get_event("fair-a")
        first = make_release(event)
        with atomic() as session:
            session.add_all(another(first, number) for number in range(2, 51))
    said = "Only the newest versions are listed"
    assert said not in organizer.page(f"{path}?lang=en").text
    with app.app_context(), atomic() as session:
        session.add(another(list_releases(get_event("fair-a"))[-1], 51))
    page = organizer.page(f"{path}?lang=en")
    assert said in page.text
    assert "/e/fair-a/programme/v/1" in page.links
    assert len([link for link in page.links if "/programme/v/" in link]) == 51


def another(like: Release, number: int) -> Release:
    """Return another release with the content of one that there is."""
    names = ("event_id", "note", "released_at", "released_by", "changes", "content", "content_sha256")
    return Release(number=number, **{name: getattr(like, name) for name in names})


def test_release_page_offers_nothing_where_nothing_is_new(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/release").form("release")
    with app.app_context():
        make_release(get_event("fair-a"))

    page = organizer.page(f"{DESK}/release?lang=en")
    answer = organizer.submit(form, note="再版", confirmed="y")

    assert "There is nothing to release." in page.text
    assert [one for one in page.forms if "note" in one.fields] == []
    assert (answer.status_code, "nothing new since version 1" in answer.text) == (409, True)


def test_release_page_says_that_only_names_changed(app: Flask, organizer: PageClient) -> None:
    with app.app_context():
        event = get_event("fair-a")
        make_release(event)
        with atomic():
            list_stages(event)[0].name_zh = "湖畔舞台"

    page = organizer.page(f"{DESK}/release?lang=en")

    assert "No item changed; names of stages or of the fair did." in page.text
    assert organizer.submit(page.form("release"), note="改名", confirmed="y").status_code == 303


def test_of_very_many_clashes_the_first_are_told_and_the_others_counted(
    app: Flask, organizer: PageClient
) -> None:
    with app.app_context():
        event = get_event("fair-a")
        stage = get_item(event, item_id(app)).stage
        for _ in range(9):
            make_item(event, stage=stage, starts_at=at("18:00"), ends_at=at("18:20"))

    text = organizer.page(f"{DESK}/?lang=en").text

    assert "And 6 clashes more: solve these first." in text
