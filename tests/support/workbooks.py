"""Spreadsheets as people and their programs make them, good and bad."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl


def book(rows: Iterable[Sequence[Any]], *, merge: str = "", hidden_first: bool = False) -> bytes:
    """Return an XLSX of these rows; text that begins with `=` becomes a formula, as when it is typed."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    if hidden_first:
        sheet.sheet_state = "hidden"
        sheet = made.create_sheet("shown")
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    """Return a ZIP file with one entry more."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """Return a workbook of a few kilobytes whose sheet unpacks to so many megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (megabytes * 2**20))
    return out.getvalue()
