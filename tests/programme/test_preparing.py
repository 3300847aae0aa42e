"""What prepares the programme: shared things, times of troupes, units, plans and rules, and their pages."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from eventsite.audit.queries import history_of
from eventsite.events.models import Event
from eventsite.events.queries import get_event
from eventsite.kernel.errors import Conflict, DomainError, NotFound, StaleEdit
from eventsite.programme.core.clashes import find_clashes
from eventsite.programme.core.resources import ResourceFacts, WindowFacts
from eventsite.programme.enums import ClashRule, Severity
from eventsite.programme.models import ProgrammeItem, Resource
from eventsite.programme.operations import (
    add_presentation,
    add_window,
    create_resource,
    edit_resource,
    join_unit,
    part_unit,
    remove_resource,
    remove_window,
    set_uses,
)
from eventsite.programme.queries import (
    clash_rules,
    get_item,
    get_resource,
    get_troupe_page,
    list_parts,
    list_plans,
    list_resources,
    read_draft,
)
from tests.support.factories import make_event, make_item, make_stage, make_troupe, make_zone
from tests.support.factories_accounts import client_of
from tests.support.factories_programme import ORGANIZER, make_acts
from tests.support.isolation import PageClient

DESK = "/admin/e/fair-a/programme"
HOST = ResourceFacts(kind="person", name_zh="主持人", name_en="Host")
MICS = ResourceFacts(kind="microphones", name_zh="无线话筒", name_en="Wireless microphones", quantity=4)


def both(event: Event) -> tuple[ProgrammeItem, ProgrammeItem]:
    """Make two items at one time on two stages."""
    first = make_item(event, stage=make_stage(event, code="S1"))
    return first, make_item(event, stage=make_stage(event, code="S2"))


def a_resource(event: Event, facts: ResourceFacts = MICS) -> Resource:
    return create_resource(ORGANIZER, event, facts)


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
class TestOperations:
    """What is written, refused and logged."""

    def test_thing_is_added_edited_and_removed(self) -> None:
        event = make_event()
        resource = a_resource(event)
        wanted = ResourceFacts(kind="microphones", name_zh="无线话筒", name_en="Microphones", quantity=6)

        edit_resource(ORGANIZER, event, resource.id, wanted, version=1)
        with pytest.raises(StaleEdit):
            edit_resource(ORGANIZER, event, resource.id, MICS, version=1)
        assert ResourceFacts.of(get_resource(event, resource.id)) == wanted
        remove_resource(ORGANIZER, event, resource.id, version=2)

        assert list_resources(event) == []
        verbs = [entry.verb for entry in history_of(event.id, f"resource:{resource.id}")]
        assert verbs == ["remove", "edit", "create"]

    def test_person_is_one(self) -> None:
        with pytest.raises(DomainError):
            a_resource(make_event(), ResourceFacts(kind="person", name_zh="两人", name_en="Two", quantity=2))

    def test_uses_of_two_items_clash_and_hold_the_thing(self) -> None:
        event = make_event()
        host = a_resource(event, HOST)
        for item in both(event):
            set_uses(ORGANIZER, event, item.id, {host.id: 1}, version=1)
            assert get_item(event, item.id).version == 2

        found = find_clashes(read_draft(event), clash_rules(event))
        assert [clash.rule for clash in found] == [ClashRule.PERSON]
        with pytest.raises(Conflict):
            remove_resource(ORGANIZER, event, host.id, version=1)

    def test_uses_are_checked_and_a_stale_save_is_refused(self) -> None:
        event, other = make_event(), make_event()
        item, _second = both(event)
        mics, foreign = a_resource(event), a_resource(other)

        with pytest.raises(DomainError) as refused:
            set_uses(ORGANIZER, event, item.id, {mics.id: 5}, version=1)
        assert refused.value.field == f"use_{mics.id}"
        with pytest.raises(NotFound):
            set_uses(ORGANIZER, event, item.id, {foreign.id: 1}, version=1)
        set_uses(ORGANIZER, event, item.id, {mics.id: 2}, version=1)
        with pytest.raises(StaleEdit):
            set_uses(ORGANIZER, event, item.id, {mics.id: 3}, version=1)
        set_uses(ORGANIZER, event, item.id, {mics.id: 0}, version=2)

        assert get_item(event, item.id).uses == []

    def test_times_of_a_troupe_are_kept_apart(self) -> None:
        event = make_event()
        troupe = make_troupe(event)
        day = event.days[0].date.isoformat()
        window = add_window(ORGANIZER, event, troupe.id, WindowFacts(day=day, start="14:00", end="16:00"))

        with pytest.raises(Conflict):
            add_window(ORGANIZER, event, troupe.id, WindowFacts(day=day, start="15:00", end="17:00"))
        with pytest.raises(DomainError):
            add_window(ORGANIZER, event, troupe.id, WindowFacts(day=day, start="18:00", end="17:00"))
        late = add_window(
            ORGANIZER, event, troupe.id, WindowFacts(day=day, start="22:00", end="00:30", overnight=True)
        )
        assert late.ends_at - late.starts_at == timedelta(hours=2, minutes=30)
        remove_window(ORGANIZER, event, troupe.id, window.id)
        with pytest.raises(NotFound):
            remove_window(ORGANIZER, event, troupe.id, window.id)

        assert [one.id for one in get_troupe_page(event, troupe.id).windows] == [late.id]

    def test_unit_is_made_and_dissolved(self) -> None:
        event = make_event()
        first, second, third = make_acts(event, 3)

        unit = join_unit(ORGANIZER, event, first.id, second.id, version=1)
        assert [part.id for part in list_parts(event, first)] == [first.id, second.id]
        other = join_unit(ORGANIZER, event, third.id, make_item(event).id, version=1)
        assert other != unit
        with pytest.raises(Conflict):
            join_unit(ORGANIZER, event, first.id, third.id, version=2)
        with pytest.raises(DomainError):
            join_unit(ORGANIZER, event, first.id, first.id, version=2)
        part_unit(ORGANIZER, event, second.id, version=2)

        assert {get_item(event, one.id).unit for one in (first, second)} == {None}
        with pytest.raises(Conflict):
            part_unit(ORGANIZER, event, second.id, version=3)

    def test_presentation_comes_behind_its_act(self) -> None:
        event = make_event()
        (act,) = make_acts(event, 1)
        words = {"title_zh": "大连推介", "title_en": "Dalian presents itself"}

        part = add_presentation(ORGANIZER, event, act.id, minutes=8, version=1, **words)

        held = get_item(event, act.id)
        assert (part.starts_at, part.kind, part.unit, part.stage_id) == (
            held.ends_at,
            "presentation",
            held.unit,
            held.stage_id,
        )


@pytest.fixture
def fair(app: Flask) -> dict[str, int]:
    with app.app_context():
        event = make_event(slug="fair-a")
        main = make_stage(event, zone=make_zone(event, code="A"), code="S1")
        make_stage(event, zone=make_zone(event, code="C"), code="S2")
        first, second = make_acts(event, 2, stage=main)
        troupe = make_troupe(event)
        host = create_resource(ORGANIZER, event, HOST)
        return {"first": first.id, "second": second.id, "troupe": troupe.id, "host": host.id}


@pytest.fixture
def organizer(app: Flask, fair: dict[str, int]) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def test_shared_things_by_their_pages(app: Flask, organizer: PageClient, fair: dict[str, int]) -> None:
    form = organizer.page(f"{DESK}/resources/new").form("new")
    words = {"kind": "prop", "name_zh": "锣鼓", "name_en": "Drums", "quantity": "2"}
    assert organizer.submit(form, **{**words, "quantity": "0"}).status_code == 422
    assert organizer.submit(form, **words).status_code == 303
    assert "锣鼓" in organizer.page(f"{DESK}/resources").text
    forms = organizer.page(f"{DESK}/resources/{fair['host']}").forms
    edit = next(one for one in forms if "name_zh" in one.fields)
    assert organizer.submit(edit, name_zh="总主持").status_code == 303
    uses = organizer.page(f"{DESK}/items/{fair['first']}").form("uses")
    assert organizer.submit(uses, **{f"use_{fair['host']}": "2"}).status_code == 422
    assert organizer.submit(uses, **{f"use_{fair['host']}": "1"}).status_code == 303
    removal = organizer.page(f"{DESK}/resources/{fair['host']}").form("remove")
    assert organizer.submit(removal).status_code == 409


def test_times_of_a_troupe_by_its_page(organizer: PageClient, fair: dict[str, int]) -> None:
    page = f"{DESK}/troupes/{fair['troupe']}"
    form = organizer.page(page).form("windows")
    assert organizer.submit(form, start="9", end="11:00").status_code == 422
    assert organizer.submit(form, start="9:00", end="11:00").status_code == 303
    shown = organizer.page(page)
    assert "09:00" in shown.text
    assert organizer.submit(shown.form("remove")).status_code == 303
    assert "09:00" not in organizer.page(page).text


def test_units_by_the_page_of_an_item(app: Flask, organizer: PageClient, fair: dict[str, int]) -> None:
    page = f"{DESK}/items/{fair['first']}"
    assert organizer.submit(organizer.page(page).form("unit"), other=str(fair["second"])).status_code == 303
    assert organizer.submit(organizer.page(page).form("part")).status_code == 303
    form = organizer.page(page).form("presentation")
    words = {"title_zh": "推介", "title_en": "Presentation", "minutes": "5"}
    named = {f"presentation-{name}": value for name, value in words.items()}
    assert organizer.submit(form, **{**named, "presentation-minutes": "0"}).status_code == 422
    assert organizer.submit(form, **named).status_code == 303
    with app.app_context():
        event = get_event("fair-a")
        assert len(list_parts(event, get_item(event, fair["first"]))) == 2


def test_rules_by_their_page(app: Flask, organizer: PageClient) -> None:
    form = organizer.page(f"{DESK}/rules").form("rules")
    assert organizer.submit(form, setup="made_up").status_code == 422
    assert organizer.submit(form, setup="block", walk="silent").status_code == 303
    with app.app_context():
        severities = clash_rules(get_event("fair-a")).severities
    assert (severities[ClashRule.SETUP], severities[ClashRule.WALK]) == (Severity.BLOCK, Severity.SILENT)


def test_plans_by_their_pages(app: Flask, organizer: PageClient, fair: dict[str, int]) -> None:
    form = organizer.page(f"{DESK}/plans/new").form("new")
    assert organizer.submit(form, name_zh="", name_en="Rain").status_code == 422
    answer = organizer.submit(form, name_zh="雨天方案", name_en="Rain plan")
    assert (answer.status_code, answer.location) == (303, f"{DESK}/editor?plan=B")
    assert "雨天方案" in organizer.page(f"{DESK}/plans").text
    page = organizer.page(f"{DESK}/plans/B")
    edit = next(one for one in page.forms if "name_zh" in one.fields)
    assert organizer.submit(edit, why_zh="因雨").status_code == 303
    assert organizer.submit(edit, why_zh="因雪").status_code == 409
    assert organizer.submit(organizer.page(f"{DESK}/plans/B").form("remove")).status_code == 303
    with app.app_context():
        assert list_plans(get_event("fair-a")) == []


def test_stage_manager_reads_what_only_organizers_prepare(app: Flask, fair: dict[str, int]) -> None:
    manager = client_of(app, Role.STAGE_MANAGER, "fair-a", "stage:S1")
    for page in ("resources", "rules", "plans", f"resources/{fair['host']}", f"troupes/{fair['troupe']}"):
        manager.page(f"{DESK}/{page}")
    proof = manager.page("/admin/account").all("input", name="csrf_token")[0].get("value") or ""
    for page in ("resources/new", "plans/new", "rules", f"troupes/{fair['troupe']}/windows"):
        assert manager.post(f"{DESK}/{page}", data={"csrf_token": proof}).status_code == 403


def test_a_unit_with_an_item_of_another_stage_is_not_dissolved_from_one_stage(app: Flask) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        first, second = both(event)
        join_unit(ORGANIZER, event, first.id, second.id, version=first.version)
        item_id = first.id
    page = f"{DESK}/items/{item_id}"
    for scope, status in (("stage:S1", 403), ("", 303)):
        role = Role.STAGE_MANAGER if scope else Role.ORGANIZER
        reader = client_of(app, role, "fair-a", scope)
        form = next(form for form in reader.page(page).forms if form.action.endswith("/part"))
        assert reader.submit(form).status_code == status
    with app.app_context():
        assert get_item(get_event("fair-a"), item_id).unit is None
