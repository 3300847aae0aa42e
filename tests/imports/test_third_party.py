"""Schedules that others published, as they are; told by name where they are not at hand."""

from collections import Counter
from pathlib import Path

import pytest

from eventsite.imports.core.values import ReadProgramme
from eventsite.imports.enums import Move
from eventsite.imports.operations import import_programme
from eventsite.imports.queries import plan_import
from eventsite.programme.queries import read_draft
from tests.support.factories import make_event
from tests.support.factories_programme import ORGANIZER
from tests.support.schedules import read

FOLDER = Path(__file__).resolve().parents[3] / "shared/data/third-party/schedules"
FILES = {
    "31c3.xml": ("schedule.xml", 138, 4, 4),
    "pretalx-democon.json": ("schedule.json", 36, 2, 3),
    "hub-schedule2.json": ("Schedule v2", 2, 2, 2),
    "2023-session.json": ("session.json", 352, 26, 2),
}


def open_file(name: str) -> ReadProgramme:
    """Read one of the files, or say by name that it is not at hand."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"not at hand: {path}")
    return read(path.read_bytes())


@pytest.mark.parametrize("name", list(FILES))
def test_every_item_is_read(name: str) -> None:
    form, items, rooms, _ = FILES[name]
    programme = open_file(name)

    assert (programme.form, len(programme.items), len(programme.rooms)) == (form, items, rooms)
    assert programme.faults == ()
    assert all(item.title and item.room and item.guid for item in programme.items)


def test_guids_that_are_no_uuids_are_counted() -> None:
    told = [str(finding) for finding in open_file("31c3.xml").findings]
    assert told == ["the file: Guids that are no UUIDs: 112. They are kept as they are."]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("name", list(FILES))
def test_a_file_is_taken_once_and_then_changes_nothing(name: str) -> None:
    _, items, rooms, days = FILES[name]
    programme, event = open_file(name), make_event(days=0)

    diff = import_programme(ORGANIZER, event, programme, sha256="0" * 64)

    assert (diff.counts, len(diff.stages), len(diff.days)) == (Counter({Move.ADDED: items}), rooms, days)
    draft = read_draft(event)
    assert len(draft.items) == items
    assert {str(item.uuid) for item in draft.items if len(item.foreign_guid or "") == 36} == {
        item.guid for item in programme.items if len(item.guid) == 36
    }
    assert plan_import(event, programme).counts == Counter({Move.SAME: items})
