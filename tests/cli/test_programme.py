"""`flask programme …`: one clear line for bad input, and files as the site gives them."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from eventsite.events.queries import get_event
from eventsite.exports.formats import FORMATS
from eventsite.programme.queries import list_releases
from tests.support.factories import make_event
from tests.support.factories_programme import make_acts
from tests.support.isolation import PageClient


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with a draft."""
    with app.app_context():
        make_acts(make_event(slug="fair-a"), 2)


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["programme", *arguments])


def test_release_says_which_version_it_is(app: Flask, fair: None) -> None:
    result = run(app, "release", "fair-a", "--note", "首版")

    assert (result.exit_code, result.output.startswith("Version 1 of fair-a is released")) == (0, True)
    with app.app_context():
        (release,) = list_releases(get_event("fair-a"))
        assert (release.note, release.released_by) == ("首版", "")


def test_release_of_what_is_released_is_refused_in_one_line(app: Flask, fair: None) -> None:
    run(app, "release", "fair-a", "--note", "首版")

    result = run(app, "release", "fair-a", "--note", "再版")

    assert (result.exit_code, result.output) == (1, "Error: There is nothing new since version 1.\n")


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"pdf"}))
def test_export_writes_what_the_site_serves(
    app: Flask, fair: None, client: PageClient, tmp_path: Path, form: str
) -> None:
    run(app, "release", "fair-a", "--note", "首版")
    file = tmp_path / f"out.{form}"

    result = run(app, "export", "fair-a", form, "-o", str(file))

    assert (result.exit_code, result.output) == (0, "")
    assert file.read_bytes() == client.get(f"/e/fair-a/programme.{form}").data
    assert run(app, "export", "fair-a", form).stdout_bytes == file.read_bytes()


def test_export_of_a_version_and_a_language(app: Flask, fair: None, client: PageClient) -> None:
    run(app, "release", "fair-a", "--note", "首版")

    result = run(app, "export", "fair-a", "csv", "--version", "1", "--lang", "en")

    assert result.stdout_bytes == client.get("/e/fair-a/programme.csv?v=1&lang=en").data


def test_export_of_a_part_and_of_another_arrangement(app: Flask, fair: None, client: PageClient) -> None:
    run(app, "release", "fair-a", "--note", "首版")

    part = run(app, "export", "fair-a", "ics", "--day", "2025-09-06")
    paper = run(app, "export", "fair-a", "pdf", "--version", "1", "--by", "stage")

    assert part.stdout_bytes == client.get("/e/fair-a/programme.ics?day=2025-09-06").data
    assert paper.stdout_bytes == client.get("/e/fair-a/programme.pdf?v=1&by=stage").data


@pytest.mark.parametrize(
    "arguments", [("ics", "--stage", "X9"), ("ics", "--day", "x"), ("csv", "--by", "stage")]
)
def test_a_part_that_is_not_there_is_refused(app: Flask, fair: None, arguments: tuple[str, ...]) -> None:
    run(app, "release", "fair-a", "--note", "首版")

    result = run(app, "export", "fair-a", *arguments)

    assert (result.exit_code, result.output.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "nowhere", "ics"), "There is no event"),
        (("export", "fair-a", "ics"), "has not been released yet"),
        (("export", "fair-a", "ics", "--version", "9"), "There is no version 9"),
        (("export", "fair-a", "doc"), "'doc' is not one of"),
        (("release", "fair-a"), "Missing option '--note'"),
    ],
)
def test_bad_input_is_refused_with_one_reason(app: Flask, fair: None, arguments, words: str) -> None:
    result = run(app, *arguments)

    assert result.exit_code != 0
    assert words in result.output
    assert "Traceback" not in result.output


def test_export_to_a_place_that_is_not_there(app: Flask, fair: None, tmp_path: Path) -> None:
    run(app, "release", "fair-a", "--note", "首版")

    result = run(app, "export", "fair-a", "ics", "-o", str(tmp_path / "no" / "out.ics"))

    assert (result.exit_code, "cannot be written" in result.output) == (1, True)
