"""Small pure parts: the stamps of a sentence, differences, the next fair."""

from datetime import date

import pytest

from eventsite.eventfile.core.differences import find_differences
from eventsite.eventfile.core.next_fair import plan_next
from eventsite.eventfile.core.paths import show, write_path
from eventsite.eventfile.core.stamps import stamps_required
from eventsite.eventfile.errors import BadEventFile
from tests.support.eventfiles import faults_of, jinan, second_fair


@pytest.mark.parametrize(
    ("zh", "en", "number"),
    [
        ("集满4枚印章自动获得1个抽奖号", "Four stamps give one entry", 4),
        ("集满四枚", "", 4),
        ("集齐十二枚印章", "", 12),
        ("集满 两枚 印章", "", 2),
        ("满３个章得一次", "", 3),
        ("收集二十四枚", "", 24),
        ("", "Three stamps give one entry", 3),
        ("", "Collect 6 different stamps", 6),
        ("集满所有印章", "All stamps", 1),
        ("集满0枚", "", 1),
        ("入场即可参加", "Everyone may enter", 1),
    ],
)
def test_stamps_required_is_read_from_the_sentence(zh: str, en: str, number: int) -> None:
    assert stamps_required(zh, en) == number


def test_write_path_quotes_what_is_no_plain_key() -> None:
    assert write_path(("booths", 3, "power_kw")) == "$.booths[3].power_kw"
    assert write_path(("by_zone", "zone-a", "x y\n")) == '$.by_zone["zone-a"]["x y\\u000a"]'


def test_show_cuts_and_defuses() -> None:
    assert show("\x1b[31m") == "\\u001b[31m"
    assert len(show("长" * 1000)) == 60


def test_differences_of_equal_files_are_none() -> None:
    assert find_differences(jinan(), jinan()) == []


def test_differences_name_place_record_and_both_values() -> None:
    old, new = jinan(), jinan()
    new["booths"][3]["power_kw"] = 2.5
    del new["faq"][0]
    new["faq"].append({**old["faq"][0], "id": "fq-new"})
    new["venue"]["map_size"]["w"] = 1300

    assert [str(found) for found in find_differences(old, new)] == [
        "$.venue.map_size.w (venue-daminghu): 1200 → 1300",
        f"$.booths[3].power_kw (bt-a-04): {old['booths'][3]['power_kw']} → 2.5",
        *[str(found) for found in find_differences(old, new)[2:]],
    ]
    assert [(found.path, found.ref) for found in find_differences(old, new)[2:]] == [
        ("$.faq[11]", "fq-new"),
        ("$.faq[0]", "fq-01"),
    ]


def test_differences_tell_a_new_order_as_one() -> None:
    old, new = jinan(), jinan()
    new["zones"].reverse()

    assert [found.path for found in find_differences(old, new)] == ["$.zones"]


def test_plan_next_moves_every_date_and_leaves_behind_what_happened() -> None:
    plan = plan_next(second_fair(), "suzhou-2027", date(2027, 4, 30))

    assert [day["date"] for day in plan["event"]["days"]] == ["2027-04-30", "2027-05-01"]
    assert (plan["programme"][6]["date"], plan["programme"][6]["end_date"]) == ("2027-04-30", "2027-05-01")
    assert plan["giveaways"][0]["slots"][1] == {"date": "2027-05-01", "release_at": "00:15", "quantity": 100}
    assert {booth["status"] for booth in plan["booths"]} == {"planned"}
    assert plan["agreements"] == plan["tickets"] == plan["observations"] == plan["applications"] == []
    assert (plan["event"]["id"], plan["dataset"]["id"], plan["event"]["year"]) == (
        "suzhou-2027",
        "suzhou-2027",
        2027,
    )
    assert faults_of(plan) == []


def test_plan_next_keeps_permits_that_are_not_required() -> None:
    plan = plan_next(jinan(), "jinan-2026", date(2026, 9, 5))

    assert {permit["status"] for permit in plan["permits"]} == {"preparing", "not_required"}


def test_plan_next_changes_nothing_of_the_old_file() -> None:
    old = jinan()

    plan_next(old, "jinan-2026", date(2026, 9, 5))

    assert old == jinan()


def test_plan_next_needs_a_first_day() -> None:
    old = jinan()
    old["event"]["days"] = []

    with pytest.raises(BadEventFile) as caught:
        plan_next(old, "jinan-2026", date(2026, 9, 5))

    assert [fault.path for fault in caught.value.faults] == ["$.event.days"]
