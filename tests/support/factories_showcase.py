"""Facts of what cities show, as forms give them, and a photo that was read."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from eventsite.files.core import Upload
from eventsite.files.enums import FileKind
from eventsite.files.queries import read_bytes
from eventsite.showcase.core import InheritorFacts, PhotoFacts, ProductFacts, RouteFacts, VoucherFacts
from tests.support.uploads import picture


def product_facts(**given: Any) -> ProductFacts:
    """Return the facts of a bookmark."""
    usual = ProductFacts(
        name_zh="贝雕书签",
        name_en="Bookmark",
        note_zh="",
        note_en="",
        price_yuan=25.0,
        unit_zh="枚",
        unit_en="piece",
        position=0,
    )
    return replace(usual, **given)


def inheritor_facts(**given: Any) -> InheritorFacts:
    """Return the facts of a sugar-figure maker."""
    usual = InheritorFacts(
        name_zh="李师傅",
        name_en="Master Li",
        craft_zh="糖人",
        craft_en="Sugar figures",
        rank="city",
        story_zh="",
        story_en="",
        position=0,
    )
    return replace(usual, **given)


def route_facts(**given: Any) -> RouteFacts:
    """Return the facts of two days by the sea."""
    usual = RouteFacts(
        name_zh="看海两日",
        name_en="By the sea",
        season="summer",
        days=2,
        stops_zh=("港口", "海岛"),
        stops_en=("Port", "Island"),
        text_zh="",
        text_en="",
        position=0,
    )
    return replace(usual, **given)


def voucher_facts(**given: Any) -> VoucherFacts:
    """Return the facts of two boat vouchers."""
    usual = VoucherFacts(
        title_zh="游船立减",
        title_en="Boat trip",
        partner_zh="游船公司",
        partner_en="Boat company",
        organization=None,
        place_zh="二号窗口",
        place_en="Counter 2",
        terms_zh="一票一券",
        terms_en="One a ticket",
        valid_until=date(2026, 6, 30),
        stock=2,
        offered=True,
    )
    return replace(usual, **given)


def photo_facts(**given: Any) -> PhotoFacts:
    """Return what is said of a photo."""
    usual = PhotoFacts(
        alt_zh="一只贝雕", alt_en="A shell carving", credit="王摄影", consent="摄影者同意", position=0
    )
    return replace(usual, **given)


@cache
def _picture() -> bytes:
    return picture((800, 600))


def a_photo() -> Upload:
    """Return a photo that was read and lies in the store."""
    return read_bytes(_picture(), name="shell.jpg", kind=FileKind.PHOTO)
