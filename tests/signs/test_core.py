"""What a choice names."""

import pytest

from eventsite.signs.core import Choice, fits_one_pdf, is_chosen, read_choice, unknown_codes
from eventsite.signs.enums import MOST, Paper


def test_choice_takes_what_it_knows_and_the_usual_for_the_rest() -> None:
    read = read_choice(paper="zone-boards", zone="A", codes=" A-01，B-02;A-01\n", a_page="8")
    assert read == Choice(paper=Paper.ZONE_BOARDS, zone="A", codes=("A-01", "B-02"), a_page=8)
    assert read_choice(paper="x", zone="", codes="", a_page="5") == Choice()


def test_codes_are_known_in_any_case() -> None:
    choice = Choice(codes=("a-01", "Z-9"))
    assert unknown_codes(choice, ["A-01", "A-02"]) == ["Z-9"]
    assert is_chosen(choice, "A-01")
    assert not is_chosen(choice, "A-02")
    assert is_chosen(Choice(), "A-02")


@pytest.mark.parametrize(("number", "fits"), [(0, False), (1, True), (MOST, True), (MOST + 1, False)])
def test_one_pdf_takes_something_and_not_too_much(number: int, fits: bool) -> None:
    assert fits_one_pdf([None] * number) is fits
