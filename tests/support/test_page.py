import pytest

from tests.support.page import check_page, read_page

GOOD = """<!doctype html><html lang="zh-CN"><head><title>打卡 · 大明湖</title></head><body>
<svg><title>图</title></svg><h1>打卡</h1>
<form method="post" action="/c/1"><input type="hidden" name="csrf_token" value="t">
<label for="a">姓名</label><input id="a" name="name" value="王"><label>城市 <select name="city">
<option value="sy">沈阳</option><option value="dl" selected>大连</option></select></label>
<label><input type="checkbox" name="yes"> 是</label><button>提交</button></form></body></html>"""


def test_a_sound_page_passes_and_gives_its_form() -> None:
    page = check_page(GOOD, "/e/x")

    assert (page.title, page.headings) == ("打卡 · 大明湖", ["打卡"])
    assert page.form().action == "/c/1"
    assert page.form("/c/1").fields == {"csrf_token": ["t"], "name": ["王"], "city": ["dl"], "yes": []}
    assert "大连" in page.text


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("<h1>打卡</h1>", "<h1>抽奖</h1>", "does not name the h1"),
        ("<h1>打卡</h1>", "<h1>打卡</h1><h1>打卡</h1>", "2 h1"),
        ("<h1>打卡</h1>", "<h1 id='a'>打卡</h1>", "stands 2 times"),
        ('for="a"', 'for="b"', "has no label"),
        ("csrf_token", "other", "carries no token"),
        ('lang="zh-CN"', "", "its language"),
        ("</form>", "", "line"),
        ("<h1>打卡</h1>", "<h1>打卡", "line"),
    ],
)
def test_each_fault_of_a_page_is_named(good: str, bad: str, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        check_page(GOOD.replace(good, bad))


def test_read_page_does_not_judge() -> None:
    assert read_page("<p>").headings == []
