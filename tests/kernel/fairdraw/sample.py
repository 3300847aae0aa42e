"""Draws to test with: the complete vector of the specification, and two with all that a record may hold."""

import random
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from eventsite.kernel.fairdraw.drawing import play_round
from eventsite.kernel.fairdraw.entries import Entry
from eventsite.kernel.fairdraw.freeze import freeze_draw
from eventsite.kernel.fairdraw.hashing import text_hash
from eventsite.kernel.fairdraw.record import Record, new_record
from eventsite.kernel.fairdraw.sources import lottery

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789"
FROZEN_AT = datetime(2025, 9, 6, 4, tzinfo=UTC)

VECTOR_RULES: dict[str, Any] = {
    "draw": "vector",
    "max_weight": 3,
    "tiers": [{"code": "A", "count": 1, "name": "一等奖"}, {"code": "B", "count": 1, "name": "二等奖"}],
}
VECTOR_ENTRIES = [Entry("AAAAAAAAA2", 1), Entry("BBBBBBBBB3", 3), Entry("CCCCCCCCC4", 2)]

# drand quicknet, round 657413, as published by its network.
DRAND_ROUND = 657413
DRAND_SIGNATURE = (
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)
DRAND_RANDOMNESS = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"


def make_entries(count: int, *, most: int = 3, seed: int = 1) -> list[Entry]:
    """Return sorted entries with random ids and weights."""
    chance = random.Random(seed)
    ids = sorted({"".join(chance.choices(ALPHABET, k=10)) for _ in range(count)})
    return [Entry(entry_id, chance.randint(1, most)) for entry_id in ids]


def vector_record() -> Record:
    """Return the complete vector: two witnesses, one redraw."""
    commits = [text_hash("nonce-one"), text_hash("nonce-two")]
    freeze = freeze_draw(VECTOR_RULES, VECTOR_ENTRIES, witness_commits=commits, frozen_at=FROZEN_AT)
    record = new_record(VECTOR_RULES, freeze)
    record = play_round(
        record, VECTOR_ENTRIES, values=["31415926535897932384"], reveals=["nonce-one", "nonce-two"]
    )
    return play_round(record, VECTOR_ENTRIES, values=["27182818284590452353"], unclaimed=["B-1"])


def lottery_rules() -> dict[str, Any]:
    """Return rules with two lotteries, a fallback, and a redraw announced with its own source and witness."""
    return {
        "draw": "rd-2",
        "title": "惊喜抽奖 “第二轮” \t\x7f",
        "max_weight": 5,
        "tiers": [
            {"code": "pz-1", "count": 2, "name": "一等奖", "value_cny": 2000},
            {"code": "pz-2", "count": 9, "name": "二等奖", "value_cny": 200},
        ],
        "sources": [
            lottery("快乐8", "2025240"),
            lottery("双色球", "2025103") | {"fallback": [lottery("福彩3D", "2025240"), {"kind": "stage"}]},
        ],
        "redraw_sources": [[{"kind": "stage", "digits": 24}]],
        "redraw_commits": [[text_hash("again")]],
    }


def lottery_record() -> tuple[Record, list[Entry]]:
    """Return a draw of 200 entries with a witness who stayed away, a fallback and an announced redraw."""
    rules, entries = lottery_rules(), make_entries(200, most=5)
    commits = [text_hash("Partner 省 nonce"), text_hash("gone"), text_hash("notary")]
    freeze = freeze_draw(rules, entries, witness_commits=commits, frozen_at=FROZEN_AT)
    record = play_round(
        new_record(rules, freeze),
        entries,
        values=[list(range(80, 60, -1)), 7],
        sources=[rules["sources"][0], lottery("福彩3D", "2025240")],
        reveals=["Partner 省 nonce", None, "notary"],
    )
    record = play_round(
        record,
        entries,
        values=["012345678901234567890123"],
        sources=[{"kind": "stage", "digits": 24}],
        reveals=["again"],
        unclaimed=["pz-1-2", "pz-2-1", "pz-2-9"],
    )
    return record, entries


def drand_record() -> tuple[Record, list[Entry]]:
    """Return a draw with fewer entries than prizes, seeded by a drand round."""
    source = {"kind": "drand", "chain": "quicknet", "round": DRAND_ROUND}
    rules = VECTOR_RULES | {
        "tiers": [{"code": "A", "count": 20, "name": "纪念奖"}],
        "sources": [source],
        "redraw_sources": [[source | {"round": DRAND_ROUND + 1}]],
    }
    entries = make_entries(7)
    record = new_record(rules, freeze_draw(rules, entries, witness_commits=[], frozen_at=FROZEN_AT))
    used = source | {"signature": DRAND_SIGNATURE}
    assert sha256(bytes.fromhex(DRAND_SIGNATURE)).hexdigest() == DRAND_RANDOMNESS
    return play_round(record, entries, values=[DRAND_RANDOMNESS], sources=[used]), entries
