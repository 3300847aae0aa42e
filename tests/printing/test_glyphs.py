"""Which characters can be printed."""

import pytest

from eventsite.printing.glyphs import can_print, unprintable


@pytest.mark.parametrize("sign", "䶮㛃𬭎𠮷龘é€①Жア")
def test_rare_characters_have_a_glyph(sign: str) -> None:
    assert can_print(sign)


@pytest.mark.parametrize("sign", "🎉👩ไع")
def test_what_no_font_has_is_named(sign: str) -> None:
    assert not can_print(sign)


def test_joiners_blanks_and_selectors_need_none() -> None:
    assert unprintable(["a\u200db\ufe0f\u00a0\n\u2066"]) == []


def test_each_character_is_named_once() -> None:
    assert unprintable(["雪糕🎉", "🎉🍡"]) == ["🍡", "🎉"]
