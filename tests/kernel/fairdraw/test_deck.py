"""The sealed deck of `instant` mode."""

from collections import Counter
from typing import Any

import pytest

from eventsite.kernel.fairdraw.deck import Handout, check_deck, check_deck_rules, deal, deck_commitment
from eventsite.kernel.fairdraw.faults import Part
from eventsite.kernel.fairdraw.hashing import text_hash

SEED = "f" * 64
RULES: dict[str, Any] = {
    "draw": "instant",
    "max_weight": 1,
    "tiers": [{"code": "A", "count": 2, "name": "一等奖"}, {"code": "B", "count": 7, "name": "二等奖"}],
    "deck": [
        {"part": "2025-09-06", "prizes": {"A": 1, "B": 3}, "blanks": 16},
        {"part": "2025-09-07", "prizes": {"B": 4, "A": 1}, "blanks": 0},
    ],
}


def _handouts(*positions: int) -> list[Handout]:
    deck = deal(RULES, SEED)
    return [Handout(position=place, prize=deck[place - 1].prize) for place in positions]


def test_a_deck_holds_the_published_prizes_day_by_day() -> None:
    deck = deal(RULES, SEED)

    assert [card.position for card in deck] == list(range(1, 26))
    assert Counter(card.part for card in deck) == {"2025-09-06": 20, "2025-09-07": 5}
    assert sorted(card.prize for card in deck[:20] if card.prize) == ["A-1", "B-1", "B-2", "B-3"]
    assert sorted(card.prize for card in deck[20:] if card.prize) == ["A-2", "B-4", "B-5", "B-6", "B-7"]


def test_cards_stand_in_the_order_of_their_hashes() -> None:
    numbers = [card.number for card in deal(RULES, SEED)]

    assert sorted(numbers[:20]) == list(range(1, 21))
    assert numbers[:20] == sorted(range(1, 21), key=lambda card: text_hash(f"{SEED}:{card}"))
    assert numbers[20:] == sorted(range(21, 26), key=lambda card: text_hash(f"{SEED}:{card}"))


def test_a_closed_deck_checks_out() -> None:
    handouts = _handouts(1, 2, 3, 21, 22)  # seventeen cards of the first day were left over

    assert check_deck(RULES, commitment=deck_commitment(SEED), deck_seed=SEED, handouts=handouts) == []
    assert check_deck(RULES, commitment=deck_commitment(SEED), deck_seed=SEED, handouts=[]) == []


@pytest.mark.parametrize(
    ("handouts", "said"),
    [
        (_handouts(1, 3), "Card 3 was given out after card 1, out of turn."),
        (_handouts(1, 1), "Card 1 was given out after card 1, out of turn."),
        (_handouts(2), "Card 2 was given out after card 0, out of turn."),
        (_handouts(21, 1), "Card 1 was given out after card 21, out of turn."),
        ([Handout(position=26, prize=None)], "Card 26 was given out after card 0, out of turn."),
        (
            [Handout(position=1, prize="C-1")],
            f"Card 1 is {deal(RULES, SEED)[0].prize or '-'}; it was given out as C-1.",
        ),
    ],
)
def test_a_card_out_of_turn_or_of_another_face_is_named(handouts: list[Handout], said: str) -> None:
    faults = check_deck(RULES, commitment=deck_commitment(SEED), deck_seed=SEED, handouts=handouts)

    assert [(found.part, str(found)) for found in faults] == [(Part.DECK, said)]


def test_another_seed_does_not_fit_the_commitment() -> None:
    faults = check_deck(RULES, commitment=deck_commitment(SEED), deck_seed="0" * 64, handouts=[])

    assert [str(found) for found in faults] == [
        "The deck seed does not fit the commitment published before opening."
    ]


@pytest.mark.parametrize(
    ("deck", "said"),
    [
        ([], "A part of the deck needs a name, prizes by tier and a count of blanks."),
        (
            [{"part": "1", "prizes": {}}],
            "A part of the deck needs a name, prizes by tier and a count of blanks.",
        ),
        (RULES["deck"][:1] * 2, "Two parts of the deck have the same name."),
        (RULES["deck"][:1], "The parts of the deck do not add up to the prizes of the rules."),
    ],
)
def test_rules_that_make_no_deck_are_named(deck: list[Any], said: str) -> None:
    rules = RULES | {"deck": deck}

    assert [str(found) for found in check_deck_rules(rules)] == [said]
    assert [str(found) for found in check_deck(rules, commitment="", deck_seed="", handouts=[])] == [said]
