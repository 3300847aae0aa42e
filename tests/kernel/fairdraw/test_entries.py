"""The entry file: every fault by its line. The hash tree: a proof for every line, and only for that line."""

from dataclasses import replace

import pytest

from eventsite.kernel.fairdraw.entries import (
    MAX_FAULTS,
    Entry,
    check_entries,
    entry_lines,
    format_entries,
    parse_entries,
)
from eventsite.kernel.fairdraw.faults import Faulty, Part
from eventsite.kernel.fairdraw.merkle import merkle_root, prove_inclusion, tree_levels, verify_inclusion
from tests.kernel.fairdraw.sample import VECTOR_ENTRIES, make_entries


def _faults(data: bytes, *, max_weight: int = 3) -> list[tuple[Part, str]]:
    with pytest.raises(Faulty) as caught:
        parse_entries(data, max_weight=max_weight)
    return [(found.part, str(found)) for found in caught.value.faults]


def test_entry_file_reads_back() -> None:
    entries = make_entries(500)

    read = parse_entries(format_entries(entries), max_weight=3)

    assert list(read) == entries
    assert (read[7], list(read[490:])) == (entries[7], entries[490:])
    assert format_entries(read) == format_entries(entries)
    assert list(parse_entries(b"", max_weight=3)) == []


def test_each_fault_of_an_entry_file_is_named_by_its_line() -> None:
    data = b"AAAAAAAAA2,1\nAAAAAAAAA2,1\nAAAAAAAAA1,1\nCCCCCCCCCC,4\nBBBBBBBBBB,1\nDDDDDDDDDD,1"

    assert _faults(data) == [
        (Part.ENTRY, "Line 2: entry AAAAAAAAA2 is there twice."),
        (Part.ENTRY, "Line 3 is not an entry id, a comma and a weight."),
        (Part.WEIGHT, "Line 4: the weight of entry CCCCCCCCCC is 4, not 1 to 3."),
        (Part.ENTRY, "Line 5: entry BBBBBBBBBB is out of order."),
        (Part.ENTRY, "Line 6 does not end with a line feed."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "AAAAAAAAA2,0",
        "AAAAAAAAA2,01",
        "AAAAAAAAA2,+1",
        "AAAAAAAAA2, 1",
        "AAAAAAAAA2,１",
        "AAAAAAAAA2,1\r",
        "AAAAAAAAA2,1,1",
        "AAAAAAAAA2,100",
        "AAAAAAAAA,1",
        "AAAAAAAAA0,1",
        "aaaaaaaaa2,1",
        "\ufeffAAAAAAAAA2,1",
        '"AAAAAAAAA2",1',
        "",
    ],
)
def test_a_line_in_any_other_spelling_is_a_fault(line: str) -> None:
    assert _faults(f"{line}\n".encode()) == [(Part.ENTRY, "Line 1 is not an entry id, a comma and a weight.")]


def test_a_file_of_junk_names_its_first_faults() -> None:
    assert len(_faults(b"\n" * 5000)) == MAX_FAULTS


def test_entries_that_could_not_be_a_file_are_named() -> None:
    entries = [Entry("BBBBBBBBBB", 0), Entry("AAAAAAAAAA", 1), Entry("AAAAAAAAAA", 4), Entry("no", 1)]

    assert [str(found) for found in check_entries(entries, max_weight=3)] == [
        "Line 1: the weight of entry BBBBBBBBBB is 0, not 1 to 3.",
        "Line 2: entry AAAAAAAAAA is out of order.",
        "Line 3: entry AAAAAAAAAA is there twice.",
        "Line 3: the weight of entry AAAAAAAAAA is 4, not 1 to 3.",
        "Line 4 has no entry id of ten signs A-Z and 2-9.",
    ]
    assert check_entries(VECTOR_ENTRIES, max_weight=3) == []


@pytest.mark.parametrize("size", range(1, 34))
def test_every_line_has_a_proof_and_no_other_line_has_it(size: int) -> None:
    lines = [b"line %d" % number for number in range(size)]
    levels, root = tree_levels(lines), merkle_root(lines)

    assert levels[-1][0].hex() == root
    for index, line in enumerate(lines):
        proof = prove_inclusion(levels, index)
        assert verify_inclusion(line, proof, root)
        assert not verify_inclusion(line + b"0", proof, root)
        assert not verify_inclusion(line, replace(proof, hashes=(*proof.hashes, root)), root)
        if proof.hashes:
            assert not verify_inclusion(line, replace(proof, hashes=proof.hashes[1:]), root)
            assert not verify_inclusion(line, replace(proof, hashes=("g", *proof.hashes[1:])), root)
        assert not verify_inclusion(line, replace(proof, index=size), root)


def test_proof_of_a_large_list_is_short() -> None:
    lines = entry_lines(make_entries(3000))
    proof = prove_inclusion(tree_levels(lines), 1234)

    assert len(proof.hashes) == 12
    assert verify_inclusion(lines[1234], proof, merkle_root(lines))


def test_no_lines_have_no_proof() -> None:
    assert merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with pytest.raises(IndexError):
        prove_inclusion(tree_levels([]), 0)
