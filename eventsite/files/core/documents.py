"""A PDF is kept as it came, once it is read whole and nothing in it would act by itself.

Runs in a child process (`kernel.confined`).
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from eventsite.files.errors import Unreadable
from eventsite.kernel.words import N_

MOST_PAGES = 300
MOST_OBJECTS = 100_000
TAIL = 64  # signs that programs leave after the end
END = b"%%EOF"
SCRIPTS = frozenset({"/JS", "/JavaScript", "/XFA"})
ENCLOSED = frozenset({"/EmbeddedFiles", "/EF", "/RichMediaContent"})
STARTING = frozenset(
    {"/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/RichMediaExecute", "/Rendition", "/Movie", "/Sound"}
)
ENCLOSING = frozenset({"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Screen", "/3D"})
# The same words in the bytes as they stand, for objects that no table of the file names.
LOOSE = re.compile(rb"/(JavaScript|EmbeddedFiles?|Launch|RichMedia|SubmitForm|ImportData)\b")
ACTIVE = N_(
    "This PDF holds a script, an enclosed file or a command that starts by itself. Print it to a new PDF and"
    " send that one."
)
FAULTS = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError)
INTRICATE = N_("This PDF is too intricate. Print it to a new PDF and send that one.")
DAMAGED = N_("This PDF is damaged or cut short: it cannot be opened.")


def inspect(data: bytes) -> bytes:
    """Return the number of pages as text; raises `Unreadable` for what is broken, locked or would act."""
    _check_ends(data)
    if LOOSE.search(data):
        raise Unreadable(ACTIVE)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Unreadable(N_("This PDF is locked with a password. Send it without one."))
        pages = len(reader.pages)
        _check_objects(reader)
    except FAULTS as error:
        raise Unreadable(DAMAGED) from error
    if not 0 < pages <= MOST_PAGES:
        raise Unreadable(
            N_("This PDF has %(pages)s pages; between 1 and %(most)s are taken."),
            pages=pages,
            most=MOST_PAGES,
        )
    return str(pages).encode()


def _check_ends(data: bytes) -> None:
    """Refuse a file that ends early, or goes on as something else after its end."""
    end = data.rfind(END)
    if end < 0:
        raise Unreadable(DAMAGED)
    if len(data[end + len(END) :].strip(b"\x00\t\n\x0c\r ")) > TAIL:
        raise Unreadable(
            N_("This PDF goes on as something else after its end. Print it to a new PDF and send that.")
        )


def _check_objects(reader: PdfReader) -> None:
    """Read every object that a table of the file names, and refuse those that act."""
    for number, (name, found) in enumerate(_entries(reader)):
        if number > MOST_OBJECTS:
            raise Unreadable(INTRICATE)
        if name in SCRIPTS or name in ENCLOSED or found in STARTING or found in ENCLOSING or found in SCRIPTS:
            raise Unreadable(ACTIVE)


def _entries(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """Yield each key of each dictionary with its value where that is a name or a text."""
    waiting: list[object] = [reader.trailer]
    waiting += [IndirectObject(*number, reader).get_object() for number in sorted(_numbers(reader))]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, DictionaryObject):
            for name, value in dict.items(thing):  # its own method would follow every reference
                yield str(name), str(value) if isinstance(value, str) else ""
                waiting.append(value)
        elif isinstance(thing, ArrayObject):
            waiting.extend(list.__iter__(thing))


def _numbers(reader: PdfReader) -> set[tuple[int, int]]:
    """Return the number and generation of each object, once for each place.

    A table may name the same large object under thousands of numbers, and reading it each time takes hours.
    """
    places: dict[int, tuple[int, int]] = {}
    for generation, table in reader.xref.items():
        for number, place in table.items():
            places.setdefault(place, (number, generation))
    numbers = {*places.values(), *((number, 0) for number in reader.xref_objStm)}
    if len(numbers) > MOST_OBJECTS:
        raise Unreadable(INTRICATE)
    return numbers
