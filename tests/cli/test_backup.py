"""`flask backup`: the three commands after each other, and one clear line for bad input."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from eventsite.events.queries import list_events
from tests.support.factories import make_event


@pytest.fixture
def site(real_app: Flask, tmp_path: Path) -> Flask:
    """Open a site with an event, whose files lie in a folder of the test."""
    real_app.config.update(INSTANCE_DIR=str(tmp_path))
    with real_app.app_context():
        make_event(slug="fair-a")
    return real_app


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["backup", *arguments])


def test_backup_there_and_back(site: Flask, tmp_path: Path) -> None:
    made = run(site, "create")
    assert made.exit_code == 0
    assert f"Not in it: the keys in {site.config['KEYS_DIR']}" in made.output
    (file,) = (tmp_path / "backups").glob("*.sqlite")
    proved = run(site, "verify", str(file))
    assert (proved.exit_code, "was restored and is sound" in proved.output) == (0, True)
    refused = run(site, "restore", str(file))
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    with site.app_context():
        make_event(slug="fair-b")
    restored = run(site, "restore", str(file), "--replace")
    assert (restored.exit_code, "What was there is kept" in restored.output) == (0, True)
    with site.app_context():
        assert [event.slug for event in list_events()] == ["fair-a"]


def test_backup_goes_where_it_is_told(site: Flask, tmp_path: Path) -> None:
    assert run(site, "create", "--to", str(tmp_path / "elsewhere")).exit_code == 0
    assert len(list((tmp_path / "elsewhere").glob("*.sqlite"))) == 1


@pytest.mark.parametrize("command", ["verify", "restore"])
def test_file_that_is_no_backup_is_one_line(site: Flask, tmp_path: Path, command: str) -> None:
    junk = tmp_path / "junk.sqlite"
    junk.write_bytes(b"junk")
    result = run(site, command, str(junk))
    assert (result.exit_code, result.output) == (
        1,
        "Error: There is no manifest junk.json beside the backup.\n",
    )


def test_folder_that_cannot_be_made_is_one_line(site: Flask, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    result = run(site, "create", "--to", str(file / "backups"))
    assert (result.exit_code, result.output) == (1, f"Error: {file / 'backups'}: Not a directory\n")
