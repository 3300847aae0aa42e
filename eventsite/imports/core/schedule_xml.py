"""schedule.xml of frab, pretalx and pentabarf, by expat: no document type, no entity, nothing from outside.

Read as it comes: each event is taken when its element closes, so that memory does not grow with the file.
Events may stand under `room` or straight under `day`; guids, dates and versions may be missing.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from eventsite.imports.core.collecting import Collector
from eventsite.imports.core.own import GENERATOR, own_fields
from eventsite.imports.core.raw import DAY_CHANGE, NO_DAY, DayOf, Raw
from eventsite.imports.core.texts import clean
from eventsite.imports.core.times import find_zone, offset_of, read_clock, read_day
from eventsite.imports.core.values import Place, ReadRoom, Where
from eventsite.imports.errors import Unreadable
from eventsite.kernel.words import N_

DEEPEST = 60
MOST_PARTS = 5_000  # of one event
MOST_TEXT = 200_000  # signs in one element
CHINESE = re.compile(rb"""encoding\s*=\s*["'](gb2312|gbk|gb18030)["']""", re.IGNORECASE)
HEADS = ("time_zone_name", "day_change")  # of the conference


@dataclass
class Node:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: list[str] = field(default_factory=list)
    signs: int = 0
    children: list["Node"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return its text."""
        return "".join(self.text)

    def child(self, tag: str) -> "Node | None":
        """Return its first child of a name."""
        return next((child for child in self.children if child.tag == tag), None)

    def said(self, tag: str) -> str:
        """Return the text of its first child of a name, empty for none."""
        child = self.child(tag)
        return child.words if child else ""


def read_schedule_xml(data: bytes, collector: Collector) -> None:
    """Hand the events of a schedule.xml to the collector; raises `Unreadable` where it is none."""
    _Reader(collector).read(data)


class _Reader:
    """What expat calls."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._path: list[str] = []
        self._event: list[Node] = []
        self._head: Node | None = None
        self._parts = 0
        self._change = DAY_CHANGE
        self._day, self._room = NO_DAY, ""
        self._own = False
        self._parser: Any = None

    def read(self, data: bytes) -> None:
        """Read the whole file."""
        encoding = None
        if CHINESE.search(data[:200]):
            data, encoding = _transcoded(data), "utf-8"
        parser = self._parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._say
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Unreadable(
                N_("Line %(line)s: the XML is broken here (%(why)s)."),
                line=error.lineno,
                why=expat.errors.messages.get(error.code, str(error.code)),
            ) from error
        except (LookupError, ValueError) as error:  # an encoding that nobody knows, or of many bytes a sign
            raise Unreadable(N_("The XML is written in an encoding that is not known. Use UTF-8.")) from error

    @property
    def _line(self) -> int:
        return int(self._parser.CurrentLineNumber)

    def _refuse(self, *_: Any) -> Any:
        raise Unreadable(
            N_("Line %(line)s: this XML declares a document type or entities. Such files are not read."),
            line=self._line,
        )

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if not self._path and tag != "schedule":
            raise Unreadable(
                N_("This XML is no schedule: it begins with “%(tag)s”, not with “schedule”."), tag=tag[:40]
            )
        self._path.append(tag)
        if len(self._path) > DEEPEST:
            raise Unreadable(N_("Line %(line)s: elements are nested too deeply."), line=self._line)
        if self._event or tag == "event":
            self._open_in_event(tag, attributes)
        elif self._path[:2] == ["schedule", "conference"] and tag in HEADS:
            self._head = Node(tag, attributes, self._line)
        elif tag == "generator":
            self._own = attributes.get("name") == GENERATOR
        elif tag == "day":
            self._day, self._room = self._day_of(attributes), ""
        elif tag == "room":
            self._room = clean(attributes.get("name", ""))
            guid = attributes.get("guid", "").strip()
            self._collector.add_room(ReadRoom(name=self._room, guid=guid, code=attributes.get("slug", "")))

    def _open_in_event(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, attributes, self._line)
        self._parts = self._parts + 1 if self._event else 0
        if self._parts > MOST_PARTS:
            raise Unreadable(N_("Line %(line)s: one event has too many parts."), line=self._line)
        if self._event:
            self._event[-1].children.append(node)
        self._event.append(node)

    def _say(self, text: str) -> None:
        node = self._event[-1] if self._event else self._head
        if node is not None and node.signs < MOST_TEXT:
            node.text.append(text)
            node.signs += len(text)

    def _close(self, _: str) -> None:
        tag = self._path.pop()
        if self._event:
            node = self._event.pop()
            if not self._event:
                self._collector.add(self._raw(node))
        elif self._head is not None and tag == self._head.tag:
            self._take_head(self._head)
            self._head = None
        elif tag == "room":
            self._room = ""
        elif tag == "day":
            self._day = NO_DAY

    def _take_head(self, head: Node) -> None:
        said = clean(head.words)
        if head.tag == "day_change":
            self._change = read_clock(said) or self._change
        elif said:
            zone = find_zone(said)
            if zone is None:
                raise Unreadable(
                    N_("Line %(line)s: there is no time zone “%(name)s”."), line=head.line, name=said[:60]
                )
            self._collector.own = zone

    def _day_of(self, attributes: dict[str, str]) -> DayOf:
        start = attributes.get("start", "")
        return DayOf(on=read_day(attributes.get("date", "")), change=self._change, offset=offset_of(start))

    def _raw(self, node: Node) -> Raw:
        line = Place(Where.LINE, str(node.line))
        places = {
            name: Place(Where.LINE, str(child.line))
            for name, tag in (("date", "date"), ("clock", "start"), ("length", "duration"), ("end", "end"))
            if (child := node.child(tag))
        }
        title, subtitle, language = node.said("title"), node.said("subtitle"), clean(node.said("language"))
        people = node.child("persons")
        given: dict[str, Any] = {
            "people": tuple(person.words for person in people.children) if people else None,
            "title": {language: title} if language in ("zh", "en") else {"": title},
            "kind": node.said("type"),
        }
        if self._own:
            given |= own_fields(
                title=title,
                subtitle=subtitle,
                abstract=node.said("abstract"),
                description=node.said("description"),
                track=node.said("track"),
                spoken=language,
            )
        return Raw(
            place=line,
            places=places,
            day=self._day,
            guid=node.attributes.get("guid", "") or node.said("guid"),
            date=node.said("date"),
            clock=node.said("start"),
            end=node.said("end"),
            length=node.said("duration"),
            room=node.said("room") or self._room,
            language=language,
            **given,
        )


def _transcoded(data: bytes) -> bytes:
    try:
        return data.decode("gb18030").encode()
    except UnicodeDecodeError as error:
        raise _no_text(data, error.start) from error


def _no_text(data: bytes, at: int) -> Unreadable:
    line = data[:at].count(b"\n") + 1
    return Unreadable(N_("Line %(line)s: bytes that are no text. Save the file as UTF-8."), line=line)
