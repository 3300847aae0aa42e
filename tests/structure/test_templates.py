"""Every template compiles, keeps script and style out of itself, and trusts no stored text."""

import re
from pathlib import Path

import pytest
from flask import Flask

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)(?![^>]*application/json)|\son[a-z]+=", re.IGNORECASE
)


@pytest.mark.parametrize("name", ALL)
def test_template_compiles(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", ALL)
def test_template_keeps_the_policy(name: str) -> None:
    text = (TEMPLATES / name).read_text()
    assert INLINE.findall(text) == []
    assert "|safe" not in text.replace(" ", "")
