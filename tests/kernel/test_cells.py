"""Formulas in cells are defused, and come back as they were."""

import pytest

from eventsite.kernel.cells import plain_cell, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM", " =1", "\t=1", "＝1", "　＋1", "\r=1"])
def test_safe_cell_defuses_what_a_spreadsheet_would_run(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["", " ", "丹东", "B-01", "it's", "'quoted'"])
def test_safe_cell_leaves_words_alone(text: str) -> None:
    assert safe_cell(text) == text
    assert plain_cell(text) == text
