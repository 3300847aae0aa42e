"""Files taken into drafts: what is added, moved, reworded, dropped and left out; all of it or nothing."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from eventsite.accounts.core import Actor
from eventsite.audit.queries import history_of
from eventsite.database import db
from eventsite.events.models import Event
from eventsite.events.queries import list_stages
from eventsite.imports.core.diff import Diff
from eventsite.imports.core.values import ReadProgramme
from eventsite.imports.enums import FoundBy, Move
from eventsite.imports.operations import import_programme
from eventsite.imports.queries import plan_import, read_programme
from eventsite.imports.sheets import spoken
from eventsite.kernel.errors import Conflict, DomainError
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.operations import edit_item
from eventsite.programme.queries import facts_of, get_item, list_troupes, list_waiting, read_draft
from tests.support.factories import make_delegation, make_event, make_item, make_stage, make_zone
from tests.support.factories_programme import ORGANIZER, at, make_release
from tests.support.schedules import many_items, read, v1, v1_event, v2, v2_event

SHA = "a" * 64
UUIDS = ("29aecfd7-2e44-4f49-ab86-29b5e0877325", "8c4e647f-813e-41ef-b05b-65469dd841c3")

pytestmark = pytest.mark.usefixtures("context")


def take(event: Event, programme: ReadProgramme, actor: Actor = ORGANIZER, **more: Any) -> Diff:
    return import_programme(actor, event, programme, sha256=SHA, **more)


def moves(diff: Diff) -> dict[Move, int]:
    return {move: number for move, number in diff.counts.items() if number}


def table(text: str) -> ReadProgramme:
    return read_programme(text.encode(), timezone="Asia/Shanghai", translated=spoken())


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.fixture
def stage(event: Event) -> Any:
    return make_stage(event, zone=make_zone(event, code="A"), code="S1", name_zh="主舞台", name_en="Main")


@pytest.mark.both_databases
def test_an_empty_event_gets_stages_days_troupes_and_items(event: Event) -> None:
    late = v1_event(guid="HOqeNIb6G7M4hYFKFRkCmQ", title="夜场", date="2025-09-07T23:30:00+08:00", room="B厅")
    diff = take(
        event, read(v1(v1_event(), late, rooms=[{"name": "Saal 1"}, {"name": "B厅", "capacity": 80}]))
    )

    assert moves(diff) == {Move.ADDED: 2}
    draft = read_draft(event)
    assert [(item.title_zh, item.title_en, item.kind, item.stage) for item in draft.items] == [
        ("Opening", "Opening", "lecture", "S1"),
        ("夜场", "夜场", "lecture", "S2"),
    ]
    assert str(draft.items[0].uuid) == UUIDS[0]
    assert (draft.items[1].uuid.version, draft.items[1].foreign_guid) == (5, "HOqeNIb6G7M4hYFKFRkCmQ")
    assert [item.troupe and item.troupe.name_zh for item in draft.items] == ["Ada", "Ada"]
    assert [(one.code, one.name_zh, one.audience_capacity) for one in list_stages(event)] == [
        ("S1", "Saal 1", 0),
        ("S2", "B厅", 80),
    ]
    assert [day.date for day in event.days] == [date(2025, 9, 6), date(2025, 9, 7)]
    assert (event.days[1].opens.hour, event.days[1].closes.hour) == (23, 0)


@pytest.mark.both_databases
def test_the_same_file_again_changes_nothing(event: Event) -> None:
    file = read(v2(v2_event(), v2_event(guid="x", title={"zh": "开场", "en": "Start"}, room=None)))
    take(event, file)
    versions = [item.version for item in all_items(event)]

    assert moves(take(event, file)) == {Move.SAME: 2}
    assert [item.version for item in all_items(event)] == versions
    assert [item.minutes for item in list_waiting(event)] == [30]
    told = [one for one in history_of(event.id, f"event:{event.id}") if one.verb == "import programme"]
    assert len(told) == 1
    assert (told[0].detail["sha256"], told[0].detail["added"], told[0].detail["form"]) == (
        SHA,
        2,
        "Schedule v2",
    )


def all_items(event: Event) -> list[ProgrammeItem]:
    return list(db.session.query(ProgrammeItem).filter_by(event_id=event.id).order_by(ProgrammeItem.id))


def test_a_moved_and_a_reworded_item_keep_their_ids(event: Event) -> None:
    take(
        event, read(v1(v1_event(), v1_event(guid=UUIDS[1], title="Second", date="2025-09-06T12:00:00+08:00")))
    )
    refs = [item.ref for item in read_draft(event).items]

    later = v1_event(date="2025-09-06T10:15:00+08:00")
    other = v1_event(guid=UUIDS[1], title="Other", date="2025-09-06T12:00:00+08:00")
    diff = take(event, read(v1(later, other)))

    assert moves(diff) == {Move.MOVED: 1, Move.REWORDED: 1}
    start = datetime(2025, 9, 6, 2, 15, tzinfo=UTC)
    moved, reworded = diff.steps
    assert (moved.old["start"], moved.new["start"]) == (datetime(2025, 9, 6, 2, 0, tzinfo=UTC), start)
    assert dict(reworded.new) == {"title_en": "Other", "title_zh": "Other"}
    items = read_draft(event).items
    assert [(item.ref, item.title_zh) for item in items] == [(refs[0], "Opening"), (refs[1], "Other")]


def plan(event: Event, stage: Any, title: str, start: str, **more: Any) -> ProgrammeItem:
    """Plan half an hour on a stage."""
    slot = {"starts_at": at(start), "ends_at": at(f"{start[:3]}30")}
    return make_item(event, stage=stage, title_zh=title, title_en=title, **slot, **more)


def test_items_without_a_guid_are_found_by_title_and_start_or_title(event: Event, stage: Any) -> None:
    for title, start in (("皮影戏", "10:00"), ("秧歌", "11:00"), ("秧歌", "14:00"), ("二人转", "15:00")):
        plan(event, stage, title, start)
    diff = plan_import(
        event,
        table(
            "日期,开始,结束,舞台,节目\n2025-09-06,10:00,10:30,主舞台,皮影戏\n2025-09-06,11:00,11:30,主舞台,秧歌\n"
            "2025-09-06,16:00,16:30,主舞台,二人转\n2025-09-06,17:00,17:30,主舞台,秧歌\n"
        ),
    )

    assert [(step.by, step.move) for step in diff.steps] == [
        (FoundBy.SLOT, Move.SAME),
        (FoundBy.SLOT, Move.SAME),
        (FoundBy.TITLE, Move.MOVED),
        (FoundBy.TITLE, Move.MOVED),
    ]
    assert [finding.params["number"] for finding in diff.warnings] == [4, 2, 2]


def test_two_alike_are_never_guessed(event: Event, stage: Any) -> None:
    for start in ("10:00", "12:00"):
        plan(event, stage, "秧歌", start)
    diff = plan_import(event, table("日期,开始,结束,舞台,节目\n2025-09-06,16:00,16:30,S1,秧歌\n"))
    assert [(step.by, step.move) for step in diff.steps] == [(FoundBy.NOTHING, Move.ADDED)]
    assert len(diff.missing) == 2


@pytest.mark.both_databases
def test_what_the_file_lacks_stays_unless_it_is_dropped_by_name(event: Event, stage: Any) -> None:
    seen = make_item(event, stage=stage, starts_at=at("10:00"), ends_at=at("10:30"))
    make_release(event)
    unseen = make_item(event, stage=stage, starts_at=at("11:00"), ends_at=at("11:30"))
    kept = make_item(event, stage=stage, starts_at=at("12:00"), ends_at=at("12:30"))
    make_item(event, stage=stage, kind="blocker", starts_at=at("13:00"), ends_at=at("13:30"))
    file = read(v1(v1_event()))

    assert {one.ref for one in plan_import(event, file).missing} == {seen.ref, unseen.ref, kept.ref}
    take(event, file, dropped={seen.ref, unseen.ref, "pg-nowhere"})

    draft = read_draft(event)
    assert {
        item.ref: item.status for item in draft.items if item.ref in (seen.ref, unseen.ref, kept.ref)
    } == {
        seen.ref: "cancelled",
        kept.ref: "scheduled",
    }
    assert history_of(event.id, f"programme_item:{seen.id}")[0].verb == "cancel"


def test_faults_stop_everything_until_their_rows_are_left_out(event: Event) -> None:
    file = read(
        v1(v1_event(), v1_event(title="Twin"), v1_event(guid="c", duration="-1:00"), v1_event(guid="d"))
    )

    with pytest.raises(DomainError, match="The file has faults: 2"):
        take(event, file)
    assert (read_draft(event).items, list_troupes(event)) == ((), [])
    with pytest.raises(DomainError, match="The file has faults: 1"):
        take(event, file, left_out={"3"})
    assert [(fault.key, str(fault.place)) for fault in plan_import(event, file).faults] == [
        ("3", '$.schedule.conference.days[0].rooms["Saal 1"][2].duration'),
        ("2", '$.schedule.conference.days[0].rooms["Saal 1"][1]'),
    ]
    diff = take(event, file, left_out={"1", "3"})
    assert [step.item.title for step in diff.steps] == ["Twin", "Opening"]
    assert len(read_draft(event).items) == 2


def test_a_guid_in_other_letters_is_the_same_guid(event: Event) -> None:
    file = read(v1(v1_event(guid=UUIDS[0].upper()), v1_event(guid=UUIDS[0])))
    assert [fault.key for fault in plan_import(event, file).faults] == ["2"]


def test_a_draft_that_changed_since_it_was_shown_is_not_touched(event: Event, stage: Any) -> None:
    file = read(v1(v1_event(), v1_event(guid=UUIDS[1], title="B", date="2025-09-06T15:00:00+08:00")))
    take(event, file)
    other = read(v1(v1_event(title="New name"), v1_event(guid=UUIDS[1], title="B")))
    shown = plan_import(event, other).seen
    item = get_item(event, read_draft(event).items[0].number)
    edit_item(ORGANIZER, event, item.id, facts_of(event, item), version=item.version)
    assert plan_import(event, other).seen == shown  # a save that changes nothing

    facts = replace(facts_of(event, item), notice_zh="雨")
    edit_item(ORGANIZER, event, item.id, facts, version=item.version)
    with pytest.raises(Conflict, match="Somebody changed the draft"):
        take(event, other, seen=shown)
    assert read_draft(event).items[0].title_en == "Opening"
    take(event, other, seen=plan_import(event, other).seen)
    assert read_draft(event).items[0].notice_zh == "雨"


def test_what_a_file_leaves_empty_stays(event: Event, stage: Any) -> None:
    lead = make_delegation(event, name_zh="大连展团", city_zh="大连")
    item = make_item(
        event,
        stage=stage,
        title_zh="皮影戏",
        title_en="Shadow play",
        kind="heritage_demo",
        delegation_id=lead.id,
        notice_zh="请提前入场",
        starts_at=at("10:00"),
        ends_at=at("10:30"),
    )
    before = facts_of(event, item)
    file = table(
        "日期,开始,结束,舞台代码,节目（中文）,节目（英文）,类型,展团,状态,说明\n"
        "2025/9/6,10:00,10:30,s1,皮影戏,,,,,\n"
    )
    assert moves(take(event, file)) == {Move.SAME: 1}
    assert facts_of(event, item) == before


def test_without_rooms_new_items_wait_and_others_stay_on_their_stages(event: Event, stage: Any) -> None:
    plan(event, stage, "皮影戏", "10:00")
    file = table("日期,开始,结束,节目\n2025-09-06,10:10,10:40,皮影戏\n2025-09-06,14:00,14:20,新节目\n")
    diff = take(event, file)
    assert moves(diff) == {Move.MOVED: 1, Move.ADDED: 1}
    (item,) = read_draft(event).items
    assert (item.stage, item.slot.start) == ("S1", at("10:10"))
    assert [(one.title_zh, one.minutes) for one in list_waiting(event)] == [("新节目", 20)]
    assert "row 3: No room: “新节目” will wait for a place." in [str(one) for one in diff.warnings]
    assert moves(plan_import(event, file)) == {Move.SAME: 2}


def test_a_fixed_point_that_would_move_is_told(event: Event, stage: Any) -> None:
    plan(event, stage, "签约仪式", "10:00", kind="signing")
    diff = plan_import(event, table("日期,开始,结束,节目\n2025-09-06,10:10,10:40,签约仪式\n"))
    assert "row 2: “签约仪式” is a fixed point, and would move." in [str(one) for one in diff.warnings]


def test_a_table_of_a_late_day_brings_the_planned_starts(event: Event, stage: Any) -> None:
    file = table("日期,开始,结束,原定开始,舞台,节目\n2025-09-06,10:20,10:50,10:00,主舞台,皮影戏\n")
    take(event, file)
    (item,) = read_draft(event).items
    assert (item.slot.start, item.slot.end) == (at("10:00"), at("10:30"))


def test_a_table_in_words_of_either_language(event: Event, stage: Any) -> None:
    make_delegation(event, name_zh="大连展团", name_en="Dalian", city_zh="大连")
    file = table(
        "日期;开始;时长;舞台;节目;Title (English);类型;演职团队;展团;语言;状态;"
        "候场提前（分钟）;装台（分钟）;无线话筒\n"
        "2025年9月6日;9点30;45;主舞台;皮影戏;Shadow play;非遗展演;皮影队;大连;中文、英文;已取消;30;10;4\n"
    )
    diff = take(event, file)
    assert diff.faults == ()
    (item,) = read_draft(event).items
    assert (item.slot.start, item.slot.length.seconds) == (at("9:30"), 45 * 60)
    assert (item.kind, item.status, item.languages) == ("heritage_demo", "cancelled", ("zh", "en"))
    assert (item.call_minutes, item.setup, item.mics) == (30, 10, 4)
    assert item.troupe is not None
    assert item.delegation is not None
    assert (item.troupe.name_zh, item.delegation.city_zh) == ("皮影队", "大连")
    assert moves(plan_import(event, file)) == {Move.SAME: 1}


def test_an_unknown_delegation_is_told_and_left_out(event: Event, stage: Any) -> None:
    file = table("日期,开始,结束,舞台,节目,展团\n2025-09-06,10:00,10:30,主舞台,皮影戏,火星\n")
    diff = take(event, file)
    assert "no delegation “火星”" in str(diff.warnings[-1])
    assert read_draft(event).items[0].delegation is None


def test_rooms_find_stages_by_code_name_and_guid(event: Event, stage: Any) -> None:
    guid = str(read_draft(event).stages[0].uuid)
    file = v2(
        v2_event(guid="a", room={"name": "MAIN"}),
        v2_event(guid="b", room={"name": "主 舞台"}),
        v2_event(guid="c", room={"name": "s1"}),
        v2_event(guid="d", room={"name": "Anything", "guid": guid}),
        rooms=[{"name": "Anything", "guid": guid}],
    )
    diff = plan_import(event, read(file))
    assert (diff.stages, {step.new["stage"] for step in diff.steps}) == ((), {"S1"})


def test_a_thousand_items_are_taken_within_seconds(app: Flask, event: Event) -> None:
    programme = read(many_items(1000))
    began = time.process_time()
    diff = take(event, programme)
    spent = time.process_time() - began
    assert moves(diff) == {Move.ADDED: 1000}
    assert len(read_draft(event).items) == 1000
    assert spent < 2
