"""What is drawn where no photo is, prices, and when a voucher is handed out."""

import re
from datetime import date
from pathlib import Path

import pytest

from eventsite.kernel.errors import Conflict
from eventsite.market.enums import CATEGORIES
from eventsite.showcase.core import (
    ANY_MOTIF,
    ANY_SILHOUETTE,
    MOTIFS,
    SILHOUETTES,
    cents_of,
    check_offered,
    check_stock,
    motif_of,
    silhouette_of,
    yuan_of,
)
from eventsite.showcase.errors import NotOffered

SPRITE = Path(__file__).resolve().parents[2] / "static" / "img" / "silhouettes.svg"
DAY = date(2025, 9, 6)


@pytest.mark.parametrize(
    ("words", "motif"),
    [
        (["海滨风光", "冰峪沟"], "sea"),
        (["红海滩", "辽河口湿地"], "reeds"),
        (["民间艺术", "万亩花海"], "grass"),
        (["玛瑙", "海棠山"], "mountain"),
        (["Yalu River"], "river"),
        (["兴城古城", "海滨温泉"], "roofs"),
        (["化石"], ANY_MOTIF),
        ([], ANY_MOTIF),
    ],
)
def test_motif_of_a_city_comes_from_its_first_telling_highlight(words: list[str], motif: str) -> None:
    assert motif_of(words) == motif


def test_every_drawing_is_in_the_sprite() -> None:
    drawn = set(re.findall('symbol id="([a-z_]+)"', SPRITE.read_text()))
    asked = {*SILHOUETTES, ANY_SILHOUETTE, ANY_MOTIF, "hands", *(motif for motif, _ in MOTIFS)}
    assert asked - drawn == set()


def test_every_known_category_has_its_drawing() -> None:
    assert {silhouette_of(category) for category in CATEGORIES} == set(CATEGORIES)
    assert silhouette_of("circus") == ANY_SILHOUETTE


@pytest.mark.parametrize(("yuan", "cents"), [(None, None), (0.1, 10), (49.9, 4990), (1234.56, 123456)])
def test_prices_are_whole_cents(yuan: float | None, cents: int | None) -> None:
    assert cents_of(yuan) == cents
    assert yuan_of(cents) == yuan


def test_stock_cannot_be_less_than_what_was_taken() -> None:
    check_stock(3, 3)
    with pytest.raises(Conflict, match="3"):
        check_stock(2, 3)


def test_voucher_is_handed_out_up_to_its_last_day() -> None:
    check_offered(offered=True, valid_until=DAY, today=DAY)
    with pytest.raises(NotOffered, match="at the moment"):
        check_offered(offered=False, valid_until=DAY, today=DAY)
    with pytest.raises(NotOffered, match="2025-09-06"):
        check_offered(offered=True, valid_until=DAY, today=date(2025, 9, 7))
