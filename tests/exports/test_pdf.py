"""The printed programme: every name in it, kept for long, and the same on a second run."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from eventsite.exports.core.values import Snapshot
from eventsite.exports.writers.pdf import write_by_city, write_by_day, write_by_stage
from eventsite.programme.core.values import Act, City, lasting_uuid
from tests.support.factories_programme import SLUG, a_day, a_programme, a_slot, a_snapshot, an_item

RARE = "䶮㛃𬭎"
TROUPE = Act(ref="tp", uuid=lasting_uuid(SLUG, "troupe", "tp"), name_zh="皮影队", name_en="Puppeteers")
CITY = City(ref="dl", name_zh="锦州市展团", name_en="Jinzhou team", city_zh="锦州", city_en="Jinzhou")
PROGRAMME = a_programme(
    an_item("pg-1", "10:00", "10:30", troupe=TROUPE, title_zh=f"#panic() $x$ *皮影* {RARE}"),
    an_item("pg-2", "14:10", "14:40", planned=a_slot("14:00", "14:30"), stage="S2", delegation=CITY),
    an_item(
        "pg-3", "18:00", "18:30", status="cancelled", notice_zh="场地风大，为安全取消。", source="article"
    ),
    an_item("pg-4", "9:00", "9:30", day=1, kind="break", title_zh="休息"),
    days=(a_day(), a_day(1)),
)
SNAPSHOT = a_snapshot(PROGRAMME, number=3, live_revision=1)


def text(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.fixture(scope="module")
def by_day() -> bytes:
    return write_by_day(SNAPSHOT, "zh")


def test_every_name_is_in_it_rare_characters_too(by_day: bytes) -> None:
    said = text(by_day)

    assert f"#panic()$x$*皮影*{RARE}" in said
    for words in ("9月6日星期六", "上午", "下午", "晚上", "皮影队", "主舞台S2", "演", "第3版"):
        assert words in said


def test_a_delay_and_a_cancellation_are_told(by_day: bytes) -> None:
    said = text(by_day)

    assert "14:10—14:40原定14:00" in said
    assert "【取消】节目pg-3" in said
    assert "场地风大，为安全取消。" in said


def test_it_is_made_to_be_kept_and_dated_by_its_last_change(by_day: bytes) -> None:
    reader = PdfReader(io.BytesIO(by_day))
    root: Any = reader.trailer["/Root"]

    assert reader.metadata is not None
    assert reader.metadata.creation_date == SNAPSHOT.updated_at
    assert b"<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data()
    assert root["/Lang"].startswith("zh")


def test_a_second_run_gives_the_same_bytes(by_day: bytes) -> None:
    assert write_by_day(SNAPSHOT, "zh") == by_day


@pytest.mark.parametrize(
    ("write", "language", "words"),
    [
        (write_by_stage, "zh", ("主舞台S1", "玩得乐呵·700人", "9月6日星期六·上午", "9月7日星期日·上午")),
        (write_by_city, "zh", ("锦州市展团", "其他节目")),
        (write_by_stage, "en", ("Programme", "MainstageS2", "was14:00", "Version3")),
    ],
)
def test_it_is_arranged_as_asked(
    write: Callable[[Snapshot, str], bytes], language: str, words: tuple[str, ...]
) -> None:
    said = text(write(SNAPSHOT, language))

    assert [word for word in words if word not in said] == []


def test_a_part_without_items_says_so() -> None:
    assert "这里没有节目。" in text(write_by_day(replace(SNAPSHOT, entries=()), "zh"))
