"""Replacing: matched by id, what people did stays, and what they did something with is never removed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from eventsite.accounts.core import system
from eventsite.audit.queries import list_history
from eventsite.checkin.models import Checkpoint, Stamp, VisitorPass
from eventsite.database import atomic, db
from eventsite.draws.enums import DrawStatus
from eventsite.draws.models import Draw, Raffle
from eventsite.eventfile.enums import Outcome
from eventsite.eventfile.errors import InUse, ReadOnly
from eventsite.eventfile.operations import Loaded, load_event
from eventsite.eventfile.queries import dump_event
from eventsite.events.enums import EventStatus
from eventsite.market.models import Booth
from eventsite.market.queries import get_booth
from eventsite.programme.models import ProgrammeItem
from tests.support.eventfiles import jinan, second_fair, sound
from tests.support.factories import NOW, load_jinan, load_second_fair, make_membership
from tests.support.factories_accounts import make_account

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
ACTOR = system("test")


def replace(tree: dict[str, Any]) -> Loaded:
    return load_event(ACTOR, sound(tree), replace=True, publish=True, now=NOW)


def find(model: Any, ref: str) -> Any:
    return db.session.scalars(select(model).where(model.ref == ref)).one()


def stamp(checkpoint: Checkpoint) -> None:
    """Stamp a new pass at the checkpoint."""
    visitor = VisitorPass(
        id=7,
        event_id=checkpoint.event_id,
        key=b"k" * 16,
        recovery_code="ABCDEFGHJK",
        entry_code="ABCDEFGHJK",
        created_at=NOW,
    )
    with atomic() as session:
        session.add(visitor)
    with atomic() as session:
        session.add(
            Stamp(
                event_id=checkpoint.event_id,
                pass_id=visitor.id,
                checkpoint_id=checkpoint.id,
                day=date(2025, 9, 6),
                at=NOW,
                mode="static",
            )
        )


def without(tree: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the file without these checkpoints."""
    kept = [one for one in tree["stamp_rally"]["checkpoints"] if one["id"] not in names]
    tree["stamp_rally"]["checkpoints"] = kept
    return tree


def test_replace_keeps_the_row_and_its_state() -> None:
    load_jinan()
    checkpoint = find(Checkpoint, "cp-wan")
    known = (checkpoint.id, checkpoint.key, checkpoint.secret, checkpoint.typed_code)
    with atomic():
        find(Draw, "rd-1").status = DrawStatus.OPEN
    tree = jinan()
    tree["stamp_rally"]["checkpoints"][0]["name_zh"] = "新名字"
    tree["raffle"]["rounds"][0]["at"] = "12:05"

    loaded = replace(tree)

    assert (loaded.outcome, loaded.changes) == (Outcome.REPLACED, 2)
    db.session.refresh(checkpoint)
    assert (checkpoint.id, checkpoint.key, checkpoint.secret, checkpoint.typed_code) == known
    assert (checkpoint.name_zh, find(Draw, "rd-1").status) == ("新名字", DrawStatus.OPEN)
    assert dump_event(loaded.event) == tree


def test_replace_lets_every_record_change_place_name_and_number() -> None:
    load_second_fair()
    tree = second_fair()
    booths = tree["booths"]
    booths[0]["code"], booths[1]["code"] = booths[1]["code"], booths[0]["code"]
    tree["zones"][0]["code"], tree["zones"][1]["code"] = "S", "E"
    tree["stages"].reverse()
    tree["event"]["timezone"] = "Asia/Tokyo"
    tree["stamp_rally"]["id"] = "rally-two"
    tree["raffle"]["id"] = "raffle-two"
    tree["agreements"][0]["parties"][0]["organization_id"] = "org-new"
    tree["organizations"].append({**tree["organizations"][0], "id": "org-new"})
    tree["giveaways"][0]["slots"] = [{"date": "2026-05-02", "release_at": "10:30", "quantity": 1500}]
    del tree["faq"][0]
    for section, key in (("tickets", "opened_at"), ("tickets", "accepted_at")):
        tree[section][0][key] = tree[section][0][key].replace("+08:00", "+09:00")
    tree["announcements"] = tree["applications"] = []

    loaded = replace(tree)

    assert dump_event(loaded.event) == tree
    assert replace(tree).outcome is Outcome.IDENTICAL


def test_replace_moves_an_id_to_another_section() -> None:
    load_second_fair()
    tree = second_fair()
    tree["faq"][0]["id"] = "post-head"
    tree["posts"][2]["id"] = "q-1"

    assert dump_event(replace(tree).event) == tree


def test_replace_by_an_all_but_empty_fair_and_back() -> None:
    load_second_fair()
    bare = second_fair()
    for name, value in bare.items():
        if isinstance(value, list):
            bare[name] = []
    bare["venue"]["facilities"] = []
    bare["stamp_rally"] |= {"checkpoints": [], "rewards": []}
    bare["raffle"]["prizes"] = []

    assert dump_event(replace(bare).event) == bare
    assert dump_event(replace(second_fair()).event) == second_fair()


def test_replace_refuses_to_remove_a_checkpoint_with_stamps_and_changes_nothing() -> None:
    event = load_jinan()
    stamp(find(Checkpoint, "cp-wan"))
    tree = without(jinan(), "cp-wan", "cp-mei")
    tree["event"]["slogan_zh"] = "新口号"

    with pytest.raises(InUse) as caught:
        replace(tree)

    assert [str(fault) for fault in caught.value.faults] == [
        "$.stamp_rally.checkpoints: “cp-wan” has activity and cannot be removed."
    ]
    assert dump_event(event) == jinan()


def test_replace_removes_a_checkpoint_without_stamps() -> None:
    load_jinan()
    stamp(find(Checkpoint, "cp-wan"))
    tree = without(jinan(), "cp-mei")

    assert dump_event(replace(tree).event) == tree


def test_replace_refuses_to_remove_a_draw_past_its_draft() -> None:
    load_jinan()
    with atomic():
        find(Draw, "rd-2").status = DrawStatus.FROZEN
    tree = jinan()
    tree["raffle"]["rounds"] = tree["raffle"]["rounds"][2:]

    with pytest.raises(InUse) as caught:
        replace(tree)

    assert [fault.params["found"] for fault in caught.value.faults] == ["rd-2"]


def test_replace_refuses_to_remove_what_somebody_is_in_charge_of() -> None:
    event = load_second_fair()
    make_membership(make_account().id, event, "partner", "organization:org-js")
    tree = second_fair()
    tree["organizations"] = [one for one in tree["organizations"] if one["id"] != "org-js"]
    tree["agreements"][0]["parties"] = tree["agreements"][0]["parties"][:1]

    with pytest.raises(InUse) as caught:
        replace(tree)

    assert [fault.path for fault in caught.value.faults] == ["$.organizations"]


def test_replace_does_not_count_another_events_activity() -> None:
    load_jinan()
    twin = jinan()
    twin["event"]["id"] = "jinan-twin"
    load_event(ACTOR, sound(twin), publish=True, now=NOW)
    own = select(Checkpoint).where(Checkpoint.ref == "cp-wan").order_by(Checkpoint.id)
    stamp(db.session.scalars(own).all()[0])

    assert replace(without(twin, "cp-wan")).outcome is Outcome.REPLACED


def test_replace_leaves_an_archived_event_alone() -> None:
    event = load_jinan()
    with atomic():
        event.status = EventStatus.ARCHIVED
    tree = jinan()
    tree["event"]["slogan_zh"] = "新口号"

    with pytest.raises(ReadOnly):
        replace(tree)

    assert replace(jinan()).outcome is Outcome.IDENTICAL


def test_replace_keeps_a_number_of_stamps_that_somebody_set() -> None:
    load_jinan()
    with atomic():
        find(Raffle, "raffle-jinan").stamps_required = 5
    tree = jinan()
    tree["raffle"]["forfeit_zh"] = "逾期作废"
    replace(tree)
    kept = find(Raffle, "raffle-jinan").stamps_required
    tree["raffle"]["entry_zh"] = "集满六枚印章得一个抽奖号"
    replace(tree)

    assert (kept, find(Raffle, "raffle-jinan").stamps_required) == (5, 6)


def test_replace_keeps_what_visitors_are_told_beside_an_item() -> None:
    load_jinan()
    with atomic():
        find(ProgrammeItem, "pg-03").notice_zh = "因雨取消"
    tree = jinan()
    next(item for item in tree["programme"] if item["id"] == "pg-03")["status"] = "cancelled"
    replace(tree)
    item = find(ProgrammeItem, "pg-03")

    assert (item.status, item.notice_zh) == ("cancelled", "因雨取消")


def test_replace_is_told_by_the_log_record_by_record() -> None:
    event = load_jinan()
    tree = jinan()
    tree["booths"][3]["power_kw"] = 9.5
    tree["faq"][0]["id"] = "fq-new"
    replace(tree)
    booth = find(Booth, "bt-a-04")
    entries = {entry.verb: entry for entry in list_history(event.id).entries}

    assert set(entries) == {
        "load",
        "replace",
        "edit",
        "create",
        "remove",
    }
    change = entries["edit"]
    assert change.thing == f"booth:{booth.id}"
    assert [(one.field, one.before, one.after) for one in change.changes] == [("power_kw", "0.5", "9.5")]
    assert {one.field: one.before for one in entries["remove"].changes}["ref"] == "fq-01"


def test_booths_follow_the_file_in_who_stands_there() -> None:
    event = load_jinan()
    held = get_booth(event, "B-03")
    assert (held.exhibitor_zh, held.shown_zh) == ("参展单位甲（演示）", held.name_zh)
    tree = dump_event(event)
    for row in tree["applications"]:
        if row["id"] == "ap-01":
            row["unit_zh"] = "新名字"
        if row["id"] == "ap-02":
            row["booth_id"] = None

    replace(tree)

    assert get_booth(event, "B-03").exhibitor_zh == "新名字"
    assert get_booth(event, "B-04").exhibitor_zh == ""
    assert dump_event(event) == tree


def test_replace_moves_items_with_the_time_zone() -> None:
    event = load_jinan()
    tree = jinan()
    tree["event"]["timezone"] = "Asia/Tokyo"
    for section in ("tickets", "deals", "announcements", "applications"):
        tree[section] = []

    replace(tree)

    assert dump_event(event) == tree
    [first, *_] = sorted(dump_event(event)["programme"], key=lambda item: item["order"])
    assert first["start"] == "09:00"
    assert datetime(2025, 9, 6, tzinfo=UTC) == min(item.starts_at for item in items_of(event))


def items_of(event: Any) -> Any:
    """Return the event's programme items."""
    return db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.event_id == event.id)).all()
