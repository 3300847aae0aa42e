"""The record of an agreement has one spelling, and one fingerprint."""

import hashlib
import json

import pytest

from eventsite.agreements.core import canonical, fingerprint
from eventsite.kernel.canon import NotCanonical

RECORD = {"title": {"zh": "框架协议", "en": "Framework"}, "id": "ag-1", "parties": [{"order": 1}]}


def test_record_is_spelled_the_same_whatever_the_order_of_its_parts() -> None:
    turned = dict(reversed(RECORD.items()))
    assert canonical(RECORD) == canonical(turned)
    assert canonical(RECORD) == (
        '{"id":"ag-1","parties":[{"order":1}],"title":{"en":"Framework","zh":"框架协议"}}'.encode()
    )
    assert json.loads(canonical(RECORD)) == RECORD


def test_fingerprint_is_the_sha256_of_the_bytes() -> None:
    assert fingerprint(RECORD) == hashlib.sha256(canonical(RECORD)).hexdigest()
    assert fingerprint(RECORD) != fingerprint({**RECORD, "id": "ag-2"})


def test_numbers_with_several_spellings_are_refused() -> None:
    with pytest.raises(NotCanonical):
        canonical({"amount": 1.5})
