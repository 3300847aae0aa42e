"""Words in the reader's language."""

import pytest
from flask import Flask

from eventsite.web.language import mark_chinese


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en", "抽奖台 <F-04>", '<span lang="zh-CN">抽奖台 &lt;F-04&gt;</span>'),
        ("en", "Desk F-04", "Desk F-04"),
        ("zh", "抽奖台", "抽奖台"),
    ],
)
def test_chinese_is_marked_for_readers_of_another_language(
    app: Flask, language: str, text: str, marked: str
) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert mark_chinese(text) == marked
