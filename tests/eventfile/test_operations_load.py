"""Loading: whole or not at all, the same twice is nothing, and two events share nothing."""

import time
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.accounts.core import system
from eventsite.audit.queries import list_history
from eventsite.checkin.models import Checkpoint
from eventsite.database import Base, atomic, db
from eventsite.draws.models import Draw, Raffle
from eventsite.eventfile.enums import Outcome
from eventsite.eventfile.errors import BadEventFile, Differs, SlugTaken
from eventsite.eventfile.mapping.schema import DEMO_FILE
from eventsite.eventfile.mapping.sections import ALL
from eventsite.eventfile.operations import Loaded, clone_event, load_event
from eventsite.eventfile.queries import dump_event, list_rows, read_event_file
from eventsite.events.enums import EventStatus
from eventsite.events.models import Zone
from eventsite.events.queries import list_events
from eventsite.kernel.errors import Conflict
from eventsite.programme.models import ProgrammeItem
from tests.support.eventfiles import jinan, second_fair, sound
from tests.support.factories import NOW, load_jinan, load_second_fair, make_raffle

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]
ACTOR = system("test")


def load(tree: dict[str, Any], **given: Any) -> Loaded:
    return load_event(ACTOR, sound(tree), publish=True, now=NOW, **given)


def count_rows() -> dict[str, int]:
    """Return how many rows every table of the site has."""
    tables = Base.metadata.sorted_tables
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@pytest.mark.parametrize("make", [jinan, second_fair])
def test_load_then_dump_is_the_file_itself(make: Any) -> None:
    loaded = load(make())

    assert loaded.outcome is Outcome.CREATED
    assert dump_event(loaded.event) == make()


@pytest.mark.parametrize(("publish", "status"), [(True, EventStatus.PUBLISHED), (False, EventStatus.DRAFT)])
def test_load_publishes_only_where_it_is_told_to(publish: bool, status: EventStatus) -> None:
    loaded = load_event(ACTOR, sound(jinan()), publish=publish, now=NOW)

    assert (loaded.event.status, loaded.event.created_at) == (status, NOW)


def test_load_again_changes_nothing() -> None:
    load(jinan())
    before = count_rows()

    assert load(jinan()).outcome is Outcome.IDENTICAL
    assert load(jinan(), replace=True).outcome is Outcome.IDENTICAL
    assert count_rows() == before


def test_load_takes_other_spellings_of_the_same_for_the_same() -> None:
    load(jinan())
    tree = jinan()
    tree["booths"][0]["staff_passes"] = 4.0
    tree["tickets"][0]["opened_at"] = "2025-09-06T02:42:00Z"
    tree["giveaways"][0]["slots"].reverse()
    tree["programme"][0]["end_date"] = None

    assert load(tree).outcome is Outcome.IDENTICAL


def test_load_refuses_a_different_file_and_tells_the_differences() -> None:
    load(jinan())
    before = count_rows()
    tree = jinan()
    tree["booths"][3]["power_kw"] = 9.5

    with pytest.raises(Differs) as caught:
        load(tree)

    assert [str(found) for found in caught.value.differences] == ["$.booths[3].power_kw (bt-a-04): 0.5 → 9.5"]
    assert count_rows() == before


def test_load_writes_nothing_of_a_bad_file() -> None:
    before = count_rows()
    tree = jinan()
    tree["observations"][-1]["by_zone"] = {"zone-x": 1}

    with pytest.raises(BadEventFile):
        load(tree)

    assert count_rows() == before


def test_load_gives_checkpoints_codes_of_their_own() -> None:
    load(jinan())
    load(second_fair())
    checkpoints = db.session.scalars(select(Checkpoint)).all()

    assert len(checkpoints) == 10
    for name, size in (("key", 12), ("secret", 32), ("typed_code", 8)):
        values = {getattr(checkpoint, name) for checkpoint in checkpoints}
        assert len(values) == 10
        assert {len(value) for value in values} == {size}


def test_load_reads_the_stamps_of_an_entry_from_its_sentence() -> None:
    load(jinan())
    load(second_fair())

    found = {raffle.ref: raffle.stamps_required for raffle in db.session.scalars(select(Raffle))}
    assert found == {"raffle-jinan": 4, "raffle-suzhou": 4}


def test_load_makes_one_draw_of_a_raffle_without_rounds() -> None:
    loaded = load(second_fair())

    assert [(draw.ref, draw.at, draw.item_id) for draw in list_of(Draw, loaded)] == [
        ("raffle-suzhou", None, None)
    ]


def test_load_keeps_local_times_as_instants() -> None:
    loaded = load(second_fair())
    item = next(item for item in list_of(ProgrammeItem, loaded) if item.ref == "it-07")

    assert (item.starts_at.isoformat(), item.ends_at.isoformat()) == (
        "2026-05-01T15:30:00+00:00",
        "2026-05-01T16:30:00+00:00",
    )


def test_load_is_one_row_of_the_log() -> None:
    loaded = load(jinan())
    [entry] = list_history(loaded.event.id).entries

    assert (entry.actor, entry.verb, entry.thing) == ("system:test", "load", f"event:{loaded.event.id}")
    assert {change.field: change.after for change in entry.changes}["slug"] == "jinan-2025"
    assert entry.detail["records"]["booths"] == 36


def test_two_events_with_the_same_ids_share_nothing() -> None:
    first = load(jinan())
    other = jinan()
    other["event"]["id"] = "jinan-twin"
    second = load(other)
    other["booths"][0]["name_zh"] = "改名"
    other["zones"][0]["name_zh"] = "另一个区"

    load(other, replace=True)

    assert dump_event(first.event) == jinan()
    assert dump_event(second.event) == other
    for section in ALL.values():
        keys = [{row.id for row in list_rows(section, loaded.event)} for loaded in (first, second)]
        assert not keys[0] & keys[1]


def test_two_events_point_only_to_their_own_rows() -> None:
    load_jinan()
    load_second_fair()
    owned = [table for table in Base.metadata.sorted_tables if "event_id" in table.c]
    checked = 0
    for table in owned:
        for key in table.foreign_keys:
            if "event_id" in key.column.table.c:
                other = key.column.table.alias()
                strangers = select(func.count()).select_from(
                    table.join(other, key.parent == other.c[key.column.name])
                )
                assert db.session.scalar(strangers.where(table.c.event_id != other.c.event_id)) == 0
                checked += 1
    assert checked > 20


def test_events_are_listed_side_by_side() -> None:
    load_jinan()
    load_second_fair()

    assert [event.slug for event in list_events()] == ["suzhou-2026", "jinan-2025"]


def test_load_of_the_demo_event_takes_well_under_a_second() -> None:
    raw = DEMO_FILE.read_bytes()
    began = time.monotonic()

    load_event(ACTOR, read_event_file(raw), publish=True, now=NOW)

    assert time.monotonic() - began < 1


def test_dump_follows_what_people_changed() -> None:
    loaded = load(jinan())
    with atomic():
        next(zone for zone in list_of(Zone, loaded) if zone.code == "A").capacity = 950
    expected = jinan()
    expected["zones"][0]["capacity"] = 950

    assert dump_event(loaded.event) == expected
    assert load(expected).outcome is Outcome.IDENTICAL


def test_event_with_two_raffles_is_not_written_as_if_it_had_one() -> None:
    loaded = load(jinan())
    make_raffle(loaded.event, ref="raffle-second")

    with pytest.raises(Conflict, match="A file holds one “raffle” and the event has 2"):
        dump_event(loaded.event)


def test_clone_makes_a_draft_with_the_plan_and_no_row_in_common() -> None:
    first = load(second_fair())

    clone = clone_event(ACTOR, first.event, "suzhou-2027", start=date(2027, 4, 30), now=NOW)

    assert clone.status is EventStatus.DRAFT
    assert [day.date for day in clone.days] == [date(2027, 4, 30), date(2027, 5, 1)]
    assert dump_event(first.event) == second_fair()
    assert dump_event(clone)["programme"][6]["end_date"] == "2027-05-01"
    assert dump_event(clone)["agreements"] == []


def test_clone_refuses_a_slug_that_is_taken() -> None:
    first = load(second_fair())

    with pytest.raises(SlugTaken):
        clone_event(ACTOR, first.event, "suzhou-2026", start=date(2027, 4, 30), now=NOW)


@pytest.mark.parametrize(("slug", "start"), [("No Slug", date(2027, 1, 1)), ("next", date(2500, 1, 1))])
def test_clone_refuses_a_slug_or_date_that_no_event_can_have(slug: str, start: date, app: Flask) -> None:
    first = load(second_fair())

    with pytest.raises(BadEventFile):
        clone_event(ACTOR, first.event, slug, start=start, now=NOW)

    assert [event.slug for event in list_events()] == ["suzhou-2026"]


def list_of(model: Any, loaded: Loaded) -> Any:
    """Return the event's rows of a model, the oldest first."""
    return db.session.scalars(select(model).where(model.event_id == loaded.event.id).order_by(model.id)).all()
