"""What goes out comes back: into its own event unchanged, into an empty one with the same words and times."""

from dataclasses import replace
from typing import Any

import pytest

from eventsite.events.models import Event
from eventsite.exports.core.values import Both, Links, Snapshot
from eventsite.exports.formats import FORMATS
from eventsite.exports.queries import take_snapshot
from eventsite.imports.enums import Move
from eventsite.imports.operations import import_programme
from eventsite.imports.queries import plan_import, read_programme
from eventsite.imports.sheets import spoken
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.queries import get_release
from tests.support.factories import (
    make_delegation,
    make_event,
    make_item,
    make_stage,
    make_troupe,
    make_zone,
)
from tests.support.factories_programme import ORGANIZER, at, make_release

FILES = [
    *((form, language) for form in ("xml", "json", "v2.json", "csv") for language in ("zh", "en")),
    ("xlsx", "zh"),
]
LINKS = Links(home="https://x.example/", programme="https://x.example/p", calendar="https://x.example/p.ics")

pytestmark = pytest.mark.usefixtures("context")


def furnish(event: Event) -> tuple[Any, Any]:
    """Make a delegation and a zone, which no file brings."""
    lead = make_delegation(event, name_zh="大连展团", name_en="Dalian", city_zh="大连", city_en="Dalian")
    return lead, make_zone(event, code="A")


def make_full_fair() -> Event:
    """Make a released programme of all that files have to carry."""
    event = make_event(days=2)
    lead, zone = furnish(event)
    main = make_stage(event, zone=zone, code="S1", name_zh="主舞台", name_en="Main stage")
    small = make_stage(event, zone=zone, code="S2", name_zh="小舞台", name_en="Small stage")
    troupe = make_troupe(event, name_zh="皮影队", name_en="Puppeteers")

    def plan(start: str, end: str, **given: Any) -> ProgrammeItem:
        stage, end_day = given.pop("stage", main), given.pop("end_day", 0)
        return make_item(event, stage=stage, starts_at=at(start), ends_at=at(end, day=end_day), **given)

    plan("9:30", "10:00", title_zh="=启幕", title_en="Opening; “all”", kind="opening")
    plan("10:00", "10:45", title_zh="䶮㛃𬭎", title_en="Rare", troupe_id=troupe.id, delegation_id=lead.id)
    plan("10:00", "11:00", stage=small, title_zh="皮影戏", title_en="Shadow play", kind="heritage_demo")
    plan("11:00", "11:15", title_zh="休息", title_en="Break", kind="break", stage=small)
    plan("20:00", "20:30", title_zh="取消了", title_en="Called off", status="cancelled", notice_zh="下雨")
    plan(
        "23:40", "0:20", end_day=1, title_zh="夜场", title_en="Night", notice_zh="自带雨具", notice_en="Rain"
    )
    make_release(event)
    return event


def export(event: Event, form: str, language: str) -> bytes:
    view = get_release(event)
    return FORMATS[form].write(_plain(take_snapshot(view, LINKS, alone=True)), language)


def _plain(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot that does not name its event."""
    return replace(snapshot, slug="fair", title=Both("x", "x"), name=Both("x", "x"))


def read_again(event: Event, data: bytes) -> Any:
    return read_programme(data, timezone=event.timezone, translated=spoken())


def told(data: bytes, event: Event) -> list[Any]:
    """Return what a file says of its items, guids among it, without the ids that are its event's own."""
    items = read_again(event, data).items
    return [replace(item, ref="", place=None, key="") for item in items]


def test_our_own_files_change_nothing_in_their_own_event() -> None:
    event = make_full_fair()

    for form, language in FILES:
        diff = plan_import(event, read_again(event, export(event, form, language)))

        assert diff.faults == (), form
        assert [(step.item.title, dict(step.new)) for step in diff.steps if step.new] == [], form
        assert (diff.missing, diff.stages, diff.days, diff.troupes) == ((), (), (), ()), form
        assert len(diff.steps) == (5 if form in ("xml", "json") else 6), form


@pytest.mark.parametrize(("form", "language"), FILES)
def test_our_own_files_say_the_same_from_another_event(form: str, language: str) -> None:
    first = make_full_fair()
    out = export(first, form, language)
    second = make_event(days=2)
    furnish(second)

    diff = import_programme(ORGANIZER, second, read_again(second, out), sha256="0" * 64)
    make_release(second)

    assert set(diff.counts) == {Move.ADDED}
    assert told(export(second, form, language), second) == told(out, first)
