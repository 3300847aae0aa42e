"""`flask event`: one clear line, every fault above it, and a status that scripts can trust."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from eventsite.cli.events import event
from eventsite.eventfile.mapping.schema import DEMO_FILE
from eventsite.eventfile.queries import dump_event
from eventsite.events.enums import EventStatus
from eventsite.events.queries import find_event, get_event, list_events
from tests.support.eventfiles import SECOND_FAIR, jinan, second_fair


@pytest.fixture
def run(app: Flask) -> Any:
    """Return a function that runs `flask event …`."""
    runner = app.test_cli_runner()

    def call(*words: str, **given: Any) -> Result:
        return runner.invoke(event, list(words), **given)

    return call


@pytest.fixture
def spoiled(tmp_path: Path) -> str:
    """Return a file with two faults."""
    tree = jinan()
    tree["booths"][3]["power_kw"] = "much"
    tree["faq"][0]["id"] = "fq-02"
    path = tmp_path / "spoiled.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return str(path)


def test_load_says_what_it_did(run: Any, app: Flask) -> None:
    first, again = run("load", str(DEMO_FILE)), run("load", str(DEMO_FILE))

    assert (first.exit_code, first.output) == (0, "jinan-2025 is loaded.\n")
    assert (again.exit_code, again.output) == (
        0,
        "jinan-2025 is there already and the same; nothing to do.\n",
    )
    with app.app_context():
        assert get_event("jinan-2025").status is EventStatus.PUBLISHED


def test_load_leaves_a_draft_outside_of_a_demo_site(run: Any, app: Flask) -> None:
    app.config["DEMO"] = False
    try:
        run("load", str(DEMO_FILE))
    finally:
        app.config["DEMO"] = True

    with app.app_context():
        assert get_event("jinan-2025").status is EventStatus.DRAFT


def test_load_reads_standard_input(run: Any) -> None:
    assert run("load", "-", input=SECOND_FAIR.read_bytes()).output == "suzhou-2026 is loaded.\n"


def test_load_of_a_bad_file_names_every_fault_and_changes_nothing(run: Any, app: Flask, spoiled: str) -> None:
    result = run("load", spoiled)

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "$.booths[3].power_kw: This is string where number belongs.",
        "$.faq[1].id: “fq-02” is also the id of $.faq[0].",
        "Error: The event file has faults: 2. Nothing was changed.",
    ]
    with app.app_context():
        assert list_events() == []


def test_load_of_a_different_file_shows_the_differences(run: Any, tmp_path: Path) -> None:
    run("load", str(DEMO_FILE))
    tree = jinan()
    tree["zones"][0]["capacity"] = 950
    path = tmp_path / "other.json"
    path.write_text(json.dumps(tree), encoding="utf-8")

    refused, replaced = run("load", str(path)), run("load", "--replace", str(path))

    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        "$.zones[0].capacity (zone-wan): 900 → 950",
        "Error: The event “jinan-2025” differs from the file in 1 places. Nothing was changed.",
    ]
    assert (replaced.exit_code, replaced.output) == (0, "jinan-2025 is replaced; places that changed: 1.\n")


@pytest.mark.parametrize("raw", [b"", b"[" * 100_000, b"\xff", b"{}", b"x" * 50 * 1024 * 1024])
def test_load_of_junk_is_refused_in_plain_words(run: Any, raw: bytes) -> None:
    result = run("load", "-", input=raw)

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("Error: The event file has faults: ")
    assert "Traceback" not in result.output


def test_load_of_a_file_that_is_not_there(run: Any) -> None:
    assert run("load", "/nowhere/file.json").exit_code == 2


def test_dump_writes_the_file_back(run: Any) -> None:
    run("load", str(SECOND_FAIR))

    result = run("dump", "suzhou-2026")

    assert (result.exit_code, json.loads(result.stdout)) == (0, second_fair())
    assert "四方街" in result.stdout


def test_clone_makes_a_draft(run: Any, app: Flask) -> None:
    run("load", str(SECOND_FAIR))

    result = run("clone", "suzhou-2026", "suzhou-2027", "--start", "2027-04-30")

    assert (result.exit_code, result.output) == (0, "suzhou-2027 is a draft.\n")
    with app.app_context():
        assert dump_event(get_event("suzhou-2027"))["event"]["days"][0]["date"] == "2027-04-30"


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        (("dump", "nowhere"), 1, "Error: There is no event “nowhere”."),
        (("clone", "nowhere", "x", "--start", "2027-01-01"), 1, "Error: There is no event “nowhere”."),
        (
            ("clone", "suzhou-2026", "suzhou-2026", "--start", "2027-01-01"),
            1,
            "Error: There is already an event “suzhou-2026”.",
        ),
        (
            ("clone", "suzhou-2026", "No", "--start", "2027-01-01"),
            1,
            "Error: The event file has faults: 1. Nothing was changed.",
        ),
        (
            ("clone", "suzhou-2026", "x", "--start", "soon"),
            2,
            "Error: Invalid value for '--start': 'soon' does not match the format '%Y-%m-%d'.",
        ),
    ],
)
def test_bad_input_ends_in_one_line(
    run: Any, app: Flask, words: tuple[str, ...], status: int, line: str
) -> None:
    run("load", str(SECOND_FAIR))

    result = run(*words)

    assert (result.exit_code, result.stderr.splitlines()[-1]) == (status, line)
    with app.app_context():
        assert find_event("suzhou-2026") is not None
        assert len(list_events()) == 1
