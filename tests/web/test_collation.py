"""Chinese names are sorted by their sound and found by their initials."""

import pytest
from flask import Flask

from eventsite.web.collation import find, initials, sort_key

CITIES = ("沈阳", "大连", "朝阳", "鞍山", "Berlin")


@pytest.mark.parametrize(
    ("path", "order"),
    [
        ("/?lang=zh", ["鞍山", "Berlin", "朝阳", "大连", "沈阳"]),
        ("/?lang=en", ["Berlin", "大连", "朝阳", "沈阳", "鞍山"]),
    ],
)
def test_names_sort_in_the_readers_way(app: Flask, path: str, order: list[str]) -> None:
    with app.test_request_context(path):
        assert sorted(CITIES, key=sort_key) == order


@pytest.mark.parametrize(
    ("name", "letters"), [("朝阳小米粥", "cyxmz"), ("乐陵", "ll"), ("A-01", ""), ("", "")]
)
def test_initials_of_chinese_names_alone(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["朝阳小米粥", "李氏糖人"]),
        ("粥", ["朝阳小米粥"]),
        ("LS", ["李氏糖人"]),
        ("ｃｙ 米", ["朝阳小米粥"]),
        ("xm", []),
    ],
)
def test_find_needs_every_term(search: str, found: list[str]) -> None:
    assert find(["朝阳小米粥", "李氏糖人"], search, lambda name: (name,)) == found
