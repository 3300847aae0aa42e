"""Booths are added, changed and removed whole, logged, and never silently over somebody else's work."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from eventsite.audit.queries import history_of
from eventsite.database import db
from eventsite.kernel.errors import Conflict, NotFound, StaleEdit
from eventsite.market.enums import LiveState
from eventsite.market.models import Booth
from eventsite.market.operations import create_booth, edit_booth, remove_booth, say_live
from eventsite.market.queries import find_booth, get_booth, list_booths
from tests.support.factories import (
    NOW,
    make_application,
    make_booth,
    make_clearance,
    make_delegation,
    make_float,
    make_giveaway,
)
from tests.support.factories_market import ORGANIZER, booth_facts, make_fair

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_created_booth_is_what_was_said_and_is_logged() -> None:
    fair = make_fair()
    facts = booth_facts(delegation="dl-dalian")
    booth = create_booth(ORGANIZER, fair.event, facts)
    assert get_booth(fair.event, "A-01").facts == facts
    (entry,) = history_of(fair.event.id, f"booth:{booth.id}")
    assert (entry.actor, entry.verb, entry.origin) == ("account:1", "create", "192.0.2.7")


def test_second_booth_with_the_code_is_a_conflict_at_the_code() -> None:
    fair = make_fair()
    create_booth(ORGANIZER, fair.event, booth_facts())
    with pytest.raises(Conflict, match="Another booth has the code A-01") as refusal:
        create_booth(ORGANIZER, fair.event, booth_facts(zone="B", map_x=420))
    assert refusal.value.field == "code"
    assert db.session.scalar(select(func.count()).select_from(Booth)) == 1


def test_same_code_in_another_event_is_free() -> None:
    here, there = make_fair(), make_fair()
    create_booth(ORGANIZER, here.event, booth_facts())
    create_booth(ORGANIZER, there.event, booth_facts(name_zh="别处的展位"))
    assert get_booth(here.event, "A-01").name_zh == "特色鸡架派送点"
    assert [booth.name_zh for booth in list_booths(there.event)] == ["别处的展位"]


def test_delegation_and_zone_of_another_event_are_not_found() -> None:
    fair, elsewhere = make_fair(), make_fair()
    make_delegation(elsewhere.event, ref="dl-foreign")
    with pytest.raises(NotFound):
        create_booth(ORGANIZER, fair.event, booth_facts(delegation="dl-foreign"))
    with pytest.raises(NotFound):
        create_booth(ORGANIZER, fair.event, booth_facts(zone="C"))
    assert list_booths(fair.event) == []


def test_taken_ground_is_a_conflict() -> None:
    fair = make_fair()
    create_booth(ORGANIZER, fair.event, booth_facts())
    with pytest.raises(Conflict, match="A-02 would stand on the ground of booth A-01"):
        create_booth(ORGANIZER, fair.event, booth_facts(code="A-02", map_x=40))


def test_edit_logs_only_what_changed() -> None:
    fair = make_fair()
    booth = create_booth(ORGANIZER, fair.event, booth_facts())
    edit_booth(ORGANIZER, fair.event, "A-01", booth_facts(code="A-09", power_kw=6.0), version=booth.version)
    entry = history_of(fair.event.id, f"booth:{booth.id}")[0]
    told = {change.field: (change.before, change.after) for change in entry.changes}
    assert (entry.verb, told) == ("edit", {"code": ("A-01", "A-09"), "power_kw": ("2.5", "6.0")})
    assert find_booth(fair.event, "A-01") is None


def test_edit_that_changes_nothing_writes_nothing() -> None:
    fair = make_fair()
    booth = create_booth(ORGANIZER, fair.event, booth_facts())
    version = booth.version
    edit_booth(ORGANIZER, fair.event, "A-01", booth_facts(), version=version)
    assert get_booth(fair.event, "A-01").version == version
    assert len(history_of(fair.event.id, f"booth:{booth.id}")) == 1


def test_second_editor_gets_both_values_and_overwrites_nothing() -> None:
    fair = make_fair()
    version = create_booth(ORGANIZER, fair.event, booth_facts()).version
    edit_booth(ORGANIZER, fair.event, "A-01", booth_facts(power_kw=6.0), version=version)
    mine = booth_facts(name_en="Crispy chicken frames")
    with pytest.raises(StaleEdit) as refusal:
        edit_booth(ORGANIZER, fair.event, "A-01", mine, version=version)
    assert refusal.value.theirs == {"name_en": "Chicken frames", "power_kw": 6.0}
    assert refusal.value.mine == {"name_en": "Crispy chicken frames", "power_kw": 2.5}
    assert get_booth(fair.event, "A-01").facts == booth_facts(power_kw=6.0)


def test_edit_to_a_taken_code_is_a_conflict_at_the_code() -> None:
    fair = make_fair()
    create_booth(ORGANIZER, fair.event, booth_facts())
    second = create_booth(ORGANIZER, fair.event, booth_facts(code="A-02", map_x=120))
    with pytest.raises(Conflict) as refusal:
        edit_booth(ORGANIZER, fair.event, "A-02", replace(second.facts, code="A-01"), version=second.version)
    assert refusal.value.field == "code"
    assert get_booth(fair.event, "A-02").facts.map_x == 120


def test_only_a_booth_that_moves_is_asked_about_its_place() -> None:
    fair = make_fair()
    crowded = make_booth(zone=fair.zone, code="A-08", map_x=1)
    edit_booth(ORGANIZER, fair.event, "A-08", replace(crowded.facts, name_en="New"), version=crowded.version)
    crowded = get_booth(fair.event, "A-08")
    with pytest.raises(Conflict, match="reach out of zone"):
        edit_booth(ORGANIZER, fair.event, "A-08", replace(crowded.facts, map_x=2), version=crowded.version)


def test_removed_booth_is_gone_and_what_it_was_is_logged() -> None:
    fair = make_fair()
    booth = create_booth(ORGANIZER, fair.event, booth_facts())
    thing = f"booth:{booth.id}"
    remove_booth(ORGANIZER, fair.event, "A-01", version=booth.version)
    assert list_booths(fair.event) == []
    entry = history_of(fair.event.id, thing)[0]
    assert entry.verb == "remove"
    assert {"code", "zone", "name_zh"} <= {change.field for change in entry.changes}


def test_booth_that_something_stands_on_stays() -> None:
    fair = make_fair()
    carrying, given, serving = (
        make_booth(zone=fair.zone, code=code, map_x=30 + 120 * place)
        for place, code in enumerate(("A-01", "A-02", "A-03"))
    )
    make_float(fair.event, booth_id=carrying.id, name_zh="大连号")
    make_application(fair.event, booth_id=given.id, zone_id=fair.zone.id, unit_zh="参展单位甲")
    make_giveaway(booth=serving)
    for code, reason in (
        ("A-01", "float “大连号”"),
        ("A-02", "given to an exhibitor"),
        ("A-03", "a gift or a workshop stands there"),
    ):
        with pytest.raises(Conflict, match=reason):
            remove_booth(ORGANIZER, fair.event, code, version=get_booth(fair.event, code).version)
    assert len(list_booths(fair.event)) == 3


def test_removal_of_a_booth_that_somebody_saved_since_is_stale() -> None:
    fair = make_fair()
    version = create_booth(ORGANIZER, fair.event, booth_facts()).version
    edit_booth(ORGANIZER, fair.event, "A-01", booth_facts(power_kw=6.0), version=version)
    with pytest.raises(StaleEdit):
        remove_booth(ORGANIZER, fair.event, "A-01", version=version)
    assert find_booth(fair.event, "A-01") is not None


def test_booths_come_zone_by_zone_in_the_order_of_their_codes() -> None:
    fair = make_fair()
    for zone, code in ((fair.other, "B-1"), (fair.zone, "A-10"), (fair.zone, "A-9")):
        make_booth(zone=zone, code=code)
    assert [booth.code for booth in list_booths(fair.event)] == ["A-9", "A-10", "B-1"]
    assert [booth.code for booth in list_booths(fair.event, zone="B")] == ["B-1"]
    assert list_booths(fair.event, category="service") == []


def test_booth_that_was_opened_is_cancelled_and_not_removed() -> None:
    fair = make_fair()
    make_clearance(create_booth(ORGANIZER, fair.event, booth_facts()))
    with pytest.raises(Conflict, match="cancel it instead"):
        remove_booth(ORGANIZER, fair.event, "A-01", version=1)
    assert get_booth(fair.event, "A-01").version == 1


def test_open_booth_is_closed_before_it_is_planned_anew() -> None:
    fair = make_fair()
    booth = create_booth(ORGANIZER, fair.event, booth_facts())
    make_clearance(booth)
    say_live(ORGANIZER, fair.event, "A-01", LiveState.SOLD_OUT, now=NOW)
    planned = replace(booth.facts, status="planned")
    with pytest.raises(Conflict, match="A-01 is open") as refusal:
        edit_booth(ORGANIZER, fair.event, "A-01", planned, version=1)
    assert refusal.value.field == "status"
    assert get_booth(fair.event, "A-01").status == "confirmed"
    say_live(ORGANIZER, fair.event, "A-01", LiveState.CLOSED, now=NOW)
    edit_booth(ORGANIZER, fair.event, "A-01", planned, version=1)
    assert get_booth(fair.event, "A-01").is_free


def test_planned_booth_that_is_open_stays_as_it_is_when_something_else_changes() -> None:
    fair = make_fair()
    booth = create_booth(ORGANIZER, fair.event, booth_facts(status="planned"))
    make_clearance(booth)
    say_live(ORGANIZER, fair.event, "A-01", LiveState.OPEN, now=NOW)
    edit_booth(ORGANIZER, fair.event, "A-01", replace(booth.facts, note_zh="靠门"), version=1)
    now = get_booth(fair.event, "A-01")
    assert (now.note_zh, now.is_free) == ("靠门", False)
