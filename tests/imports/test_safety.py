"""Files made to harm: refused by name and place, nothing expanded, nothing fetched, memory and time kept."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventsite.imports.core.values import MOST_BYTES, MOST_ITEMS
from eventsite.imports.errors import Unreadable
from eventsite.imports.queries import read_programme
from eventsite.kernel.archives import BadArchive
from eventsite.kernel.confined import Refused
from eventsite.kernel.errors import DomainError
from eventsite.sheets.errors import NoTable
from tests.support.schedules import read, v1, v1_event, xml, xml_event
from tests.support.workbooks import bomb

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
]>
<schedule><day><event><title>&lol2;</title></event></day></schedule>"""
FILE = b"""<?xml version="1.0"?>
<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<schedule><day><event><title>&x;</title></event></day></schedule>"""


def confined(data: bytes) -> None:
    read_programme(data, timezone="Asia/Shanghai", translated={})


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Listen on this machine; return the address and the paths that were asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        FILE,
        b'<?xml version="1.0"?>\n<!DOCTYPE schedule>\n<schedule/>',
        b'<?xml version="1.0"?>\n<!DOCTYPE schedule SYSTEM "schedule.dtd">\n<schedule/>',
    ],
)
def test_a_document_type_is_refused_before_any_entity(data: bytes) -> None:
    with pytest.raises(Unreadable, match="Line 2: this XML declares a document type or entities"):
        read(data)


def test_nothing_outside_is_asked_for(asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    for data in (
        f'<!DOCTYPE schedule SYSTEM "{address}/a.dtd"><schedule/>',
        f'<!DOCTYPE schedule [<!ENTITY % p SYSTEM "{address}/b"> %p;]><schedule/>',
        f'<!DOCTYPE schedule [<!ENTITY e SYSTEM "{address}/c">]><schedule><day>&e;</day></schedule>',
    ):
        with pytest.raises(DomainError):
            confined(data.encode())
    linked = (
        f'<schedule xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{address}/d"/></schedule>'
    )
    confined(linked.encode())
    assert paths == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<schedule>\n<day>\n</schedule>", "Line 3: the XML is broken here"),
        (b"<schedule>\n<day>", "Line 2: the XML is broken here"),
        (xml(xml_event()).replace(b"Opening", b"\xff\xfe\xfa"), "Line 11: the XML is broken here"),
        (
            b'<?xml version="1.0" encoding="klingon"?><schedule/>',
            "encoding that is not known|unknown encoding",
        ),
        (b"<schedule>&nbsp;</schedule>", "Line 1: the XML is broken here"),
        (b"<schedule>" + b"<a>" * 100 + b"</a>" * 100 + b"</schedule>", "nested too deeply"),
        (b"<schedule><event>" + b"<a/>" * 6000 + b"</event></schedule>", "too many parts"),
        (b'{\n"schedule": {,}}', "Line 2, column 14: the JSON is broken here"),
        (b'{"schedule": ', "the JSON is broken here"),
        (b'{\n"schedule": "\xff"}', "Line 2: bytes that are no text"),
        (b"[" * 5000 + b"]" * 5000, "Line 1: lists and objects are nested too deeply"),
        (b'{\n\n"a": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001, "Line 3: lists and objects are nested"),
        (b'{"schedule": {"version": 1, "version": 2}}', r"\$\.schedule: the key “version” stands twice"),
        (b'{"a": [1, NaN]}', r"\$\.a\[1\]: “NaN” is no number"),
        (b'{"a": -Infinity}', r"\$\.a: “-Infinity” is no number"),
        (b'{"a": {"b c": 1e999}}', r'\$\.a\["b c"\]: “1e999” is no number'),
        (b'{"a": ' + b"9" * 5000 + b"}", r"\$\.a: “9+” is no number"),
    ],
)
def test_broken_files_are_refused_in_their_place(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_a_guid_or_a_number_may_look_odd_without_harm() -> None:
    programme = read(v1(v1_event(guid="'; DROP TABLE event; --", title="=cmd|' /C calc'!A0")))
    assert programme.faults == ()
    (fault,) = read(v1(v1_event(guid="g" * 300))).faults
    assert "more than 200 signs" in str(fault)


def test_one_item_too_many_is_refused_and_the_last_allowed_is_counted() -> None:
    assert len(read(xml(*["<event/>"] * MOST_ITEMS)).faults) == MOST_ITEMS
    for data in (xml(*["<event/>"] * (MOST_ITEMS + 1)), v1(*[{}] * (MOST_ITEMS + 1))):
        with pytest.raises(Unreadable, match="more than 20,000 items"):
            read(data)


def test_one_byte_too_many_is_refused_before_anything_is_read() -> None:
    for data in (b"<schedule>", b"{", b"a,b\n"):
        with pytest.raises(DomainError, match="more than 20 MB"):
            confined(data.ljust(MOST_BYTES + 1, b"x"))


def test_elements_that_nobody_asked_for_take_no_room() -> None:
    assert read(b"<schedule>" + b"<a/>" * 200_000 + b"</schedule>").items == ()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bomb(200), BadArchive),
        (b"PK\x03\x04" + b"\0" * 50, BadArchive),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, NoTable),
        (b"\0\1\2\3" * 100, DomainError),
        (LAUGHS, Refused),
        (b'{"a": NaN}', Refused),
    ],
)
def test_whatever_the_kind_a_refusal_has_a_sentence(data: bytes, kind: type[DomainError]) -> None:
    with pytest.raises(kind) as refused:
        confined(data)
    assert str(refused.value)


def test_a_file_of_the_site_is_not_read_by_its_name(tmp_path: Path) -> None:
    include = {"schedule": {"$ref": "file:///etc/passwd", "conference": {"days": []}}}
    assert read(json.dumps(include).encode()).items == ()
