"""Sheets and drawings travel packed to who can unpack them; pages and pictures as they are."""

import gzip
from pathlib import Path

import pytest
from flask import Flask

from tests.support.isolation import PageClient

PACKED = {"Accept-Encoding": "gzip, deflate"}


@pytest.mark.parametrize("name", ["css/tokens.css", "img/icons.svg", "js/refresh.js"])
def test_static_text_is_packed_and_the_same(app: Flask, client: PageClient, name: str) -> None:
    plain = Path(app.static_folder or "", name).read_bytes()
    answer = client.get(f"/static/{name}?v=1", headers=PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == plain
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain)
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert client.get(f"/static/{name}", buffered=True).data == plain


def test_packed_and_plain_have_tags_of_their_own(client: PageClient) -> None:
    plain = client.get("/static/css/base.css", buffered=True)
    packed = client.get("/static/css/base.css", headers=PACKED)
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert client.get("/static/nothing.css", headers=PACKED).status_code == 404


def test_pages_that_carry_proofs_are_not_packed(client: PageClient) -> None:
    assert "Content-Encoding" not in client.get("/admin/login", headers=PACKED).headers
