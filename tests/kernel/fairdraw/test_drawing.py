"""Rounds, redraws and the odds of winning."""

from collections import Counter
from itertools import permutations
from typing import Any

import pytest

from eventsite.kernel.fairdraw.drawing import play_round
from eventsite.kernel.fairdraw.entries import Entry
from eventsite.kernel.fairdraw.faults import Faulty, Part
from eventsite.kernel.fairdraw.freeze import freeze_draw
from eventsite.kernel.fairdraw.hashing import text_hash
from eventsite.kernel.fairdraw.numbers import draw, number_of
from eventsite.kernel.fairdraw.record import Record, new_record
from tests.kernel.fairdraw.sample import (
    DRAND_RANDOMNESS,
    FROZEN_AT,
    VECTOR_ENTRIES,
    VECTOR_RULES,
    drand_record,
    lottery_record,
    make_entries,
)

DIGITS = "31415926535897932384"


def _frozen() -> Record:
    commits = [text_hash("nonce-one"), text_hash("nonce-two")]
    return new_record(
        VECTOR_RULES, freeze_draw(VECTOR_RULES, VECTOR_ENTRIES, witness_commits=commits, frozen_at=FROZEN_AT)
    )


def _drawn() -> Record:
    return play_round(_frozen(), VECTOR_ENTRIES, values=[DIGITS], reveals=["nonce-one", "nonce-two"])


def _refused(record: Record, entries: list[Entry] = VECTOR_ENTRIES, **given: Any) -> list[tuple[Part, str]]:
    with pytest.raises(Faulty) as caught:
        play_round(record, entries, **given)
    return [(found.part, str(found)) for found in caught.value.faults]


def test_a_witness_who_stays_away_is_skipped_and_recorded() -> None:
    record = play_round(_frozen(), VECTOR_ENTRIES, values=[DIGITS], reveals=["nonce-one", None])

    assert record.rounds[0].reveals == ("nonce-one", None)
    assert record.rounds[0].seed != _drawn().rounds[0].seed


@pytest.mark.parametrize(
    ("reveals", "said"),
    [
        (["nonce-one", "nonce-too"], "Round 0: the nonce of witness 2 does not fit its commit."),
        (["nonce-one"], "Round 0 has 1 reveals for 2 witness commits."),
    ],
)
def test_a_wrong_reveal_is_refused(reveals: list[str], said: str) -> None:
    assert _refused(_frozen(), values=[DIGITS], reveals=reveals) == [(Part.NONCE, said)]


def test_a_redraw_keeps_all_other_winners() -> None:
    record, _ = lottery_record()
    first, second = record.rounds
    before = {won.prize: won.entry for won in first.winners}
    after = {won.prize: won.entry for won in second.winners}

    assert record.outcome == before | after
    assert set(after) == {"pz-1-2", "pz-2-1", "pz-2-9"}
    assert not set(after.values()) & set(before.values())


@pytest.mark.parametrize("unclaimed", [[], ["A-1", "A-1"], ["B-1", "A-1"], ["C-1"]])
def test_an_unclaimed_list_that_is_not_plain_is_refused(unclaimed: list[str]) -> None:
    faults = _refused(_drawn(), values=[DIGITS], unclaimed=unclaimed)

    assert {part for part, _ in faults} == {Part.UNCLAIMED}


def test_reveals_of_a_redraw_that_nobody_announced_are_refused() -> None:
    assert _refused(_drawn(), values=[DIGITS], unclaimed=["B-1"], reveals=["grind"]) == [
        (Part.NONCE, "Round 1 has 1 reveals for 0 witness commits.")
    ]


def test_a_list_changed_after_the_freeze_is_refused() -> None:
    later = [*VECTOR_ENTRIES, Entry("DDDDDDDDDD", 1)]

    parts = [
        part for part, _ in _refused(_frozen(), later, values=[DIGITS], reveals=["nonce-one", "nonce-two"])
    ]

    assert parts == [Part.ENTRY, Part.WEIGHT, Part.ENTRY, Part.ENTRY]


def test_fewer_entries_than_prizes_leave_the_lowest_prizes_open() -> None:
    record, entries = drand_record()

    assert [won.prize for won in record.rounds[0].winners] == [f"A-{place}" for place in range(1, 8)]
    assert {entry for entry in record.outcome.values() if entry} == {entry.id for entry in entries}
    assert record.outcome["A-8"] is None
    assert _refused(record, entries, values=[DRAND_RANDOMNESS], unclaimed=["A-8"])[-1] == (
        Part.UNCLAIMED,
        "Nobody holds A-8; there is nothing to redraw.",
    )


def test_chance_that_was_used_before_is_refused() -> None:
    record, entries = drand_record()
    used = record.rounds[0].sources[0]

    faults = _refused(record, entries, values=[DRAND_RANDOMNESS], sources=[used], unclaimed=["A-1"])

    assert (Part.VALUE, "drand quicknet 657413 is used twice; its values were known before.") in faults


def test_a_redraw_with_nobody_left_leaves_the_prize_open() -> None:
    record = play_round(_drawn(), VECTOR_ENTRIES, values=[DIGITS], unclaimed=["A-1"])
    record = play_round(record, VECTOR_ENTRIES, values=[DIGITS], unclaimed=["A-1"])

    assert record.rounds[2].winners == ()
    assert record.outcome == {"A-1": None, "B-1": "AAAAAAAAA2"}


def test_a_draw_without_entries_has_no_winners() -> None:
    freeze = freeze_draw(VECTOR_RULES, [], witness_commits=[], frozen_at=FROZEN_AT)

    record = play_round(new_record(VECTOR_RULES, freeze), [], values=[DIGITS])

    assert record.outcome == {"A-1": None, "B-1": None}


def test_freezing_names_copied_commits_and_bad_entries() -> None:
    commit = text_hash("nonce")
    with pytest.raises(Faulty) as caught:
        freeze_draw(VECTOR_RULES, VECTOR_ENTRIES[::-1], witness_commits=[commit, commit], frozen_at=FROZEN_AT)

    assert [found.part for found in caught.value.faults] == [Part.ENTRY, Part.ENTRY, Part.NONCE]


@pytest.mark.parametrize("count", [0, 1, 7, 1500, 2999, 3000, 4000])
def test_the_cut_off_changes_nothing(count: int) -> None:
    entries, seed = make_entries(3000, most=4), text_hash("cut-off")
    won = {entry.id for entry in entries[:40]}

    ranked = sorted((number_of(seed, entry), entry.id) for entry in entries if entry.id not in won)
    winners = draw(seed, entries, open_slots=[str(slot) for slot in range(count)], won=won)

    assert [(one.number, one.entry) for one in winners] == ranked[:count]


def test_equal_weights_win_equally_often() -> None:
    entries = make_entries(10, most=1)
    wins = Counter(
        winner.entry
        for turn in range(6000)
        for winner in draw(text_hash(f"even {turn}"), entries, open_slots=["A"])
    )

    chi2 = sum((wins[entry.id] - 600) ** 2 / 600 for entry in entries)
    assert chi2 < 27.9  # 9 degrees of freedom, exceeded once in a thousand


def test_weights_win_as_in_weighted_drawing_without_replacement() -> None:
    entries, turns = [Entry("AAAAAAAAAA", 1), Entry("BBBBBBBBBB", 2), Entry("CCCCCCCCCC", 5)], 12_000
    weights = {entry.id: entry.weight for entry in entries}
    orders = Counter(
        tuple(one.entry for one in draw(text_hash(f"weighted {turn}"), entries, open_slots=["A", "B"]))
        for turn in range(turns)
    )

    chi2 = 0.0
    for (first, one), (second, other) in permutations(weights.items(), 2):
        expected = turns * (one / 8) * (other / (8 - one))
        chi2 += (orders[first, second] - expected) ** 2 / expected
    assert sum(orders.values()) == turns
    assert chi2 < 20.5  # 5 degrees of freedom, exceeded once in a thousand
