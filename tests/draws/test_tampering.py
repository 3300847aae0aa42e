"""Any change in the files of a draw is named by `flask draw verify` and stops the citizen's script."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventsite.draws import operations as acts
from tests.support.factories import NOW
from tests.support.factories_draws import ANN, DIGITS, MORE_DIGITS, make_draws, redraw, run
from tests.support.isolation import PageClient

Record = dict[str, Any]
Change = Callable[[Record, list[str]], None]


def entry_changed(record: Record, lines: list[str]) -> None:
    lines[0] = "AAAAAAAAAA" + lines[0][10:]


def entry_added(record: Record, lines: list[str]) -> None:
    lines.append("ZZZZZZZZZZ,1")


def entry_dropped(record: Record, lines: list[str]) -> None:
    lines.pop()


def weight_changed(record: Record, lines: list[str]) -> None:
    lines[0] = lines[0][:10] + ",2"


def rule_changed(record: Record, lines: list[str]) -> None:
    record["rules"]["contact"] = "别处"


def nonce_changed(record: Record, lines: list[str]) -> None:
    record["rounds"][0]["reveals"][0] = "another"


def nonce_left_out(record: Record, lines: list[str]) -> None:
    record["rounds"][0]["reveals"][0] = None


def digit_changed(record: Record, lines: list[str]) -> None:
    record["rounds"][0]["values"] = [DIGITS[:-1] + "5"]


def redraw_digit_changed(record: Record, lines: list[str]) -> None:
    record["rounds"][1]["values"] = [MORE_DIGITS[:-1] + "4"]


def winner_swapped(record: Record, lines: list[str]) -> None:
    winners = record["rounds"][0]["winners"]
    winners[0]["entry"], winners[1]["entry"] = winners[1]["entry"], winners[0]["entry"]


def outcome_changed(record: Record, lines: list[str]) -> None:
    record["outcome"][0]["entry"] = lines[0][:10] if lines[0][:10] != record["outcome"][0]["entry"] else None


def unclaimed_changed(record: Record, lines: list[str]) -> None:
    record["rounds"][1]["unclaimed"] = [record["outcome"][0]["prize"]]


def freeze_changed(record: Record, lines: list[str]) -> None:
    record["freeze"]["frozen_at"] = "2025-09-06T03:00:00Z"


CHANGES: dict[Change, str] = {
    entry_changed: "entry",
    entry_added: "entry",
    entry_dropped: "entry",
    weight_changed: "weight",
    rule_changed: "rules",
    nonce_changed: "nonce",
    nonce_left_out: "value",
    digit_changed: "value",
    redraw_digit_changed: "value",
    winner_swapped: "winner",
    outcome_changed: "winner",
    unclaimed_changed: "unclaimed",
    freeze_changed: "freeze",
}


@pytest.fixture
def files(app: Flask, context: None, tmp_path: Path) -> Path:
    """Publish a draw with a redraw, and save its three files as a citizen does."""
    event, (draw,) = make_draws(people=9, prizes=3)
    redraw(event, draw, [run(event, draw)[1].slot])
    acts.publish_draw(ANN, event, draw.ref, now=NOW)
    client = app.test_client()
    assert isinstance(client, PageClient)
    for name in ("record.json", "entries.csv", "verify.py"):
        (tmp_path / name).write_bytes(client.get(f"/e/{event.slug}/draws/{draw.ref}/{name}").data)
    return tmp_path


def script(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "verify.py", "record.json", "entries.csv"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def command(app: Flask, folder: Path) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(
        args=["draw", "verify", str(folder / "record.json"), str(folder / "entries.csv")]
    )
    return result.exit_code, result.output


def test_files_as_they_were_served_agree(app: Flask, files: Path) -> None:
    assert script(files).returncode == 0
    code, said = command(app, files)
    assert code == 0, said
    assert "All agrees" in said


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_change_is_caught_and_named(app: Flask, files: Path, change: Change) -> None:
    record = json.loads((files / "record.json").read_text())
    lines = (files / "entries.csv").read_text().splitlines()
    change(record, lines)
    (files / "record.json").write_text(json.dumps(record, ensure_ascii=False))
    (files / "entries.csv").write_text("".join(f"{line}\n" for line in lines))
    result = script(files)
    assert result.returncode == 1
    assert "FAIL" in result.stdout
    code, said = command(app, files)
    assert code == 1
    assert f"{CHANGES[change]}: " in said


@pytest.mark.parametrize("junk", [b"", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"scheme": "fairdraw/1"}'])
def test_junk_is_refused_in_one_line(app: Flask, files: Path, junk: bytes) -> None:
    (files / "record.json").write_bytes(junk)
    code, said = command(app, files)
    assert code == 1
    assert "Traceback" not in said
