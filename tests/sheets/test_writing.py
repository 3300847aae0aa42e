"""What people take away: real types, nothing that runs, and the same values when it is read again."""

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl

from eventsite.sheets.columns import Column, Kind
from eventsite.sheets.reading import read_rows
from eventsite.sheets.writing import Notes, separated, workbook

COLUMNS = (
    Column(name="code", title="编号", required=True),
    Column(name="name", title="名称"),
    Column(name="power", title="功率", kind=Kind.NUMBER, least=-9),
    Column(name="flame", title="明火", kind=Kind.YES_NO, words={"yes": "是", "no": "否"}),
    Column(name="day", title="日期", kind=Kind.DATE),
    Column(name="at", title="时刻", kind=Kind.TIME),
    Column(name="when", title="时间", kind=Kind.MOMENT),
    Column(name="things", title="电器", kind=Kind.LIST),
    Column(name="category", title="类别", words={"food": "美食", "folk": "民俗"}, open=True),
)
NOON = datetime(2025, 9, 6, 12, 5)  # noqa: DTZ001 - a sheet's own clock
ROWS: list[list[Any]] = [
    ["A-01", '=HYPERLINK("http://x")', 2.5, True, date(2025, 9, 6), time(9, 5), NOON, ("冰柜", "炉"), "food"],
    ["A-02", "䶮㛃𬭎🎉 '=x +1 @y", -3.0, False, None, None, None, ("面包，现烤",), "tea_room"],
    ["007", "'quoted'\nline", 0.0, False, None, None, None, None, "folk"],
]
NOTES = Notes(title="说明", lines=("请保留第一行。",), heads=("列", "填写", "可选"), required="必填。")


def test_both_kinds_come_back_exactly() -> None:
    for made, name in ((workbook("展位", COLUMNS, ROWS), "t.xlsx"), (separated(COLUMNS, ROWS), "t.csv")):
        sheet = read_rows(made, name, columns=COLUMNS)
        assert sheet.faults == ()
        assert [list(row.values.values()) for row in sheet.rows] == ROWS


def test_workbook_holds_real_types_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook("展位", COLUMNS, ROWS))).worksheets[0]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "s", "d", "d", "d", "s", "s"]
    assert sheet["B2"].value == ROWS[0][1]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["C"].width
    assert sheet.page_setup.orientation == "landscape"


def test_csv_is_for_spreadsheets_and_defused() -> None:
    made = separated(COLUMNS, ROWS)
    assert made.startswith(b"\xef\xbb\xbf")
    lines = made.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith('"编号 *","名称"')
    assert "\"'=HYPERLINK(" in lines[1]
    assert '"-3"' in lines[2]


def test_template_offers_the_words_of_a_vocabulary() -> None:
    made = openpyxl.load_workbook(io.BytesIO(workbook("展位", COLUMNS, [], notes=NOTES)))
    rules = made.worksheets[0].data_validations.dataValidation
    assert [(str(rule.sqref), rule.errorStyle) for rule in rules] == [
        ("D2:D10001", None),
        ("I2:I10001", "warning"),
    ]
    notes = made["说明"]
    source = rules[1].formula1.split("!")[1].replace("$", "")
    assert [cell.value for row in notes[source] for cell in row] == ["美食", "民俗"]


def test_same_rows_give_the_same_bytes() -> None:
    assert workbook("展位", COLUMNS, ROWS) == workbook("展位", COLUMNS, ROWS)


def test_a_title_that_no_sheet_may_have_is_made_fit() -> None:
    assert openpyxl.load_workbook(io.BytesIO(workbook("a/b:[c]" * 9, COLUMNS, []))).sheetnames
