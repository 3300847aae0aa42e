"""What files look like from outside: sizes, first bytes, names."""

import pytest

from eventsite.files.core import MOST_BYTES, check_outside, safe_name
from eventsite.files.enums import FileKind
from eventsite.files.errors import Unreadable
from tests.support.uploads import pdf, picture

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (FileKind.PHOTO, b"", "empty"),
        (FileKind.PHOTO, b"\xff\xd8\xff" + bytes(MOST_BYTES[FileKind.PHOTO]), "21 MB; the most is 20 MB"),
        (FileKind.DOCUMENT, b"%PDF-1.7" + bytes(MOST_BYTES[FileKind.DOCUMENT]), "the most is 10 MB"),
        (FileKind.PHOTO, HEIC, "HEIC"),
        (FileKind.DOCUMENT, HEIC, "HEIC"),
        (FileKind.PHOTO, b"%PDF-1.7\n", "not a picture"),
        (FileKind.PHOTO, b"MZ\x90\x00", "not a picture"),
        (FileKind.PHOTO, b"GIF89a", "not a picture"),
        (FileKind.PHOTO, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (FileKind.DOCUMENT, b"PK\x03\x04", "not a document"),
        (FileKind.DOCUMENT, b"<html><script>alert(1)</script>", "not a document"),
        (FileKind.DOCUMENT, b"\xff\xd8\xe0%PDF-1.7", "not a document"),
    ],
)
def test_check_outside_says_what_is_wrong(kind: FileKind, data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        check_outside(data, kind)
    assert words in str(refused.value)


def test_check_outside_goes_by_the_bytes() -> None:
    assert check_outside(picture(), FileKind.PHOTO) == "image/jpeg"
    assert check_outside(picture(form="WEBP"), FileKind.PHOTO) == "image/webp"
    assert check_outside(pdf(), FileKind.DOCUMENT) == "application/pdf"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("糖人.png", "糖人.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\Zhang\\摊位.jpeg", "摊位.jpg"),
        ("photo\u202egpj.exe", "photogpj.jpg"),
        ("a\x00b\r\nc.png", "abc.jpg"),
        ("<script>.svg", "script.jpg"),
        ("...", "file.jpg"),
        ("", "file.jpg"),
        ("䶮㛃𬭎.jpg", "䶮㛃𬭎.jpg"),
        ("长" * 300 + ".jpg", "长" * 116 + ".jpg"),
    ],
)
def test_safe_name_keeps_the_words_and_drops_the_tricks(given: str, name: str) -> None:
    assert safe_name(given, "image/jpeg") == name
