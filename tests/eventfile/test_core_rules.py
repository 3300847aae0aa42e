"""Every rule beyond the JSON: one spoiled place, one fault with its path, in plain words."""

from collections.abc import Callable
from typing import Any

import pytest

from eventsite.eventfile.core.rules.identity import NOT_A_CODE
from tests.support.eventfiles import faults_of, jinan, second_fair

Tree = dict[str, Any]


@pytest.mark.parametrize("make", [jinan, second_fair])
def test_both_fairs_are_sound(make: Callable[[], Tree]) -> None:
    assert faults_of(make()) == []


def put(*path: Any) -> Callable[[Tree], None]:
    """Return a spoiler that puts the last value at the path of the others."""
    *steps, key, value = path

    def spoil(tree: Any) -> None:
        for step in steps:
            tree = tree[step]
        tree[key] = value

    return spoil


def drop(*path: Any) -> Callable[[Tree], None]:
    *steps, key = path

    def spoil(tree: Any) -> None:
        for step in steps:
            tree = tree[step]
        del tree[key]

    return spoil


SPOILED = [
    # the schema
    (put("booths", 3, "power_kw", "much"), "$.booths[3].power_kw: This is string where number belongs."),
    (put("booths", 3, "power_kw", True), "$.booths[3].power_kw: This is boolean where number belongs."),
    (put("zones", None), "$.zones: This is null where array belongs."),
    (
        put("booths", 0, "delegation_id", 7),
        "$.booths[0].delegation_id: This is number where null, string belongs.",
    ),
    (drop("venue", "city_en"), "$.venue.city_en: This key is missing."),
    (drop("deals"), "$.deals: This key is missing."),
    (put("booths", 1, "colour", "red"), "$.booths[1].colour: This key is not known."),
    (put("raffle", "mode", "lottery"), "$.raffle.mode: “lottery” is none of stage_draw, instant."),
    (put("programme", 0, "start", "9:00"), "$.programme[0].start: “9:00” is not a time of the form HH:MM."),
    (
        put("programme", 0, "date", "20250906"),
        "$.programme[0].date: “20250906” is not a date of the form YYYY-MM-DD.",
    ),
    (
        put("programme", 0, "date", "2025-02-30"),
        "$.programme[0].date: “2025-02-30” is not a date of the form YYYY-MM-DD.",
    ),
    # ids, codes, references
    (
        put("event", "id", "Jinan 2025"),
        (
            "$.event.id: “Jinan 2025” cannot stand in an address: 1 to 80 small letters, digits and hyphens, "
            "no hyphen first."
        ),
    ),
    (
        put("faq", 0, "id", "../x"),
        "$.faq[0].id: “../x” is no id: 1 to 80 letters, digits, hyphens, underscores or dots, no dot first.",
    ),
    (put("deals", 0, "id", "tk-01"), "$.deals[0].id: “tk-01” is also the id of $.tickets[0]."),
    (put("booths", 5, "code", "A-01"), "$.booths[5]: “A-01” is also the code of $.booths[0]."),
    *(
        (put("zones", 0, "code", code), f"$.zones[0].code: {NOT_A_CODE}")
        for code in ("<b>", "甲", "..", "-A", "Ａ")
    ),
    (put("booths", 4, "zone_id", "zone-x"), "$.booths[4].zone_id: There is no “zone-x” in zones."),
    (put("booths", 4, "zone_id", "bt-a-01"), "$.booths[4].zone_id: There is no “bt-a-01” in zones."),
    (
        put("observations", 0, "by_zone", {"zone-x": 1}),
        '$.observations[0].by_zone["zone-x"]: There is no “zone-x” in zones.',
    ),
    (
        put("observations", 1, "time", "09:00"),
        "$.observations[1]: $.observations[0] is a count of the same time.",
    ),
    (
        put("stamp_rally", "rewards", 0, "giveaway_id", "gv-none"),
        "$.stamp_rally.rewards[0].giveaway_id: There is no “gv-none” in giveaways.",
    ),
    # words
    (
        put("booths", 0, "category", "Food!"),
        "$.booths[0].category: “Food!” is no word of 1 to 40 small letters and underscores.",
    ),
    (
        put("organizations", 0, "roles", ["Host"]),
        "$.organizations[0].roles[0]: “Host” is no word of 1 to 40 small letters and underscores.",
    ),
    (put("faq", 0, "tags", [[]]), "$.faq[0].tags[0]: This is array where string belongs."),
    (
        put("event", "timezone", "Mars/Olympus"),
        "$.event.timezone: “Mars/Olympus” is no time zone that is known here.",
    ),
    (
        put("event", "timezone", "../../etc/passwd"),
        "$.event.timezone: “../../etc/passwd” is no time zone that is known here.",
    ),
    # amounts
    (put("booths", 0, "staff_passes", -1), "$.booths[0].staff_passes: -1 is below zero."),
    (put("booths", 0, "staff_passes", 1.5), "$.booths[0].staff_passes: 1.5 is not a whole number."),
    (put("zones", 0, "capacity", 2**31), "$.zones[0].capacity: 2147483648 is beyond what can be kept."),
    (put("zones", 0, "map", "w", 0), "$.zones[0].map.w: This has to be above zero."),
    (
        put("giveaways", 0, "stock_total", 601),
        "$.giveaways[0].slots: The releases add up to 600, the stock is 601.",
    ),
    (
        put("zones", 0, "crowd_levels", "notice", 0.9),
        "$.zones[0].crowd_levels: The crowd levels have to rise from notice to warning to limit.",
    ),
    (
        put("stamp_rally", "code_period_seconds", None),
        "$.stamp_rally.code_period_seconds: Rotating codes need a period of at least one second.",
    ),
    # times
    (
        put("programme", 3, "end", "10:15"),
        "$.programme[3].end: This ends at or before its start; what runs past midnight needs an end_date.",
    ),
    (
        put("programme", 1, "start", "09:29"),
        (
            "$.programme[1]: ““踏秋赏枫 醉游辽宁”辽宁秋季旅游主题推介活动启幕” is on the same stage while "
            "$.programme[0] (“锣鼓迎宾 暖场”) is still on."
        ),
    ),
    (put("programme", 0, "date", "2025-09-07"), "$.programme[0].date: There is no fair on 2025-09-07."),
    (
        put("giveaways", 0, "slots", 0, "date", "2025-09-07"),
        "$.giveaways[0].slots[0].date: There is no fair on 2025-09-07.",
    ),
    (
        put("raffle", "rounds", 0, "at", "noon"),
        "$.raffle.rounds[0].at: “noon” is not a time of the form HH:MM.",
    ),
    (
        put("workshops", 0, "sessions", ["10:30", "25:00"]),
        "$.workshops[0].sessions[1]: “25:00” is not a time of the form HH:MM.",
    ),
    (
        put("tickets", 0, "opened_at", "2025-09-06T10:42:00"),
        "$.tickets[0].opened_at: “2025-09-06T10:42:00” is not a time such as 2025-09-06T10:42:00+08:00.",
    ),
    (
        put("agreements", 0, "signed_date", "0001-01-01"),
        "$.agreements[0].signed_date: “0001-01-01” is not between the years 1970 and 2199.",
    ),
    # what a column can hold
    (put("booths", 0, "size_m", "3" * 21), "$.booths[0].size_m: This text has more than 20 characters."),
    # colours
    (put("zones", 0, "color", "red"), "$.zones[0].color: A: red is not a colour of the form #RRGGBB."),
    (
        put("event", "theme_colors", 1, "token", "primary"),
        "$.event.theme_colors[1].token: There is another colour with the name “primary”.",
    ),
]


@pytest.mark.parametrize(("spoil", "fault"), SPOILED, ids=[fault.split(":")[0] for _, fault in SPOILED])
def test_one_spoiled_place_is_one_fault(spoil: Callable[[Tree], None], fault: str) -> None:
    tree = jinan()

    spoil(tree)

    assert faults_of(tree) == [fault]


def test_pale_colours_are_refused_with_their_contrast() -> None:
    tree = jinan()
    tree["zones"][2]["color"] = "#ffd966"

    assert faults_of(tree)[0].startswith("$.zones[2].color: C: #ffd966 reaches 1.3")


def test_all_faults_are_named_at_once() -> None:
    tree = jinan()
    tree["booths"][0]["power_kw"] = "much"
    tree["booths"][1]["zone_id"] = "zone-x"
    tree["booths"][2]["id"] = tree["booths"][3]["id"]
    tree["programme"][1]["start"] = "09:29"

    assert [fault.split(":")[0] for fault in faults_of(tree)] == [
        "$.booths[0].power_kw",
        "$.booths[3].id",
        "$.booths[1].zone_id",
        "$.programme[1]",
    ]


def test_a_double_id_in_another_section_does_not_hide_a_missing_reference() -> None:
    tree = second_fair()
    tree["agreements"][0]["follow_ups"][0]["commitment_id"] = "com-9"

    assert faults_of(tree) == [
        "$.agreements[0].follow_ups[0].commitment_id: There is no “com-9” in commitments."
    ]


def test_a_follow_up_keeps_to_its_own_agreement() -> None:
    tree = second_fair()
    other = {**tree["agreements"][0], "id": "memo-4", "parties": [], "commitments": [], "follow_ups": []}
    other["follow_ups"] = [{**tree["agreements"][0]["follow_ups"][0], "id": "act-9"}]
    tree["agreements"].append(other)

    assert faults_of(tree) == [
        "$.agreements[1].follow_ups[0].commitment_id: “com-1” is no commitment of this agreement."
    ]


def test_days_have_to_be_in_order() -> None:
    tree = second_fair()
    tree["event"]["days"].reverse()

    assert faults_of(tree) == ["$.event.days[1].date: The days have to be in order."]


def test_an_item_past_midnight_needs_its_end_date() -> None:
    tree = second_fair()
    del tree["programme"][6]["end_date"]

    assert faults_of(tree) == [
        "$.programme[6].end: This ends at or before its start; what runs past midnight needs an end_date."
    ]


def test_the_small_hours_belong_to_the_night_that_is_still_on() -> None:
    tree = second_fair()
    tree["event"]["days"].pop()
    late = {"date": "2026-05-02", "start": "00:30", "end": "01:00"}
    tree["programme"] = [tree["programme"][6] | late, tree["programme"][5] | {"id": "it-x"}]
    del tree["programme"][0]["end_date"]
    for record in (tree["agreements"][0], tree["raffle"]):
        record["programme_id"] = None
    tree["raffle"].pop("programme_id")
    for giveaway in tree["giveaways"]:
        giveaway["slots"] = [
            {"date": "2026-05-02", "release_at": "00:59", "quantity": giveaway["stock_total"]}
        ]

    assert faults_of(tree) == []


def test_two_items_clash_across_midnight() -> None:
    tree = second_fair()
    tree["programme"][7] |= {"stage_id": "stage-lake", "start": "00:29", "end": "00:45"}

    assert [fault.split(":")[0] for fault in faults_of(tree)] == ["$.programme[7]"]


def test_items_that_only_touch_do_not_clash() -> None:
    tree = second_fair()
    tree["programme"][7] |= {"stage_id": "stage-lake", "start": "00:30", "end": "00:45"}

    assert faults_of(tree) == []


def test_a_cancelled_item_leaves_its_place_free() -> None:
    tree = jinan()
    tree["programme"][1] |= {"start": "09:00", "status": "cancelled"}

    assert faults_of(tree) == []


def test_unknown_open_words_are_kept() -> None:
    tree = jinan()
    tree["booths"][0]["category"] = "robot_parade"

    assert faults_of(tree) == []


@pytest.mark.parametrize("section", ["floats", "deals", "faq", "observations", "announcements"])
def test_lists_may_be_empty(section: str) -> None:
    tree = jinan()
    tree[section] = []

    assert faults_of(tree) == []


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [[]], [{}], [{"id": 7}], {"id": None}, True])
@pytest.mark.parametrize("section", list(jinan()))
def test_no_wrong_type_anywhere_breaks_the_reading(section: str, value: Any) -> None:
    tree = jinan()
    tree[section] = value

    assert faults_of(tree) or value in ([], "x")
