"""Atom (RFC 4287): an entry for each release, saying what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

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
    _text(root, "id", feed.uri)
    _text(root, "title", feed.title)
    _text(root, "updated", _instant(feed.at))
    _text(ET.SubElement(root, "author"), "name", feed.author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.itself})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.link})
    for one in news:
        _entry(root, one)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, news: News) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", news.uri)
    _text(entry, "title", news.title)
    _text(entry, "updated", _instant(news.at))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": news.link})
    _text(entry, "content", "\n".join(news.lines)).set("type", "text")


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = "".join(c for c in text if (c >= " " or c in "\t\n") and c not in "\ufffe\uffff")
    return element


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
