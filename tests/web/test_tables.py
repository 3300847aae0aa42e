"""Lists as files: cells of their own kind, words in the reader's language, times of the event's clock."""

import io
from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import openpyxl
from flask import Flask

from eventsite.kernel.words import N_
from eventsite.web.tables import Table, TableColumn, table_file

EVENT = SimpleNamespace(
    zone=ZoneInfo("Asia/Shanghai"), market_name_zh="辽宁文旅市集", market_name_en="Market"
)
TABLE = Table(
    N_("Booths"),
    (
        TableColumn(N_("Code"), "code"),
        TableColumn(N_("Zone"), "zone.code"),
        TableColumn(N_("Status"), "status", {"confirmed": N_("Confirmed")}),
        TableColumn(N_("Date"), "day"),
        TableColumn(N_("Recorded"), "at"),
        TableColumn(N_("Open flame"), "flame"),
        TableColumn(N_("Total"), from_page=lambda row, page: page["sums"][row.code]),
    ),
)
ROW = SimpleNamespace(
    code="=A-01",
    zone=None,
    status="confirmed",
    day=date(2025, 9, 6),
    at=datetime(2025, 9, 6, 2, 20, tzinfo=UTC),
    flame=True,
)


def made(app: Flask, ending: str, *rows: object) -> bytes:
    with app.test_request_context("/?lang=zh"):
        answer = table_file(TABLE, rows, ending=ending, event=EVENT, page={"sums": {"=A-01": 2.5}})
        assert "%E5%B1%95%E4%BD%8D" in answer.headers["Content-Disposition"]
        return answer.data


def test_workbook_holds_values_of_their_kind(app: Flask) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made(app, "xlsx", ROW))).worksheets[0]
    heads, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert heads[0] == "编号"
    assert row[:3] == ["=A-01", None, "已确认"]
    assert row[3:5] == [datetime(2025, 9, 6), datetime(2025, 9, 6, 10, 20)]  # noqa: DTZ001 - Jinan's clock
    assert row[5:] == ["是", 2.5]
    assert sheet["A2"].data_type == "s"


def test_csv_is_defused_and_an_empty_list_has_its_heads(app: Flask) -> None:
    row = made(app, "csv", ROW).decode("utf-8-sig").split("\r\n")[1]
    assert row.startswith('"\'=A-01","","已确认","2025-09-06","2025-09-06 10:20"')
    assert made(app, "csv").decode("utf-8-sig").startswith('"编号"')
