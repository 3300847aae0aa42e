"""Rules, sources of chance and their values: what the arithmetic takes and what it names as a fault."""

from typing import Any

import pytest

from eventsite.kernel.fairdraw.faults import Faulty, Part
from eventsite.kernel.fairdraw.rules import Tier, check_rules, slots, tiers
from eventsite.kernel.fairdraw.seed import key
from eventsite.kernel.fairdraw.sources import (
    Value,
    check_values,
    lottery,
    planned_sources,
    read_drand,
    read_lottery,
    read_stage,
)
from tests.kernel.fairdraw.sample import (
    DRAND_RANDOMNESS,
    DRAND_ROUND,
    DRAND_SIGNATURE,
    VECTOR_RULES,
    lottery_rules,
)

STAGE = {"kind": "stage"}
DRAND = {"kind": "drand", "chain": "quicknet", "round": DRAND_ROUND}


def test_slots_stand_in_the_order_of_the_tiers() -> None:
    rules = VECTOR_RULES | {
        "tiers": [{"code": "pz-1", "count": 2, "name": "一"}, {"code": "B", "count": 1, "name": ""}]
    }

    assert slots(rules) == ("pz-1-1", "pz-1-2", "B-1")
    assert tiers(rules)[0] == Tier(code="pz-1", name="一", count=2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"max_weight": 0}, "The highest weight is a whole number from 1 to 20."),
        ({"max_weight": 21}, "The highest weight is a whole number from 1 to 20."),
        ({"max_weight": True}, "The highest weight is a whole number from 1 to 20."),
        ({"tiers": []}, "The rules name no prize tiers."),
        (
            {"tiers": [{"code": "A", "count": 0, "name": "x"}]},
            "Tier 1 needs a code, a name and a count of at least 1.",
        ),
        (
            {"tiers": [{"code": "A B", "count": 1, "name": "x"}]},
            "Tier 1 needs a code, a name and a count of at least 1.",
        ),
        (
            {"tiers": [{"code": "A", "count": 1, "name": "x"}] * 2},
            "Two prizes of the rules have the same slot.",
        ),
        ({"redraw_commits": [["abc"]]}, "The witness commits for redraws are not lists of SHA-256 hashes."),
        ({"odds": 0.5}, "The rules cannot be hashed: float has no canonical spelling: 0.5."),
        ({"sources": []}, "A source of chance is not described in full."),
        ({"sources": [{"kind": "dice"}]}, "A source of chance is not described in full."),
        ({"sources": [{"kind": "stage", "digits": 19}]}, "A source of chance is not described in full."),
        ({"sources": [DRAND | {"round": 0}]}, "A source of chance is not described in full."),
        ({"sources": [DRAND | {"signature": "00"}]}, "A source of chance is not described in full."),
        ({"sources": [lottery("快乐8", "")]}, "A source of chance is not described in full."),
        (
            {"sources": [lottery("快乐8", "1") | {"numbers": [[3, 5, 4]]}]},
            "A source of chance is not described in full.",
        ),
        (
            {"sources": [STAGE | {"fallback": [STAGE | {"fallback": []}]}]},
            "A source of chance is not described in full.",
        ),
        (
            {"sources": [lottery("福彩3D", "2025240")]},
            "The sources of chance together need at least 60 bits; name one more.",
        ),
        (
            {"sources": [STAGE], "redraw_sources": [[STAGE | {"fallback": [lottery("双色球", "2025103")]}]]},
            "The sources of chance together need at least 60 bits; name one more.",
        ),
        ({"sources": [STAGE], "redraw_sources": {}}, "The sources for redraws are not a list of lists."),
    ],
)
def test_rules_that_the_arithmetic_cannot_use_are_named(change: dict[str, Any], said: str) -> None:
    faults = check_rules(VECTOR_RULES | change)

    assert [(found.part, str(found)) for found in faults] == [(Part.RULES, said)]


def test_whole_rules_have_no_fault() -> None:
    assert check_rules(VECTOR_RULES) == []
    assert check_rules(lottery_rules()) == []


def test_a_redraw_without_a_plan_uses_the_sources_of_the_draw() -> None:
    rules = lottery_rules()

    assert planned_sources(VECTOR_RULES, 0) is None
    assert planned_sources(rules, 1) == [STAGE | {"digits": 24}]
    assert planned_sources(rules, 2) == rules["sources"]


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([[12, 3, 7]], "3.7.12./"),
        ([[]], "/"),
        ([0], "0./"),
        ([" Nonce\tone ２\n"], "NONCEONE２/"),
        ([None, "a", None], "A/"),
        ([], ""),
        (["0123", 123, [3, 2, 1]], "0123/123./1.2.3./"),
    ],
)
def test_key_form(values: list[Any], form: str) -> None:
    assert key(values) == form


@pytest.mark.parametrize("value", [1.5, True, [True], ["1"], {"a": 1}, b"1"])
def test_key_form_refuses_other_types(value: Any) -> None:
    with pytest.raises(ValueError, match="is no text, whole number or list"):
        key([value])


def test_stage_digits_are_one_text_in_the_order_they_fell() -> None:
    assert read_stage("01234 56789\n０1234 56789", STAGE) == ["01234567890123456789"]


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("0123456789012345678", STAGE, "The rules ask for at least 20 stage digits, here are 19."),
        ("012345678901234567890", STAGE | {"digits": 20}, "The rules ask for 20 stage digits, here are 21."),
        ("01234567890123456789x", STAGE, "Stage digits are the digits 0 to 9 alone, as one text."),
        ("٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩", STAGE, "Stage digits are the digits 0 to 9 alone, as one text."),
    ],
)
def test_stage_digits_that_do_not_count_are_refused(text: str, source: dict[str, Any], said: str) -> None:
    with pytest.raises(Faulty, match=said):
        read_stage(text, source)


def test_lottery_numbers_are_lists_and_single_integers() -> None:
    assert read_lottery("05 12 17 21 30 33 + 08", lottery("双色球", "1")) == [[5, 12, 17, 21, 30, 33], 8]
    assert read_lottery("007", lottery("福彩3D", "1")) == [7]


@pytest.mark.parametrize(
    "text", ["05 12 17 21 30 33", "05 12 17 21 30 34 + 08", "05 05 17 21 30 33 + 08", ""]
)
def test_numbers_of_another_game_are_refused(text: str) -> None:
    with pytest.raises(Faulty, match="These are not numbers of 双色球"):
        read_lottery(text, lottery("双色球", "1"))


def test_too_many_lottery_numbers_are_refused() -> None:
    with pytest.raises(Faulty, match="The number of values does not fit the sources"):
        read_lottery("05 12 17 21 30 33 + 08 09", lottery("双色球", "1"))


def test_drand_randomness_is_the_hash_of_its_signature() -> None:
    source = DRAND | {"signature": DRAND_SIGNATURE}

    assert read_drand(f" {DRAND_RANDOMNESS.upper()}\n", source) == [DRAND_RANDOMNESS]
    with pytest.raises(Faulty, match="not the hash of its signature"):
        read_drand("0" * 64, source)
    with pytest.raises(Faulty, match="not the hash of its signature"):
        read_drand(DRAND_RANDOMNESS, DRAND)


def test_a_source_that_the_rules_do_not_announce_is_named() -> None:
    plan = lottery_rules()["sources"]
    values: list[Value] = [list(range(1, 21)), "01234567890123456789"]

    assert check_values(plan, [plan[0], STAGE], values) == []
    assert [str(found) for found in check_values(plan, [STAGE, STAGE], values)] == [
        "The sources used are not those that the rules announce."
    ]
    assert [str(found) for found in check_values(plan, plan, values)] == [
        "The number of values does not fit the sources."
    ]
