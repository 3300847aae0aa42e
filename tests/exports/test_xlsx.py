"""The workbook: real dates and times, nothing that runs, and paper that can be read."""

import io
import zipfile
from datetime import datetime, time
from typing import Any

import openpyxl
import pytest

from eventsite.exports.writers.xlsx import write_xlsx
from tests.support.factories_programme import a_fair, a_programme, a_slot, a_snapshot, an_item

LONG = "“踏秋赏枫 醉游辽宁”辽宁秋季旅游主题推介活动启幕，欢迎各位游客朋友到场观看"
PROGRAMME = a_programme(
    an_item("pg-1", "10:00", "10:30", title_zh="=1+1", languages=("zh", "en")),
    an_item("pg-2", "11:10", "11:40", planned=a_slot("11:00", "11:30"), title_zh=LONG),
    an_item("pg-3", "23:40", "0:20", end_day=1, status="cancelled"),
    fair=a_fair(market_name_zh="辽宁&山东"),
)


def sheet(language: str = "zh") -> Any:
    data = write_xlsx(a_snapshot(PROGRAMME, number=3, live_revision=2), language)
    return openpyxl.load_workbook(io.BytesIO(data)).active


def cells(page: Any, row: int) -> dict[str, Any]:
    return {page.cell(1, n).value: page.cell(row, n).value for n in range(1, page.max_column + 1)}


def test_dates_and_times_are_real() -> None:
    page = sheet()
    first = cells(page, 2)

    assert (first["日期"], first["开始"], first["结束"], first["时长（分钟）"]) == (
        datetime(2025, 9, 6),  # noqa: DTZ001 - the format knows no zone
        time(10, 0),
        time(10, 30),
        30,
    )
    assert [page.cell(2, column).number_format for column in (1, 2, 3)] == ["yyyy-mm-dd", "hh:mm", "hh:mm"]


def test_an_end_on_another_day_has_its_date() -> None:
    page = sheet()

    assert cells(page, 4)["结束"] == datetime(2025, 9, 7, 0, 20)  # noqa: DTZ001 - as above
    assert page.cell(4, 3).number_format == "yyyy-mm-dd hh:mm"


def test_live_times_stand_beside_the_planned_ones() -> None:
    late, calm = cells(sheet(), 3), cells(sheet(), 2)

    assert (late["开始"], late["原定开始"], late["状态"]) == (time(11, 10), time(11, 0), "推迟")
    assert (calm["原定开始"], calm["状态"], calm["语言"]) == (None, "按计划", "zh、en")
    assert cells(sheet(), 4)["状态"] == "已取消"


def test_no_cell_is_a_formula() -> None:
    page = sheet()

    assert page.cell(2, 7).value == "=1+1"
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_paper_is_a4_across_with_heads_and_page_numbers() -> None:
    page = sheet()

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage  # one page wide, which is the default
    assert page.page_setup.fitToHeight == 0
    assert (page.print_title_rows, page.print_area) == ("$1:$1", f"'{page.title}'!$A$1:$N$4")
    assert page.oddFooter.left.text == "辽宁&&山东 · 节目单 · v3.2"
    assert page.oddFooter.right.text == "&P / &N"


def test_wrapped_rows_are_as_high_as_their_text_and_columns_as_wide() -> None:
    page = sheet()

    assert page.row_dimensions[2].height is None
    assert page.row_dimensions[3].height >= 30
    assert page.column_dimensions["A"].width >= 12


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    snapshot = a_snapshot(PROGRAMME)

    assert write_xlsx(snapshot, "zh") == write_xlsx(snapshot, "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_a_whole_file_in_both_languages(language: str) -> None:
    data = write_xlsx(a_snapshot(a_programme()), language)

    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
