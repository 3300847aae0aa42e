"""Atom (RFC 4287): an entry for each release, saying what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from eventsite.exports.writers.xml import add, finished

NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, kw_only=True)
class News:
    """A release as the feed tells it: `lines` are whole sentences."""

    uri: str
    title: str
    link: str
    at: datetime
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The feed's own facts; `at` is the instant of its newest entry."""

    uri: str
    title: str
    author: str
    language: str
    link: str
    itself: str
    at: datetime


def write_atom(feed: Feed, news: Sequence[News]) -> bytes:
    """Return the feed, newest entry first as given; control characters that XML cannot hold are left out."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    add(root, "id", feed.uri)
    add(root, "title", feed.title)
    add(root, "updated", _instant(feed.at))
    add(ET.SubElement(root, "author"), "name", feed.author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.itself})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.link})
    for one in news:
        _entry(root, one)
    return finished(root)


def _entry(root: ET.Element, news: News) -> None:
    entry = ET.SubElement(root, "entry")
    add(entry, "id", news.uri)
    add(entry, "title", news.title)
    add(entry, "updated", _instant(news.at))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": news.link})
    add(entry, "content", "\n".join(news.lines)).set("type", "text")


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
