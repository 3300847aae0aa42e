"""Every published vector of the scheme and of the RFCs that it builds on."""

import pytest

from eventsite.kernel.fairdraw.entries import Entry, entries_sha256, format_entries
from eventsite.kernel.fairdraw.hashing import text_hash
from eventsite.kernel.fairdraw.merkle import merkle_root
from eventsite.kernel.fairdraw.numbers import draw, number_of
from eventsite.kernel.fairdraw.rfc3797 import select
from eventsite.kernel.fairdraw.rules import rules_sha256
from eventsite.kernel.fairdraw.seed import key, pre
from tests.kernel.fairdraw.sample import VECTOR_ENTRIES, VECTOR_RULES, vector_record

CT_INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
RFC3797_KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
NOMCOM_2022 = [[7, 18, 28, 40, 48, 8, 11], [15, 21, 31, 36, 65, 16], [17, 21, 12, 26, 8, 42, 35, 13]]


def test_rules_and_entries_of_the_complete_vector() -> None:
    lines = [b"AAAAAAAAA2,1", b"BBBBBBBBB3,3", b"CCCCCCCCC4,2"]

    assert rules_sha256(VECTOR_RULES) == "fc54007c4f2463e5e2afbacfbae08d95bd3a68163afd17e6cc05078eea80ccbc"
    assert format_entries(VECTOR_ENTRIES) == b"".join(line + b"\n" for line in lines)
    assert (
        entries_sha256(format_entries(VECTOR_ENTRIES))
        == "5245f6f254b21f10f49d8f33c8d2d52cd9ba39b17ff300110399deaa780c26fa"
    )
    assert merkle_root(lines) == "b0fda0c0d372ee104c3a4ce46b72ec1fa6c701a2365f490a6eb7cfcec7461ff5"


def test_freeze_of_the_complete_vector() -> None:
    freeze = vector_record().freeze

    assert freeze.sha256 == "9fda318cf540cefde97b435fbb8dd971bb84dff94fb1d9f2ef895544087d5032"
    assert (freeze.entries, freeze.tickets, freeze.frozen_at) == (3, 6, "2025-09-06T04:00:00Z")


def test_rounds_of_the_complete_vector() -> None:
    first, second = vector_record().rounds

    assert first.pre == "6c7a1a444322a1b71d1ca49a5410c66aa7bbea8d29d5f457180292f499bea097"
    assert first.seed == "1c1c3dd34cc55b11c77f386781c085ed325d8fda49a0798850ac3c1bec9db095"
    assert [(won.prize, won.entry, won.number[:16]) for won in first.winners] == [
        ("A-1", "CCCCCCCCC4", "56d26bee9ca9cb59"),
        ("B-1", "AAAAAAAAA2", "8971d79bc8344c57"),
    ]
    assert second.pre == "baaedf75514215795ed92935596189cdad5ac2992c64feb15c57a6db8d71058b"
    assert second.seed == "2f4fd59610fe59b3108cf9a34902374f68b7cfeb8f7118e515ad85e5aa7a46e5"
    assert [(won.prize, won.entry, won.number[:16]) for won in second.winners] == [
        ("B-1", "BBBBBBBBB3", "51a93a10522af330")
    ]
    assert vector_record().outcome == {"A-1": "CCCCCCCCC4", "B-1": "BBBBBBBBB3"}


def test_pre_of_round_0_is_the_empty_list() -> None:
    assert pre([[]]) == text_hash('[{"unclaimed":[]}]')


def test_numbers_of_the_abc_seed() -> None:
    seed = text_hash("abc")
    entries = [Entry("A1", 1), Entry("B2", 2), Entry("C3", 3)]

    tickets = {entry.id: number_of(seed, entry)[:16] for entry in entries}

    assert tickets == {"A1": "68184b9aa6677287", "B2": "12b7cb7e804501fa", "C3": "16123b84ca544643"}
    assert text_hash(f"{seed}:B2:2")[:16] == "ba1c61fc165abbb8"
    assert text_hash(f"{seed}:C3:1")[:16] == "d348d7022976c14b"
    assert text_hash(f"{seed}:C3:3")[:16] == "d7842e8a2724622b"
    winners = draw(seed, entries, open_slots=["1", "2", "3"])
    assert [won.entry for won in winners] == ["B2", "C3", "A1"]


def test_merkle_root_of_the_certificate_transparency_inputs() -> None:
    root = merkle_root(map(bytes.fromhex, CT_INPUTS))

    assert root == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize(
    ("hash_name", "selected"),
    [
        ("md5", [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4]),
        ("sha256", [20, 23, 1, 14, 17, 9, 11, 15, 7, 13, 21, 10, 22, 12, 6, 16]),
    ],
)
def test_selection_of_rfc_3797(hash_name: str, selected: list[int]) -> None:
    assert key([9319, [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]) == RFC3797_KEY
    assert select(RFC3797_KEY, pool=25, count=16, hash_name=hash_name) == selected


def test_selection_of_the_nominating_committee_of_2022() -> None:
    seeds = key([*NOMCOM_2022, [1, 10, 13, 14, 16, 25, 27, 5, 21]])

    chosen = select(seeds, pool=267, count=10, hash_name="md5")

    assert chosen == [171, 245, 68, 190, 70, 126, 110, 128, 138, 173]


@pytest.mark.parametrize(("pool", "count"), [(65536, 1), (3, 4), (3, -1)])
def test_selection_refuses_what_the_rfc_cannot_count(pool: int, count: int) -> None:
    with pytest.raises(ValueError, match="cannot select"):
        select("1./", pool=pool, count=count)
