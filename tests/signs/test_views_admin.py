"""The page of signs: what it shows and warns of, who may open it, and that its codes open the right pages."""

import pytest
from flask import Flask

from eventsite.accounts.enums import Role
from tests.support.factories import make_booth, make_checkpoint, make_rally
from tests.support.factories_accounts import client_of
from tests.support.factories_market import make_fair
from tests.support.isolation import PageClient
from tests.support.paper import codes_on, words_on

DESK = "/admin/e/fair-a"


@pytest.fixture
def fair(app: Flask) -> None:
    with app.app_context():
        here, there = make_fair(slug="fair-a"), make_fair(slug="fair-b")
        make_booth(
            zone=here.zone, code="A-01", name_zh="特色鸡架", name_en="Chicken frames", source="article"
        )
        make_booth(zone=here.zone, code="A-02", name_zh="已撤", status="cancelled", map_x=120)
        make_booth(zone=here.other, code="B-01", name_zh="䶮㛃𬭎🎉", name_en="Rare", map_x=420)
        make_rally(here.event)
        make_checkpoint(here.event, zone=here.zone, name_zh="打卡点甲")
        make_checkpoint(here.event, zone=here.other, name_zh="打卡点乙")
        make_booth(zone=there.zone, code="A-77", name_zh="别处的展位")


@pytest.fixture
def organizer(app: Flask, fair: None) -> PageClient:
    return client_of(app, Role.ORGANIZER, "fair-a")


def test_page_lists_what_is_printed_and_warns_of_what_is_wrong(organizer: PageClient) -> None:
    text = organizer.page(f"{DESK}/signs?codes=A-01+B-01+Q-9").text
    assert "特色鸡架" in text
    assert "已撤" not in text
    assert "别处" not in text
    assert "Q-9" in text
    assert "U+1F389" in text
    assert "HOST=0.0.0.0" in text  # the tests' site is at this machine alone


def test_page_without_booths_says_so(app: Flask) -> None:
    with app.app_context():
        make_fair(slug="fair-a")
    page = client_of(app, Role.ORGANIZER, "fair-a").page(f"{DESK}/signs")
    assert page.all("div", class_="a-empty")
    assert not [link for link in page.links if "signs.pdf" in link]


def test_booth_signs_open_their_booths_and_mark_what_is_invented(app: Flask, organizer: PageClient) -> None:
    answer = organizer.get(f"{DESK}/signs.pdf")
    base = app.config["BASE_URL"]
    assert codes_on(answer.data) == [
        [f"{base}/e/fair-a/booths/A-01"],
        [f"{base}/e/fair-a/booths/B-01"],
    ]
    words = words_on(answer.data)
    assert words.count("演示") == 1  # B-01; A-01 is a fact of the real fair
    assert "U+1F389" in words
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "%E5%B1%95%E4%BD%8D%E7%89%8C" in answer.headers["Content-Disposition"]


def test_zone_boards_open_their_zones(app: Flask, organizer: PageClient) -> None:
    answer = organizer.get(f"{DESK}/signs.pdf?paper=zone-boards&zone=B")
    assert codes_on(answer.data) == [[f"{app.config['BASE_URL']}/e/fair-a/zones/B"]]


def test_codes_of_checkpoints_lead_to_their_stamp(organizer: PageClient) -> None:
    answer = organizer.get(f"{DESK}/signs.pdf?paper=checkpoint-codes&zone=A")
    ((address,),) = codes_on(answer.data)
    path = "/" + address.split("://", 1)[1].split("/", 1)[1]
    assert "打卡点甲" in organizer.page(path).text


def test_a_zone_lead_prints_the_codes_of_the_own_zone_alone(app: Flask, fair: None) -> None:
    lead = client_of(app, Role.ZONE_LEAD, "fair-a", "zone:B")
    text = lead.page(f"{DESK}/signs?paper=checkpoint-codes").text
    assert "打卡点乙" in text
    assert "打卡点甲" not in text
    refused = lead.get(f"{DESK}/signs.pdf?paper=checkpoint-codes&zone=A&a_page=8")
    assert refused.location == f"{DESK}/signs?paper=checkpoint-codes&zone=A&codes=&a_page=8"


def test_others_are_told_that_their_role_does_not_print(app: Flask, fair: None) -> None:
    client_of(app, Role.DESK, "fair-a").page(f"{DESK}/signs", status=403)
    client_of(app, Role.ORGANIZER, "fair-b").page(f"{DESK}/signs", status=404)
