"""A PDF is read whole; what would act, hides or is locked is not taken."""

import re
import time
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from eventsite.files.core.documents import inspect
from eventsite.files.errors import Unreadable
from tests.support.uploads import pdf, picture


def action(kind: str, **more: str) -> DictionaryObject:
    told = DictionaryObject({NameObject("/S"): NameObject(kind)})
    for key, value in more.items():
        told[NameObject(f"/{key}")] = TextStringObject(value)
    return told


def opens_with(kind: str, **more: str) -> Any:
    def prepare(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = action(kind, **more)

    return prepare


def annotated(writer: PdfWriter) -> None:
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/A"): action("/Launch", F="calc.exe"),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


def test_inspect_counts_the_pages() -> None:
    assert inspect(pdf(pages=3)) == b"3"


@pytest.mark.parametrize(
    "prepare",
    [
        lambda writer: writer.add_attachment("evil.exe", b"MZ"),
        opens_with("/JavaScript", JS="app.alert(1)"),
        opens_with("/Launch", F="calc.exe"),
        opens_with("/SubmitForm", F="http://example.org"),
        opens_with("/GoToE"),
        annotated,
    ],
)
def test_inspect_refuses_what_would_act(prepare: Any) -> None:
    with pytest.raises(Unreadable, match="script, an enclosed file or a command"):
        inspect(pdf(prepare=prepare))


def test_inspect_reads_names_in_disguise() -> None:
    plain = pdf(prepare=opens_with("/Launch", F="calc.exe"))
    hidden = plain.replace(b"/Launch", b"/Laun#63h")
    hidden = re.sub(rb"startxref\n\d+", b"startxref\n0", hidden)  # its table of places is wrong now as well
    with pytest.raises(Unreadable):
        inspect(hidden)


def test_inspect_refuses_what_is_locked() -> None:
    with pytest.raises(Unreadable, match="password"):
        inspect(pdf(prepare=lambda writer: writer.encrypt("secret", algorithm="RC4-128")))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", pdf()[:-60], b"%PDF-1.4\n" + b"x" * 900])
def test_inspect_refuses_what_is_broken(data: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        inspect(data)


def test_inspect_refuses_what_goes_on_as_something_else() -> None:
    with pytest.raises(Unreadable, match="something else"):
        inspect(pdf() + picture())


def test_inspect_refuses_too_many_pages() -> None:
    with pytest.raises(Unreadable):
        inspect(pdf(pages=301))


def named_often(times: int) -> bytes:
    """Return a PDF whose table names one large object so often."""
    head = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            b"[" + b"(aaaa)" * 20_000 + b"]",
        ),
        1,
    ):
        places.append(len(head))
        head += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    places += places[-1:] * times
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return head + b"xref\n0 %d\n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(head),
    )


def test_inspect_reads_an_object_once_however_often_it_is_named() -> None:
    began = time.process_time()
    assert inspect(named_often(300)) == b"1"
    assert time.process_time() - began < 5  # thirty seconds, if it were read each time
