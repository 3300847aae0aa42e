"""PDFs from templates: fonts inside, the same bytes, data that stays data."""

from typing import Any

import pytest

from eventsite.printing.cards import Fact, PassCard, Said, ZoneMark, pass_sheets
from eventsite.printing.codes import Code
from eventsite.printing.press import settable
from eventsite.printing.typesetting import Unprinted, compile_pdf
from tests.support.paper import codes_on, fonts_in, words_on

WORDS = {name: {"zh": "扫码", "en": "Scan"} for name in ("booth", "zone", "typed")}
ZONE = {"code": "A", "zh": "玩得乐呵", "en": "Merry Play", "color": "#C8102E"}


def card(number: int, **given: Any) -> dict[str, Any]:
    return {
        "zone": ZONE,
        "code": "",
        "zh": f"打卡点{number}",
        "en": f"Checkpoint {number}",
        "demo": False,
        "drawing": Code(f"https://fair.example/c/AhZ3kq0Vb1nYx8mC5tLw7sRd2fGjKpQe{number}"),
        "address": "fair.example/x/ABCD2345",
        "words": {"zh": "微信扫一扫", "en": "Scan with WeChat"},
        **given,
    }


def sheet(*cards: dict[str, Any], up: int = 4) -> dict[str, Any]:
    return {"title": "t", "up": up, "cards": list(cards), "words": WORDS}


@pytest.mark.parametrize(("up", "pages"), [(1, 9), (4, 3), (8, 2)])
def test_every_code_of_a_sheet_is_read_from_a_print(up: int, pages: int) -> None:
    cards = [card(number) for number in range(1, 10)]
    found = codes_on(compile_pdf("codes", sheet(*cards, up=up)))
    assert len(found) == pages
    assert sorted(code for page in found for code in page) == [one["drawing"].text for one in cards]


def test_fonts_are_ours_and_embedded() -> None:
    fonts = fonts_in(compile_pdf("codes", sheet(card(1))))
    assert fonts
    assert all("Noto" in line[0] and line[-5:-3] == ["yes", "yes"] for line in fonts)


def test_same_data_gives_the_same_bytes() -> None:
    assert compile_pdf("codes", sheet(card(1))) == compile_pdf("codes", sheet(card(1)))


def test_text_is_never_read_as_source() -> None:
    hostile = '#panic("x") #read("/etc/passwd") $1$ *b* _i_ [c] \\ <l> @r // c'
    assert "#panic(" in words_on(compile_pdf("codes", sheet(card(1, zh=hostile), up=1)))


def test_rare_characters_come_out_and_others_give_their_number() -> None:
    words = words_on(compile_pdf("codes", sheet(card(1, zh="䶮㛃𬭎", en="🎉 party"), up=1)))
    assert "䶮㛃𬭎" in words
    assert "U+1F389" in words


def test_long_words_get_a_place_to_break() -> None:
    assert settable("x" * 60).split("\u200b") == ["x" * 24, "x" * 24, "x" * 12]
    assert settable("a\u202eb\u200dc") == "abc"


def test_a_template_that_is_not_there_is_refused() -> None:
    with pytest.raises(Unprinted):
        compile_pdf("../../config", {})


def test_passes_of_vehicles_and_people_are_read_from_a_print() -> None:
    def made(number: int, *, vehicle: bool) -> PassCard:
        return PassCard(
            vehicle=vehicle,
            title=Said(zh="车辆通行证", en="Vehicle pass"),
            bearer="辽A·12345" if vehicle else "展位负责人",
            holder=Said(zh="沈阳老雪花食品有限公司", en="Shenyang Laoxuehua Foods Co., Ltd."),
            zone=ZoneMark(**ZONE),
            number=f"V-{number:03}",
            facts=(Fact(label=Said(zh="展位", en="Booth"), value="A-01"),),
            drawing=Code(f"https://fair.example/v/AhZ3kq0Vb1nYx8mC5tLw7sRd2fGjKpQe{number}"),
            address="fair.example/x/ABCD2345",
        )

    cards = [made(number, vehicle=number < 3) for number in range(12)]
    found = codes_on(compile_pdf("passes", pass_sheets(cards, title="t")))
    assert [len(page) for page in found] == [2, 1, 8, 1]
    assert sorted(code for page in found for code in page) == sorted(one.drawing.text for one in cards)
