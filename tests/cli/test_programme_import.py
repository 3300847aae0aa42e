"""`flask programme import`: all or nothing, one clear line, and a dry run that changes nothing."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from eventsite.events.queries import get_event
from eventsite.programme.queries import read_draft
from tests.support.factories import make_event, make_stage, make_zone
from tests.support.factories_programme import make_acts
from tests.support.schedules import v1, v1_event, xml, xml_event


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with two items on its stage."""
    with app.app_context():
        event = make_event(slug="fair-a")
        stage = make_stage(event, zone=make_zone(event), code="S1", name_zh="主舞台")
        make_acts(event, 2, stage=stage)


def run(app: Flask, tmp_path: Path, data: bytes, *options: str, slug: str = "fair-a") -> Result:
    file = tmp_path / "file.bin"
    file.write_bytes(data)
    return app.test_cli_runner().invoke(args=["programme", "import", slug, str(file), *options])


def titles(app: Flask) -> list[str]:
    with app.app_context():
        return [item.title_zh for item in read_draft(get_event("fair-a")).items]


def test_a_dry_run_prints_the_diff_and_changes_nothing(app: Flask, fair: None, tmp_path: Path) -> None:
    before = titles(app)
    result = run(app, tmp_path, v1(v1_event(guid="")), "--dry-run")

    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "+ Opening: 2025-09-06 10:00, 30 min, Saal 1"
    assert [line for line in lines if line.startswith("- ")] == [
        f"- {title}: not in the file" for title in before
    ]
    assert "+ stage S2 Saal 1" in lines
    assert lines[-2] == "! the file: Items without a guid: 1. They are matched by title and start."
    assert lines[-1].startswith("1 added, 0 moved, 0 reworded, 0 dropped, 0 unchanged. Nothing is changed")
    assert titles(app) == before


def test_a_file_is_taken_and_moves_are_told_old_and_new(app: Flask, fair: None, tmp_path: Path) -> None:
    before = titles(app)
    result = run(app, tmp_path, v1(v1_event()))
    assert (result.exit_code, result.output) == (
        0,
        "1 added, 0 moved, 0 reworded, 0 dropped, 0 unchanged. The draft of fair-a has them now.\n",
    )
    assert titles(app) == [*before, "Opening"]

    moved = run(app, tmp_path, v1(v1_event(date="2025-09-06T11:15:00+08:00")), "--dry-run")
    assert moved.output.splitlines()[0] == "> Opening: start 2025-09-06 10:00 → 2025-09-06 11:15"


def test_items_are_dropped_only_when_asked_for(app: Flask, fair: None, tmp_path: Path) -> None:
    result = run(app, tmp_path, v1(v1_event()), "--drop")
    assert result.exit_code == 0
    assert titles(app) == ["Opening"]


TWICE = "“29aecfd7-2e44-4f49-ab86-29b5e0877325” stands twice: “Opening” has it too."
ROOM = '$.schedule.conference.days[0].rooms["Saal 1"]'


def rows(*lines: str) -> bytes:
    return "\n".join(["日期,开始,结束,节目", *lines]).encode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (v1(v1_event(), v1_event(title="Twin")), f"{ROOM}[1]: The guid {TWICE}"),
        (xml(xml_event(duration="-0:30")), "line 9: A length cannot be negative: “-0:30”."),
        (rows("2025-09-06,10:00,10:30,"), "row 2, title_zh: It has no title."),
        (rows("2025-09-06,later,10:30,x"), "row 2, start: “2025-09-06 later” is no start."),
    ],
)
def test_a_fault_is_named_in_its_place_and_nothing_is_taken(
    app: Flask, fair: None, tmp_path: Path, data: bytes, told: str
) -> None:
    before = titles(app)
    for options in ((), ("--dry-run",)):
        result = run(app, tmp_path, data, *options)
        assert (result.exit_code, result.output) == (1, f"Error: {told} Nothing is changed.\n")
    assert titles(app) == before


def test_several_faults_stand_on_lines_of_their_own(app: Flask, fair: None, tmp_path: Path) -> None:
    result = run(app, tmp_path, rows("2025-09-06,10:00,10:30,", "2025-09-06,10:00,9,x"))
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "row 2, title_zh: It has no title.",
        "row 3, end: “9” is no end.",
        "Error: file.bin has 2 faults. Nothing is changed.",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Error: This file is empty."),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><schedule/>", "Error: Line 1: this XML declares a document type"),
        (b'{"a": NaN}', "Error: $.a: “NaN” is no number that can be read."),
        (b"BEGIN:VCALENDAR", "Error: This is a calendar"),
        (b"a,b\n1,2\n", "Error: No head of a column is known."),
        ("节目,日期\nx,2025-09-06\n".encode(), "Error: Row 1: no column of starts."),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    app: Flask, fair: None, tmp_path: Path, data: bytes, told: str
) -> None:
    result = run(app, tmp_path, data)
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert line.startswith(told)


def test_an_event_or_a_file_that_is_not_there(app: Flask, fair: None, tmp_path: Path) -> None:
    assert run(app, tmp_path, v1(), slug="nowhere").exit_code == 1
    missing = app.test_cli_runner().invoke(args=["programme", "import", "fair-a", str(tmp_path / "no")])
    assert missing.exit_code == 2
    assert "does not exist" in missing.output
