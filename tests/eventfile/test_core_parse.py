"""From bytes to a tree: limits hold before anything is built, and every fault has its place."""

import json
import time

import pytest

from eventsite.eventfile.core.faults import SHOWN, Faults
from eventsite.eventfile.core.parse import DEEPEST, LARGEST, parse
from tests.support.eventfiles import faults_of_bytes, jinan


def faults_in(raw: bytes) -> list[str]:
    faults = Faults()
    parse(raw, faults)
    return [str(fault) for fault in faults.shown]


def test_parse_returns_the_tree() -> None:
    faults = Faults()

    assert parse('{"a": [1, 2.5, "二"]}'.encode(), faults) == {"a": [1, 2.5, "二"]}
    assert faults.total == 0


def test_parse_lets_a_byte_order_mark_pass() -> None:
    assert faults_in(b"\xef\xbb\xbf{}") == []


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_parse_refuses_what_is_nested_too_deep(opening: str) -> None:
    raw = (opening * 100_000).encode()

    assert faults_in(raw)[0].endswith(f"more than {DEEPEST} brackets are open at once.")


def test_parse_counts_no_brackets_in_texts() -> None:
    assert faults_in(json.dumps({"a": "[" * 1000 + '"\\' + "{" * 1000}).encode()) == []


def test_parse_reads_an_unfinished_text_once() -> None:
    began = time.monotonic()

    assert "not JSON" in faults_in(b'{"a": "' + b'\\"' * 2_000_000)[0]
    assert time.monotonic() - began < 5


def test_parse_refuses_a_file_that_is_too_large() -> None:
    junk = b"x" * 50 * 1024 * 1024

    assert faults_in(junk) == [f"$: The file has more than {LARGEST // 1024 // 1024} MB."]


def test_parse_names_the_byte_that_is_not_utf8() -> None:
    assert faults_in(b'{"a": "\xff"}') == ["$: The byte at position 7 is not UTF-8."]


def test_parse_names_line_and_column_of_what_is_not_json() -> None:
    assert faults_in(b'{\n  "a": 1,\n}')[0].startswith("$: Line 3, column 1: this is not JSON")


def test_parse_names_keys_given_twice() -> None:
    assert faults_in(b'{"a": {"b": 1, "c": 2, "b": 3}}') == ["$.a.b: This key is given twice."]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
def test_parse_refuses_numbers_that_nothing_can_keep(number: str) -> None:
    assert faults_in(f'{{"a": [{number}]}}'.encode()) == ["$.a[0]: This is not a number that can be kept."]


@pytest.mark.parametrize(
    ("text", "code"),
    [(code, code) for code in ("\\ud800", "\\u0000", "\\u001b", "\\u202e", "\\u2066", "\\uffff")],
)
def test_parse_refuses_texts_that_no_database_can_keep(text: str, code: str) -> None:
    found = faults_in(f'{{"a": "x{text}", "{text}": 1}}'.encode())

    assert found[0] == f"$.a: This text holds a character that cannot be stored ({code})."
    assert found[1] == f'$["{code}"]: This text holds a character that cannot be stored ({code}).'


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"42", b'"text"', b"\xff\xfe{\x00}\x00", b"{}" * 2])
def test_read_refuses_what_is_no_event_file(raw: bytes) -> None:
    assert faults_of_bytes(raw)[0].startswith("$")


def test_read_keeps_count_beyond_the_faults_that_it_shows() -> None:
    tree = jinan()
    tree["faq"] = [{"id": f"fq-{number}"} for number in range(300)]

    assert len(faults_of_bytes(json.dumps(tree).encode())) == SHOWN
