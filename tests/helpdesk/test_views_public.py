"""Help and notices as visitors meet them."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.support.factories import (
    make_announcement,
    make_event,
    make_facility,
    make_faq,
    make_venue,
    make_zone,
)
from tests.support.isolation import PageClient

HELP, NOTICES = "/e/fair-a/help", "/e/fair-a/notices"


@pytest.fixture
def fair(app: Flask) -> None:
    """Make a fair with a desk, a question and two notices, and another beside it."""
    with app.app_context():
        event, other = make_event(slug="fair-a"), make_event(slug="fair-b")
        make_facility(event, kind="toilet", name_zh="卫生间")
        make_facility(event, kind="information", name_zh="综合服务台")
        make_facility(other, kind="information", name_zh="别处的服务台")
        make_faq(event, question_zh="活动收费吗？", question_en="Is entry free?", answer_zh="免费入场。")
        make_faq(other, question_zh="别处的问题")
        make_announcement(event, title_zh="雪糕开始派送", title_en="Ice cream now")
        make_announcement(event, title_zh="明年的消息", published_at=datetime(2199, 1, 1, tzinfo=UTC))
        make_announcement(other, title_zh="别处的公告")


@pytest.mark.usefixtures("fair")
def test_help_shows_numbers_desks_and_answers(client: PageClient) -> None:
    page = client.page(HELP)
    numbers = [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("tel:")]
    assert numbers == ["tel:120", "tel:110", "tel:119"]
    assert page.text.index("综合服务台") < page.text.index("卫生间")  # the desk first
    assert "免费入场。" in page.text
    assert NOTICES in page.links


@pytest.mark.usefixtures("fair")
def test_help_in_english_asks_in_english(client: PageClient) -> None:
    assert "Is entry free?" in client.page(f"{HELP}?lang=en").text


@pytest.mark.usefixtures("fair")
def test_notices_show_once_they_are_out(client: PageClient) -> None:
    text = client.page(NOTICES).text
    assert ("雪糕开始派送" in text, "明年的消息" in text) == (True, False)


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize("path", [HELP, NOTICES])
def test_nothing_of_the_other_event_shows(client: PageClient, path: str) -> None:
    page = client.page(path)
    assert "别处" not in page.text
    assert not [link for link in page.links if "fair-b" in link]


@pytest.mark.parametrize("path", [HELP, NOTICES])
def test_empty_event_is_no_dead_end(app: Flask, client: PageClient, path: str) -> None:
    with app.app_context():
        make_event(slug="fair-a")
    page = client.page(path)
    assert page.all("p", class_="card" if path == HELP else "card-title")


def test_help_says_where_its_places_are(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        make_venue(event, map_w=1200, map_h=840)
        make_zone(event, code="E", map_x=20, map_y=20, map_w=380, map_h=360)
        make_facility(
            event, kind="information", name_zh="综合服务台", name_en="Information desk", x=30, y=800
        )
    assert "综合服务台：图的左下角，E 区旁。" in client.page(HELP).text
    assert "Information desk: bottom left of the plan, by zone E." in client.page(f"{HELP}?lang=en").text


def test_help_without_a_plan_names_its_places(app: Flask, client: PageClient) -> None:
    with app.app_context():
        make_facility(make_event(slug="fair-a"), kind="information", name_zh="综合服务台")
    assert "图的" not in client.page(HELP).text
