"""A changed record is named by its part, by `check` and by the citizen's script; its twin passes."""

import ast
import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventsite.kernel.fairdraw import check as check_module
from eventsite.kernel.fairdraw.check import check, check_files
from eventsite.kernel.fairdraw.entries import Entry, format_entries
from eventsite.kernel.fairdraw.faults import Part
from eventsite.kernel.fairdraw.record import Record, format_record, parse_record
from tests.kernel.fairdraw.sample import VECTOR_ENTRIES, drand_record, lottery_record, vector_record

VERIFY = Path(check_module.__file__).with_name("verify.py")
PERL = shutil.which("perl")

Tamper = Callable[[dict[str, Any], list[str]], None]


def test_check_passes_whole_records() -> None:
    assert check(vector_record(), VECTOR_ENTRIES) == []
    assert check(*lottery_record()) == []
    assert check(*drand_record()) == []


@pytest.mark.parametrize("name", ["vector", "lottery", "drand"])
def test_citizen_script_passes_whole_records(tmp_path: Path, name: str) -> None:
    record, entries = _draw(name)

    told = _verify(tmp_path, format_record(record), format_entries(entries), entries[0].id)

    assert (told.returncode, told.stderr) == (0, "")
    assert record.freeze_sha256 in told.stdout
    assert "FAIL" not in told.stdout
    assert f"{entries[0].id} 号码 number" in told.stdout


def _drop_entry(record: dict[str, Any], lines: list[str]) -> None:
    del lines[3]


def _swap_entry(record: dict[str, Any], lines: list[str]) -> None:
    lines[0] = "2222222222" + lines[0][10:]


def _add_weight(record: dict[str, Any], lines: list[str]) -> None:
    lines[5] = lines[5][:11] + str(int(lines[5][11:]) % 5 + 1)


def _change_rule(record: dict[str, Any], lines: list[str]) -> None:
    record["rules"]["title"] += "."


def _change_freeze(record: dict[str, Any], lines: list[str]) -> None:
    record["freeze"]["frozen_at"] = "2025-09-06T04:00:01Z"


def _change_nonce(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][0]["reveals"][0] += "2"


def _reveal_late(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][1]["reveals"].append("not announced")


def _change_digit(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][1]["values"] = ["012345678901234567890124"]


def _change_lottery(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][0]["values"][1] = 8


def _too_few_digits(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][1]["values"] = ["0123456789012345678901"]


def _other_issue(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][0]["sources"][0]["issue"] = "2025241"


def _change_winner(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][0]["winners"][4]["entry"] = "ZZZZZZZZZZ"


def _swap_winners(record: dict[str, Any], lines: list[str]) -> None:
    winners = record["rounds"][0]["winners"]
    winners[0]["entry"], winners[1]["entry"] = winners[1]["entry"], winners[0]["entry"]


def _change_number(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][1]["winners"][0]["number"] = "0" * 64


def _change_outcome(record: dict[str, Any], lines: list[str]) -> None:
    record["outcome"][0]["entry"] = record["outcome"][1]["entry"]


def _hide_unclaimed(record: dict[str, Any], lines: list[str]) -> None:
    del record["rounds"][1]["unclaimed"][2], record["rounds"][1]["winners"][2]


def _reorder_unclaimed(record: dict[str, Any], lines: list[str]) -> None:
    record["rounds"][1]["unclaimed"].reverse()


TAMPERS: list[tuple[Tamper, Part, str]] = [
    (_drop_entry, Part.ENTRY, "as many entries as were frozen"),
    (_swap_entry, Part.ENTRY, "the entry file has the frozen SHA-256"),
    (_add_weight, Part.WEIGHT, "the weights are within the rules"),
    (_change_rule, Part.RULES, "the rules are the frozen ones"),
    (_change_freeze, Part.FREEZE, "the hash of the freeze"),
    (_change_nonce, Part.NONCE, "round 0: the witnesses' nonces fit their commits"),
    (_reveal_late, Part.NONCE, "round 1: the witnesses' nonces fit their commits"),
    (_change_digit, Part.VALUE, "round 1: the seed comes from the nonces and the public values"),
    (_change_lottery, Part.VALUE, "round 0: the seed comes from the nonces and the public values"),
    (_too_few_digits, Part.VALUE, "round 1: the public values come from the sources"),
    (_other_issue, Part.VALUE, "round 0: the public values come from the sources"),
    (_change_winner, Part.WINNER, "round 0: the same winners ['pz-2-3']"),
    (_swap_winners, Part.WINNER, "round 0: the same winners ['pz-1-1', 'pz-1-2']"),
    (_change_number, Part.WINNER, "round 1: the same winners ['pz-1-2']"),
    (_change_outcome, Part.WINNER, "who holds each prize at the end"),
    (_hide_unclaimed, Part.UNCLAIMED, "round 1: these are the unclaimed prizes"),
    (_reorder_unclaimed, Part.UNCLAIMED, "round 1: these are the unclaimed prizes"),
]


@pytest.mark.parametrize(("tamper", "part", "said"), TAMPERS)
def test_tampering_is_named_by_check_and_by_the_script(
    tmp_path: Path, tamper: Tamper, part: Part, said: str
) -> None:
    record, entries = lottery_record()
    content, lines = json.loads(format_record(record)), format_entries(entries).decode().splitlines()

    tamper(content, lines)
    changed, listed = json.dumps(content).encode(), "".join(line + "\n" for line in lines).encode()
    faults, told = check_files(changed, listed), _verify(tmp_path, changed, listed)

    assert faults[0].part is part
    assert str(faults[0])
    assert told.returncode == 1
    assert "FAIL" in told.stdout.splitlines()[-1]
    assert said in told.stdout.splitlines()[-1]


def test_drand_signature_that_is_not_the_randomness_is_named(tmp_path: Path) -> None:
    record, entries = drand_record()
    content = record.as_dict()
    content["rounds"][0]["sources"][0]["signature"] = "b7" * 48
    changed = json.dumps(content).encode()

    told = _verify(tmp_path, changed, format_entries(entries))

    assert [found.part for found in check_files(changed, format_entries(entries))] == [Part.VALUE]
    assert told.returncode == 1
    assert "round 0: the public values come from the sources" in told.stdout.splitlines()[-1]


def test_one_change_is_one_fault() -> None:
    record, entries = lottery_record()
    content = record.as_dict()
    _change_digit(content, [])

    faults = check_files(json.dumps(content).encode(), format_entries(entries))

    assert [str(found) for found in faults] == [
        "Round 1: the seed does not come from these nonces and public values."
    ]


MALFORMED: list[tuple[str, bytes]] = [
    ("no JSON", b"{"),
    ("no object", b"[]"),
    ("empty object", b"{}"),
    ("deep", b"[" * 100_000),
    ("bytes", b"\xff\xfe"),
    ("key twice", format_record(vector_record()).replace(b'"pre":', b'"seed": "", "pre":', 1)),
    ("other scheme", format_record(vector_record()).replace(b"fairdraw/1", b"fairdraw/2")),
    ("no reveals", format_record(vector_record()).replace(b'"reveals"', b'"reveal"')),
    ("fraction", format_record(vector_record()).replace(b'"31415926535897932384"', b"3.5")),
    ("truth", format_record(vector_record()).replace(b'"31415926535897932384"', b"true")),
    ("tiers as text", format_record(vector_record()).replace(b'"tiers"', b'"tears"')),
    ("half a character", format_record(vector_record()).replace("一等奖".encode(), b"\\ud800")),
]


@pytest.mark.parametrize(
    "content", [content for _, content in MALFORMED], ids=[name for name, _ in MALFORMED]
)
def test_what_is_no_record_is_refused(tmp_path: Path, content: bytes) -> None:
    told = _verify(tmp_path, content, format_entries(VECTOR_ENTRIES))

    assert check_files(content, format_entries(VECTOR_ENTRIES)) != []
    assert told.returncode == 1
    assert "FAIL" in told.stdout
    assert told.stderr == ""


@pytest.mark.parametrize(
    "listed",
    [
        b"AAAAAAAAA2,1\r\nBBBBBBBBB3,3\r\nCCCCCCCCC4,2\r\n",
        b"AAAAAAAAA2,1\nBBBBBBBBB3,3\nCCCCCCCCC4,2",
        b"\xff",
    ],
    ids=["CRLF", "no last line feed", "bytes"],
)
def test_what_is_no_entry_file_is_refused(tmp_path: Path, listed: bytes) -> None:
    told = _verify(tmp_path, format_record(vector_record()), listed)

    assert {found.part for found in check_files(format_record(vector_record()), listed)} == {Part.ENTRY}
    assert told.returncode == 1
    assert "FAIL" in told.stdout


def test_record_survives_its_file() -> None:
    for record in (vector_record(), lottery_record()[0], drand_record()[0]):
        assert parse_record(format_record(record)) == record


def test_check_reads_without_changing() -> None:
    record, entries = lottery_record()
    before = copy.deepcopy(record)

    check(record, entries)

    assert record == before


def test_script_is_one_page_for_old_pythons() -> None:
    text = VERIFY.read_text(encoding="utf-8")
    imported = {
        name.name
        for node in ast.walk(ast.parse(text, feature_version=(3, 8)))
        if isinstance(node, ast.Import)
        for name in node.names
    }

    assert len(text.splitlines()) < 80
    assert imported <= sys.stdlib_module_names


@pytest.mark.skipif(PERL is None, reason="perl is not on this machine: no independent verifier")
@pytest.mark.parametrize("name", ["vector", "lottery", "drand"])
def test_independent_verifier_in_perl_agrees(tmp_path: Path, name: str) -> None:
    record, entries = _draw(name)
    (tmp_path / "record.json").write_bytes(format_record(record))
    (tmp_path / "entries.csv").write_bytes(format_entries(entries))

    told = subprocess.run(
        [str(PERL), str(Path(__file__).with_name("verify.pl")), "record.json", "entries.csv"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")
    assert f"freeze {record.freeze_sha256}\n" in told.stdout
    for played in record.rounds:
        assert " ".join(f"{won.prize}={won.entry}={won.number}" for won in played.winners) in told.stdout


def _draw(name: str) -> tuple[Record, list[Entry]]:
    made = {"lottery": lottery_record, "drand": drand_record}
    return made[name]() if name in made else (vector_record(), VECTOR_ENTRIES)


def _verify(folder: Path, record: bytes, entries: bytes, *own: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a citizen would: its own copy beside the two files, no path to anything else."""
    shutil.copy(VERIFY, folder / "verify.py")
    (folder / "record.json").write_bytes(record)
    (folder / "entries.csv").write_bytes(entries)
    return subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "verify.py", "record.json", "entries.csv", *own],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
