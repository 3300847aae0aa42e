"""The table: as spreadsheets need it, and never run by one."""

import csv
import io

import pytest

from eventsite.exports.writers.csv import write_csv
from tests.support.factories_programme import a_programme, a_snapshot, an_item


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_table_has_bom_crlf_and_quotes_everywhere():
    data = write_csv(a_snapshot(a_programme(an_item("pg-1"))), "zh")

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 2
    assert all(line.startswith('"') and line.endswith('"') for line in data.decode("utf-8-sig").splitlines())


def test_the_same_snapshot_gives_the_same_bytes():
    snapshot = a_snapshot(a_programme(an_item("pg-1")))

    assert write_csv(snapshot, "zh") == write_csv(snapshot, "zh")


def test_times_are_the_venues_and_the_night_names_its_day():
    night = an_item("pg-1", "23:40", "0:20", end_day=1)

    (_, row) = rows(write_csv(a_snapshot(a_programme(night)), "zh"))

    assert row[:3] == ["2025-09-06", "23:40", "2025-09-07 00:20"]


def test_a_cancelled_item_stays_with_its_state():
    (_, row) = rows(write_csv(a_snapshot(a_programme(an_item("pg-1", status="cancelled"))), "zh"))

    assert "已取消" in row


RUNNABLE = ("=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", "\n=1", "  =1")


@pytest.mark.parametrize("title", RUNNABLE)
def test_no_cell_can_be_run(title: str) -> None:
    (_, row) = rows(write_csv(a_snapshot(a_programme(an_item("pg-1", title_zh=title))), "zh"))

    assert row[6] == f"'{title}"


def test_english_has_english_heads_and_names():
    head, row = rows(write_csv(a_snapshot(a_programme(an_item("pg-1"))), "en"))

    assert (head[0], row[4]) == ("Date", "Main stage S1")
