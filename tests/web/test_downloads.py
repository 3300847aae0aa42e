"""Names of files that people take away."""

import pytest

from eventsite.web.downloads import content_disposition


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("辽宁文旅市集-展位牌-B.pdf", "B.pdf"),
        ("展位.xlsx", "download.xlsx"),
        ("fair-a--v2.csv", "fair-a--v2.csv"),
        ('a"b\r\nc.txt', "abc.txt"),
        ("展位", "download"),
        ("report", "report"),
    ],
)
def test_old_readers_get_a_plain_name_and_others_the_whole(name: str, plain: str) -> None:
    assert content_disposition(name).startswith(f'attachment; filename="{plain}"; filename*=UTF-8')
