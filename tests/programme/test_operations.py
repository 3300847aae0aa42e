"""Items and releases against both databases."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from eventsite.audit.models import AuditRow
from eventsite.audit.queries import history_of
from eventsite.database import atomic, attempt, db
from eventsite.events.models import Event
from eventsite.kernel.canon import digest
from eventsite.kernel.errors import Conflict, DomainError, NotFound, StaleEdit
from eventsite.programme.core.facts import ItemFacts
from eventsite.programme.enums import ChangeKind, ClashRule, Severity
from eventsite.programme.models import ProgrammeItem, Release
from eventsite.programme.operations import (
    cancel_item,
    create_item,
    edit_item,
    release_programme,
    remove_item,
    set_severities,
)
from eventsite.programme.operations.releases import draft_hash
from eventsite.programme.queries import (
    current_release,
    facts_of,
    get_item,
    get_release,
    list_waiting,
    now_next,
    read_draft,
)
from tests.support.counting import count_queries
from tests.support.factories import make_delegation, make_event, make_item, make_stage, make_troupe
from tests.support.factories_programme import ORGANIZER, at, make_acts, make_release, shown_of, stage_of

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def facts(stage: str | None, **given: Any) -> ItemFacts:
    plain = ItemFacts(
        title_zh="开幕",
        title_en="Opening",
        kind="opening",
        stage=stage,
        day="2025-09-06",
        start="09:30",
        end="09:50",
    )
    return replace(plain, **given)


def redo(event: Event, item: ProgrammeItem, **given: Any) -> None:
    wanted = replace(facts_of(event, item), **given)
    edit_item(ORGANIZER, event, item.id, wanted, version=item.version)


def test_create_item_stands_last_and_is_logged():
    event = make_event()
    before = make_item(event)

    item = create_item(ORGANIZER, event, facts(stage_of(before).code))

    assert (item.order, item.position) == (before.order + 1, before.position + 1)
    (entry,) = history_of(event.id, f"programme_item:{item.id}")
    assert (entry.verb, entry.actor) == ("create", "account:1")


def test_create_item_refuses_what_belongs_to_another_event():
    event, other = make_event(), make_event()
    stage, foreign = make_stage(event), make_stage(other)
    troupe, delegation = make_troupe(other), make_delegation(other)

    for wrong in (
        facts(foreign.code),
        facts(stage.code, troupe=troupe.ref),
        facts(stage.code, delegation=delegation.ref),
    ):
        with pytest.raises(NotFound):
            create_item(ORGANIZER, event, wrong)


def test_create_item_past_midnight():
    event = make_event()
    stage = make_stage(event)

    item = create_item(ORGANIZER, event, facts(stage.code, start="23:40", end="00:20", overnight=True))

    assert (item.starts_at, item.ends_at) == (at("23:40"), at("24:20"))


def test_create_item_refuses_an_end_before_its_start():
    event = make_event()
    stage = make_stage(event)

    with pytest.raises(DomainError) as refused:
        create_item(ORGANIZER, event, facts(stage.code, start="10:30", end="10:10"))

    assert refused.value.field == "end"


def test_edit_item_logs_what_changed_in_readable_words():
    event = make_event()
    item = make_item(event)
    title = item.title_zh
    wanted = replace(facts_of(event, item), title_zh="改名", start="15:00", end="15:30")

    edit_item(ORGANIZER, event, item.id, wanted, version=item.version)

    entry = history_of(event.id, f"programme_item:{item.id}")[0]
    assert {change.field: (change.before, change.after) for change in entry.changes} == {
        "title_zh": (title, "改名"),
        "start": ("10:00", "15:00"),
        "end": ("10:30", "15:30"),
    }


def test_edit_item_that_changes_nothing_writes_nothing():
    event = make_event()
    item = make_item(event)

    edit_item(ORGANIZER, event, item.id, facts_of(event, item), version=item.version + 7)

    assert history_of(event.id, f"programme_item:{item.id}") == []


def test_edit_item_refuses_a_stale_form_with_both_values():
    event = make_event()
    item = make_item(event)
    read_at = item.version
    edit_item(ORGANIZER, event, item.id, facts(stage_of(item).code, title_zh="先"), version=read_at)

    with pytest.raises(StaleEdit) as refused:
        edit_item(ORGANIZER, event, item.id, facts(stage_of(item).code, title_zh="后"), version=read_at)

    assert (refused.value.theirs, refused.value.mine) == ({"title_zh": "先"}, {"title_zh": "后"})
    assert get_item(event, item.id).title_zh == "先"


def test_edit_item_of_another_event_is_not_found():
    item = make_item(make_event())

    with pytest.raises(NotFound):
        edit_item(ORGANIZER, make_event(), item.id, facts(stage_of(item).code), version=1)


def test_release_freezes_the_draft():
    event = make_event()
    item = make_acts(event, 2)[0]

    release = make_release(event)
    redo(event, item, title_zh="改名")

    view = current_release(event)
    assert view is not None
    assert (view.number, view.live_revision, len(view.programme.items)) == (1, 0, 2)
    assert "改名" not in {found.title_zh for found in view.programme.items}
    assert release.content_sha256 == digest(release.content)


def test_release_tells_what_changed_against_the_one_before():
    event = make_event()
    moved, off, kept = make_acts(event, 3)
    make_release(event)
    redo(event, moved, start="15:00", end="15:10")
    cancel_item(ORGANIZER, event, off.id, version=off.version, notice_zh="场地风大，为安全取消。")

    make_release(event, note="第二版", now=at("13:00"))

    view = current_release(event)
    assert view is not None
    assert {change.ref: change.kind for change in view.changes} == {
        moved.ref: ChangeKind.MOVED,
        off.ref: ChangeKind.CANCELLED,
    }
    found = view.programme.by_ref
    assert [(found[ref].sequence, found[ref].changed_at) for ref in (moved.ref, off.ref, kept.ref)] == [
        (1, at("13:00")),
        (1, at("13:00")),
        (0, at("12:00", day=-2)),
    ]
    assert found[off.ref].notice_zh == "场地风大，为安全取消。"


def test_an_old_release_stays_as_it_was():
    event = make_event()
    (item,) = make_acts(event, 1)
    make_release(event)
    before = get_release(event, 1)
    cancel_item(ORGANIZER, event, item.id, version=item.version)
    make_release(event, now=at("13:00"))

    assert get_release(event, 1) == before
    assert not before.programme.items[0].is_cancelled


def test_release_is_logged_with_its_hash():
    event = make_event()
    make_acts(event, 2)

    release = make_release(event)

    (entry,) = history_of(event.id, f"release:{release.id}")
    assert entry.verb == "release"
    assert entry.detail["sha256"] == release.content_sha256
    assert entry.detail["changes"] == {"added": 2}


def test_release_with_nothing_new_is_refused_and_takes_no_number():
    event = make_event()
    (item,) = make_acts(event, 1)
    make_release(event)

    with pytest.raises(Conflict, match="nothing new since version 1"):
        make_release(event)

    cancel_item(ORGANIZER, event, item.id, version=item.version)
    assert make_release(event).number == 2


def test_release_of_an_empty_programme_is_refused():
    event = make_event()

    with pytest.raises(Conflict, match="no items"):
        make_release(event)

    assert current_release(event) is None


def test_release_refuses_a_clash_by_name():
    event = make_event()
    first = make_acts(event, 1)[0]
    make_item(event, stage=first.stage, starts_at=at("9:05"), ends_at=at("9:30"), title_zh="高跷")

    with pytest.raises(Conflict) as refused:
        make_release(event)

    assert refused.value.params == {
        "first": first.title_zh,
        "second": "高跷",
        "minutes": 5,
        "what": stage_of(first).name_zh,
    }
    assert refused.value.field == "reason"


def told_of(release: Release) -> dict[str, Any]:
    thing = f"release:{release.id}"
    detail = db.session.scalars(select(AuditRow.detail).where(AuditRow.thing == thing)).one()
    return dict(json.loads(detail))


def test_release_over_a_rule_that_blocks_keeps_the_reason():
    event = make_event()
    first = make_acts(event, 1)[0]
    second = make_item(event, stage=first.stage, starts_at=at("9:05"), ends_at=at("9:30"))

    release = release_programme(ORGANIZER, event, note="第一版", now=at("8:00"), reason="两队同台合演")

    assert release.reason == "两队同台合演"
    assert told_of(release)["passed"] == [{"rule": "stage", "items": [first.ref, second.ref], "minutes": 5}]


def test_a_reason_without_anything_to_pass_is_not_kept():
    event = make_event()
    make_acts(event, 1)

    release = release_programme(ORGANIZER, event, note="第一版", now=at("8:00"), reason="以防万一")

    assert release.reason == ""


def test_a_rule_that_only_warns_blocks_no_release():
    event = make_event()
    first = make_acts(event, 1)[0]
    make_item(event, stage=first.stage, starts_at=at("9:05"), ends_at=at("9:30"))
    set_severities(ORGANIZER, event, {ClashRule.STAGE: Severity.WARN})

    assert release_programme(ORGANIZER, event, note="第一版", now=at("8:00")).reason == ""


def test_an_item_can_wait_for_its_place_and_take_it():
    event = make_event()
    stage = make_stage(event)
    waiting = create_item(ORGANIZER, event, facts(None, day="2025-09-06", start="", end="", minutes=15))

    assert (waiting.is_waiting, waiting.minutes, waiting.starts_at) == (True, 15, None)
    assert facts_of(event, waiting).day == ""
    assert read_draft(event).items == ()
    assert list_waiting(event) == [waiting]

    redo(event, waiting, stage=stage.code, day="2025-09-06", start="09:30", end="09:50")

    assert (waiting.is_waiting, waiting.minutes, waiting.length_minutes) == (False, 20, None)
    assert list_waiting(event) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"stage": None}, "minutes"),
        ({"stage": None, "minutes": 1441}, "minutes"),
        ({"day": ""}, "day"),
        ({"end": ""}, "end"),
    ],
)
def test_an_item_needs_a_place_or_a_length(given, field):
    event = make_event()
    make_stage(event, code="S1")

    with pytest.raises(DomainError) as refused:
        create_item(ORGANIZER, event, replace(facts("S1"), **given))

    assert refused.value.field == field


def test_signings_and_draws_are_fixed_unless_somebody_says_otherwise():
    event = make_event()
    stage = make_stage(event, code="S1")
    kinds = [("signing", ""), ("signing", "free"), ("performance", ""), ("performance", "fixed")]
    items = [create_item(ORGANIZER, event, facts(stage.code, kind=kind, fixed=how)) for kind, how in kinds]

    assert [item.is_fixed for item in items] == [True, False, False, True]
    assert [read_draft(event).by_ref[item.ref].fixed for item in items] == [True, False, False, True]


def test_visitors_see_no_blocker_and_the_team_does():
    event = make_event()
    act, blocker = make_acts(event, 2)
    redo(event, blocker, kind="blocker")
    release = make_release(event)

    view = shown_of(event)

    assert [item.ref for item in view.programme.items] == [act.ref]
    assert [item.ref for item in view.full.items] == [act.ref, blocker.ref]
    assert [change["ref"] for change in release.changes] == [act.ref]


def test_release_refuses_a_draft_that_was_not_seen():
    event = make_event()
    make_acts(event, 1)
    seen = draft_hash(read_draft(event))
    make_acts(event, 1)

    with pytest.raises(Conflict, match="changed since"):
        release_programme(ORGANIZER, event, note="", now=at("8:00"), seen=seen)


def test_a_release_cannot_be_changed_or_taken_away():
    event = make_event()
    make_acts(event, 1)
    release = make_release(event)

    for statement in (
        update(Release).where(Release.id == release.id).values(note="anders"),
        delete(Release).where(Release.id == release.id),
    ):
        with atomic() as session, pytest.raises(DBAPIError, match="append-only"), attempt():
            session.execute(statement.execution_options(synchronize_session=False))


def test_cancel_item_twice_is_refused():
    event = make_event()
    item = make_item(event)
    item = cancel_item(ORGANIZER, event, item.id, version=item.version)

    with pytest.raises(Conflict, match="already"):
        cancel_item(ORGANIZER, event, item.id, version=item.version)


def test_remove_item_takes_a_new_one_out_and_says_so():
    event = make_event()
    item = make_item(event)
    thing = f"programme_item:{item.id}"

    remove_item(ORGANIZER, event, item.id, version=item.version)

    assert history_of(event.id, thing)[0].verb == "remove"
    assert read_draft(event).items == ()


def test_remove_item_is_refused_once_it_stood_in_a_release():
    event = make_event()
    (item,) = make_acts(event, 1)
    make_release(event)

    with pytest.raises(Conflict, match="stood in version 1"):
        remove_item(ORGANIZER, event, item.id, version=item.version)


def test_remove_item_refuses_what_somebody_else_just_saved():
    event = make_event()
    item = make_item(event)

    with pytest.raises(StaleEdit):
        remove_item(ORGANIZER, event, item.id, version=item.version + 1)


def test_now_next_comes_from_the_release_not_from_the_draft():
    event = make_event()
    (item,) = make_acts(event, 1)
    assert now_next(event, at("9:05")) is None
    make_release(event)
    redo(event, item, start="15:00", end="15:10")

    board = now_next(event, at("9:05"))

    assert board is not None
    assert [shown.ref for _, shown in board.on] == [item.ref]


def test_a_second_event_shows_nothing_of_the_first():
    event, other = make_event(), make_event()
    make_acts(event, 2)
    make_release(event)

    assert current_release(other) is None
    assert read_draft(other).items == ()
    with pytest.raises(NotFound):
        get_release(other, 1)


def test_draft_asks_the_same_number_of_queries_whatever_its_size(app: Flask):
    small, large = make_event(), make_event()
    make_acts(small, 1)
    make_acts(large, 5)
    sizes = []
    for event in (small, large):
        with count_queries(app) as asked:
            read_draft(event)
        sizes.append(len(asked))

    assert sizes[0] == sizes[1]
