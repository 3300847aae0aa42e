"""What people upload: told apart by its bytes, read as it was meant, each fault named by row and column."""

from datetime import date, datetime, time
from typing import Any

import pytest

from eventsite.kernel.archives import BadArchive
from eventsite.kernel.confined import Crashed
from eventsite.kernel.errors import DomainError
from eventsite.sheets import words
from eventsite.sheets.cells import Wrong, read_cell
from eventsite.sheets.columns import Column, Kind
from eventsite.sheets.errors import Fault, NoTable
from eventsite.sheets.limits import MOST_BYTES, MOST_ROWS
from eventsite.sheets.reading import Sheet, read_rows
from tests.support.workbooks import bomb, book, with_entry

CODE = Column(name="code", title="展位编号", titles=("Booth code",), required=True, longest=20)
NAME = Column(name="name", title="名称", titles=("Name",))
POWER = Column(name="power", title="功率（kW）", titles=("Power (kW)",), kind=Kind.NUMBER, most=1000)
COLUMNS = (CODE, NAME, POWER)
RARE = "䶮㛃𬭎🎉👩‍👩‍👧"


def read(rows: list[list[Any]], *columns: Column, **more: Any) -> Sheet:
    return read_rows(book(rows, **more), "t.xlsx", columns=columns or COLUMNS)


def read_text(text: str, encoding: str = "utf-8") -> Sheet:
    return read_rows(text.encode(encoding), "t.csv", columns=COLUMNS)


def values(sheet: Sheet) -> list[list[Any]]:
    assert sheet.faults == ()
    return [list(row.values.values()) for row in sheet.rows]


def test_heads_are_known_in_both_languages_and_spellings() -> None:
    rows: list[list[Any]] = [["BOOTH  code *", "功率(kW)", "Remark"], ["A-01", 3, "x"]]
    sheet = read(rows)
    assert (sheet.columns, sheet.unknown) == (("code", "power"), ("Remark",))
    assert values(sheet) == [["A-01", 3.0]]


def test_rows_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    sheet = read([[], ["展位编号"], ["A-01"], [None, "  "], ["A-02"], [None], [None]])
    assert [(row.number, row.values["code"]) for row in sheet.rows] == [(3, "A-01"), (5, "A-02")]


def test_rare_characters_and_texts_like_formulas_come_back_exactly() -> None:
    assert values(read_text(f"展位编号,名称\nA-01,{RARE}\nA-02,=1+1\nA-03,'=1+1\n")) == [
        ["A-01", RARE],
        ["A-02", "=1+1"],
        ["A-03", "=1+1"],
    ]


def test_numbers_stored_as_text_and_text_stored_as_numbers_are_taken() -> None:
    sheet = read([["展位编号", "功率（kW）"], [101, "２.５"], [102.5, " 3 "]])
    assert values(sheet) == [["101", 2.5], ["102.5", 3.0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_taken_in_each_encoding_and_with_each_delimiter(encoding: str, delimiter: str) -> None:
    text = delimiter.join(["展位编号", "名称", '"功率（kW）"']) + "\r\n" + delimiter.join(["A-01", "䶮", "2"])
    assert values(read_text(text, encoding)) == [["A-01", "䶮", 2.0]]


def test_text_in_quotes_keeps_commas_and_lines() -> None:
    assert values(read_text('展位编号,名称\r\nA-01,"a,b\nc""d"\r\n')) == [["A-01", 'a,b\nc"d']]


def test_a_formula_is_named_and_not_run() -> None:
    sheet = read([["展位编号", "功率（kW）"], ["A-01", "=1+1"], ["A-02", 3]])
    assert sheet.faults == (Fault(row=2, column="功率（kW）", message=words.FORMULA),)
    assert [row.values["code"] for row in sheet.rows] == ["A-02"]


def test_every_fault_is_named_by_row_and_column() -> None:
    sheet = read([["展位编号", "功率（kW）"], ["", "viel"], ["x" * 21, -1], ["A-03", True], ["A-04", "nan"]])
    assert [(fault.row, fault.column, fault.message) for fault in sheet.faults] == [
        (2, "展位编号", words.REQUIRED),
        (2, "功率（kW）", words.NO_NUMBER),
        (3, "展位编号", words.TOO_LONG),
        (3, "功率（kW）", words.OUTSIDE),
        (4, "功率（kW）", words.NO_NUMBER),
        (5, "功率（kW）", words.NO_NUMBER),
    ]


def test_missing_doubled_and_merged_are_faults() -> None:
    assert read([["名称"], ["x"]]).faults[0] == Fault(row=1, column="展位编号", message=words.MISSING_COLUMN)
    assert read([["展位编号", "Booth code"], ["A", "B"]]).faults[0].message == words.TWICE
    merged = read([["展位编号", "名称"], ["A-01", "x"], ["A-02", None]], merge="B2:B3").faults
    assert merged == (Fault(row=2, column="名称", message=words.MERGED),)


@pytest.mark.parametrize(
    ("kind", "cell", "meant"),
    [
        (Kind.DATE, {"d": "2025-09-06T00:00:00"}, date(2025, 9, 6)),
        (Kind.DATE, "2025年9月6日", date(2025, 9, 6)),
        (Kind.DATE, "2025/9/6", date(2025, 9, 6)),
        (Kind.TIME, {"d": "09:30:00"}, time(9, 30)),
        (Kind.MOMENT, {"d": "2025-09-06T09:30:00"}, datetime(2025, 9, 6, 9, 30)),  # noqa: DTZ001
        (Kind.TIME, "9：30", time(9, 30)),
        (Kind.MOMENT, "2025-09-06 09:30", datetime(2025, 9, 6, 9, 30)),  # noqa: DTZ001
        (Kind.WHOLE, "4", 4),
        (Kind.YES_NO, "是", True),
        (Kind.YES_NO, 0, False),
        (Kind.LIST, "冰柜、保温柜,封口机", ("冰柜", "保温柜", "封口机")),
        (Kind.LIST, "面包，现烤\n", ("面包，现烤",)),
    ],
)
def test_cells_are_taken_as_their_column_means(kind: Kind, cell: Any, meant: Any) -> None:
    assert read_cell(Column(name="x", title="x", kind=kind), cell) == meant


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.DATE, "6.9.2025"),
        (Kind.DATE, "2025-02-30"),
        (Kind.TIME, "25:00"),
        (Kind.MOMENT, "morgen"),
        (Kind.WHOLE, 1.5),
        (Kind.YES_NO, "vielleicht"),
    ],
)
def test_cells_of_another_kind_are_faults(kind: Kind, cell: Any) -> None:
    with pytest.raises(Wrong):
        read_cell(Column(name="x", title="x", kind=kind), cell)


def test_words_are_known_by_value_and_in_both_languages() -> None:
    column = Column(name="x", title="x", words={"food": "美食"}, also={"Food": "food"}, open=True)
    said = ("美食", "FOOD", "tea_room")
    assert [read_cell(column, word) for word in said] == ["food", "food", "tea_room"]
    with pytest.raises(Wrong) as wrong:
        read_cell(column, "Tea room")
    assert wrong.value.message == words.NO_WORD


def test_the_first_visible_sheet_is_read() -> None:
    assert values(read([["展位编号"], ["A-01"]], hidden_first=True)) == [["A-01"]]


PLAIN = book([["展位编号"], ["A-01"]])


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "t.csv", words.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "t.xlsx", words.OLD_EXCEL),
        (with_entry(PLAIN, "xl/vbaProject.bin", b"x"), "t.xlsx", words.MACROS),
        (b"%PDF-1.7 \xff\xfe\0", "t.xlsx", words.NOT_XLSX),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "t.csv", words.NOT_TEXT),
        ("展位编号\n".encode(), "t.csv", words.NO_ROWS),
        (b"foo,bar\n1,2\n", "t.csv", words.NO_HEADS),
        (b"x" * (MOST_BYTES + 1), "t.csv", words.TOO_LARGE),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, name: str, why: str) -> None:
    with pytest.raises(NoTable) as refused:
        read_rows(data, name, columns=COLUMNS)
    assert refused.value.message == why


def test_a_workbook_under_a_wrong_name_is_read() -> None:
    assert values(read_rows(PLAIN, "t.csv", columns=COLUMNS)) == [["A-01"]]


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(BadArchive):
        read_rows(bomb(200), "t.xlsx", columns=COLUMNS)


def test_a_broken_workbook_is_refused_in_words() -> None:
    with pytest.raises((Crashed, BadArchive)):
        read_rows(bomb(1), "t.xlsx", columns=COLUMNS)
    with pytest.raises(BadArchive):
        read_rows(PLAIN[:-200], "t.xlsx", columns=COLUMNS)


def test_ten_thousand_rows_are_taken_and_one_more_is_refused() -> None:
    def text(number: int) -> bytes:
        return ("展位编号\n" + "".join(f"A-{n}\n" for n in range(number))).encode()

    assert len(read_rows(text(MOST_ROWS), "t.csv", columns=COLUMNS).rows) == MOST_ROWS
    with pytest.raises(NoTable) as refused:
        read_rows(text(MOST_ROWS + 1), "t.csv", columns=COLUMNS)
    assert refused.value.message == words.TOO_MANY_ROWS
    with pytest.raises(DomainError) as refused_book:
        read([["展位编号"], *([f"A-{n}"] for n in range(MOST_ROWS + 1))])
    assert refused_book.value.message == words.TOO_MANY_ROWS
