"""The sealed deck of `instant` mode: results at once, an order fixed before the doors open.

`rules["deck"]` lists the parts that are released one after another (a day each), every part with its prizes
by tier code and its blanks: `[{"part": "2025-09-06", "prizes": {"A": 1, "B": 20}, "blanks": 479}, …]`. Cards
are numbered from 1 through all parts; in a part the prizes come first, in the order of the tiers, then the
blanks. A part's cards are then put in the order of `H(deck_seed + ":" + card_no)`; positions run on through
the parts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.kernel.fairdraw.faults import Fault, Part, fault
from eventsite.kernel.fairdraw.hashing import text_hash
from eventsite.kernel.fairdraw.rules import Rules, tiers
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card of the deck at its position (from 1); `prize` is a slot, `None` on a blank."""

    position: int
    number: int
    part: str
    prize: str | None


@dataclass(frozen=True, kw_only=True)
class Handout:
    """A card as it was given out."""

    position: int
    prize: str | None


def deck_commitment(deck_seed: str) -> str:
    """Return what is published before opening; the seed itself stays sealed until the draw is closed."""
    return text_hash(deck_seed)


def deal(rules: Rules, deck_seed: str) -> list[Card]:
    """Return the whole deck in the order in which cards are given out."""
    deck: list[Card] = []
    number, used = 0, dict.fromkeys((tier.code for tier in tiers(rules)), 0)
    for part in rules["deck"]:
        faces = [*_prizes(rules, part, used), *[None] * part["blanks"]]
        numbered = dict(enumerate(faces, number + 1))
        for card in sorted(numbered, key=lambda card: text_hash(f"{deck_seed}:{card}")):
            deck.append(Card(position=len(deck) + 1, number=card, part=part["part"], prize=numbered[card]))
        number += len(faces)
    return deck


def check_deck_rules(rules: Rules) -> list[Fault]:
    """Name what keeps the rules (already free of other faults) from making a deck."""
    parts = rules.get("deck")
    if not isinstance(parts, list) or not parts or not all(map(_is_part, parts)):
        return [
            fault(Part.DECK, N_("A part of the deck needs a name, prizes by tier and a count of blanks."))
        ]
    if len({part["part"] for part in parts}) < len(parts):
        return [fault(Part.DECK, N_("Two parts of the deck have the same name."))]
    dealt: dict[str, int] = {}
    for part in parts:
        for code, count in part["prizes"].items():
            dealt[code] = dealt.get(code, 0) + count
    if dealt != {tier.code: tier.count for tier in tiers(rules)}:
        return [fault(Part.DECK, N_("The parts of the deck do not add up to the prizes of the rules."))]
    return []


def check_deck(rules: Rules, *, commitment: str, deck_seed: str, handouts: Sequence[Handout]) -> list[Fault]:
    """Check a closed draw: the seed is the committed one, and cards went out in order, each as dealt.

    A part may end with cards left over; the next then begins at its own first position.
    """
    if faults := check_deck_rules(rules):
        return faults
    faults = []
    if deck_commitment(deck_seed) != commitment:
        faults.append(
            fault(Part.DECK, N_("The deck seed does not fit the commitment published before opening."))
        )
    return faults + list(_handout_faults(deal(rules, deck_seed), handouts))


def _handout_faults(deck: Sequence[Card], handouts: Sequence[Handout]) -> Iterator[Fault]:
    before = 0
    for given in handouts:
        if not 1 <= given.position <= len(deck) or not _follows(deck, before, given.position):
            yield fault(
                Part.DECK,
                N_("Card %(position)d was given out after card %(before)d, out of turn."),
                position=given.position,
                before=before,
            )
            return
        if deck[given.position - 1].prize != given.prize:
            yield fault(
                Part.DECK,
                N_("Card %(position)d is %(dealt)s; it was given out as %(given)s."),
                position=given.position,
                dealt=deck[given.position - 1].prize or "-",
                given=given.prize or "-",
            )
        before = given.position


def _follows(deck: Sequence[Card], before: int, position: int) -> bool:
    if position == before + 1:
        return True
    starts_part = position > 1 and deck[position - 1].part != deck[position - 2].part
    return starts_part and position > before


def _prizes(rules: Rules, part: Mapping[str, Any], used: dict[str, int]) -> Iterator[str]:
    for tier in tiers(rules):
        for _ in range(part["prizes"].get(tier.code, 0)):
            used[tier.code] += 1
            yield f"{tier.code}-{used[tier.code]}"


def _is_part(part: object) -> bool:
    if (
        not isinstance(part, dict)
        or not isinstance(part.get("part"), str)
        or not isinstance(part.get("prizes"), dict)
    ):
        return False
    counts = [*part["prizes"].values(), part.get("blanks")]
    return all(type(count) is int and count >= 0 for count in counts)
