"""Manifests: what is written comes back, and nonsense is refused by name."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eventsite.backups.core import (
    DAILY,
    Contents,
    Manifest,
    backup_name,
    differences,
    read_manifest,
    write_manifest,
)
from eventsite.backups.errors import BadBackup

CONTENTS = Contents(rows={"booth": 30, "event": 1}, knot=7, knot_hash="ab" * 32)
MANIFEST = Manifest(
    made_at="2025-09-06T02:20:00+00:00",
    database="sqlite",
    file="site-20250906T022000Z.sqlite",
    size=4096,
    sha256="cd" * 32,
    contents=CONTENTS,
)


def test_manifest_comes_back() -> None:
    assert read_manifest(write_manifest(MANIFEST)) == MANIFEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "eventsite-backup/2"}',
        '{"format": "eventsite-backup/1"}',
        write_manifest(MANIFEST).replace('"rows"', '"lines"'),
        write_manifest(MANIFEST).replace('"size"', '"weight"'),
    ],
)
def test_nonsense_is_no_manifest(text: str) -> None:
    with pytest.raises(BadBackup):
        read_manifest(text)


def test_names_of_a_kind_sort_by_time() -> None:
    assert backup_name(DAILY, datetime(2025, 9, 6, 2, 20, tzinfo=UTC), ".sqlite") == MANIFEST.file


def test_equal_contents_do_not_differ() -> None:
    assert differences(CONTENTS, CONTENTS) == []


def test_every_difference_is_named() -> None:
    found = replace(CONTENTS, rows={"booth": 29, "zone": 6}, knot=6)
    assert differences(CONTENTS, found) == [
        "table booth: 29 rows instead of 30",
        "table event: 0 rows instead of 1",
        "table zone: 6 rows instead of 0",
        "the audit log ends with knot 6 instead of knot 7",
    ]
