"""The feed of changes, read by feedparser."""

import feedparser

from eventsite.exports.writers.atom import Feed, News, write_atom
from tests.support.factories_programme import at

FEED = Feed(
    uri="https://fair.example/e/x/programme/changes",
    title="变动 <&>",
    author="辽宁文旅市集",
    language="zh-CN",
    link="https://fair.example/e/x/programme/changes",
    itself="https://fair.example/e/x/programme/changes.atom",
    at=at("8:00"),
)
NEWS = News(
    uri="https://fair.example/e/x/programme/v/2",
    title="第2版",
    link="https://fair.example/e/x/programme/v/2",
    at=at("8:00"),
    lines=["改期：<b>木偶戏</b>\x00，16:00 → 16:10", "取消：地秧歌"],
)


def test_feedparser_reads_it_without_complaint():
    found = feedparser.parse(write_atom(FEED, [NEWS]))

    assert not found.bozo
    assert (found.version, found.feed.title, found.feed.id) == ("atom10", "变动 <&>", FEED.uri)
    (entry,) = found.entries
    assert (entry.id, entry.link, entry.title) == (NEWS.uri, NEWS.link, "第2版")
    assert entry.content[0].value == "改期：<b>木偶戏</b>，16:00 → 16:10\n取消：地秧歌"
    assert entry.content[0].type == "text/plain"


def test_a_feed_without_news_is_a_feed():
    assert not feedparser.parse(write_atom(FEED, [])).bozo
