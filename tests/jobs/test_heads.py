"""Audit heads: written once, read back, and only what the site's keys have signed counts."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from eventsite.audit.core import TiedKnot
from eventsite.jobs.heads import origin_of, read_heads, write_head
from eventsite.kernel.tokens import Keyring
from eventsite.signing.core import public_key

RING = Keyring({1: bytes(range(32))}, 1)
KEYS = [public_key(RING.keys[1])]
KNOT = TiedKnot(n=42, at=datetime(2025, 9, 6, 2, 21, tzinfo=UTC), hash="ab" * 32)


def put(folder: Path, knot: TiedKnot = KNOT) -> Path:
    return write_head(folder, knot, origin=origin_of("https://fair.example"), keyring=RING)


def test_head_reads_as_a_checkpoint(tmp_path: Path) -> None:
    lines = put(tmp_path).read_text("utf-8").splitlines()
    assert lines[:5] == [
        "fair.example/audit",
        "42",
        "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=",
        "2025-09-06T02:21:00+00:00",
        "",
    ]
    assert lines[5].startswith("\u2014 fair.example/audit ")


def test_heads_come_back_as_knots(tmp_path: Path) -> None:
    later = replace(KNOT, n=43, hash="cd" * 32)
    put(tmp_path, later)
    put(tmp_path)
    assert [head.knot for head in read_heads(tmp_path, KEYS)] == [KNOT, later]


def test_second_writing_changes_nothing(tmp_path: Path) -> None:
    first = put(tmp_path)
    before = first.stat().st_mtime_ns
    assert put(tmp_path) == first
    assert [(path, path.stat().st_mtime_ns) for path in tmp_path.iterdir()] == [(first, before)]


def test_another_knot_of_the_same_number_stands_beside_the_first(tmp_path: Path) -> None:
    put(tmp_path)
    put(tmp_path, replace(KNOT, hash="cd" * 32))
    assert len(list(read_heads(tmp_path, KEYS))) == 2


def test_changed_head_is_no_knot(tmp_path: Path) -> None:
    path = put(tmp_path)
    path.write_text(path.read_text("utf-8").replace("42", "41", 1), "utf-8")
    assert [head.knot for head in read_heads(tmp_path, KEYS)] == [None]


def test_folder_that_is_not_there_has_no_heads(tmp_path: Path) -> None:
    assert list(read_heads(tmp_path / "none", KEYS)) == []
