"""Which characters our fonts can draw, read from the fonts' own tables: what none has is never printed blank.

The `cmap` table and its format 12 are those of the OpenType specification.
"""

import struct
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FONTS = {
    "pylopdf_fonts_zh_cn": ("NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf"),
    "manimgx_fonts_cjk": ("NotoSansCJK-VF.otf.ttc",),
}
COLLECTION = b"ttcf"
FULL_UNICODE = 12  # the format of the subtable
UNSEEN = {"Cf", "Cc"}  # joiners and marks of direction draw nothing
SELECTORS = range(0xFE00, 0xFE10)  # they choose the look of the sign before them


def folders() -> list[Path]:
    """Return where the fonts lie: they come as Python packages, so that a bare machine prints alike."""
    return [_folder(package) for package in FONTS]


def unprintable(texts: Iterable[str]) -> list[str]:
    """Return the characters of the texts that no font draws, each once, in order."""
    return sorted({sign for text in texts for sign in text if not can_print(sign)})


def can_print(sign: str) -> bool:
    """Tell whether a font draws the character, or nothing is to be drawn."""
    return ord(sign) in _covered() or is_unseen(sign)


def is_unseen(sign: str) -> bool:
    """Tell whether the character has no drawing of its own."""
    return sign.isspace() or unicodedata.category(sign) in UNSEEN or ord(sign) in SELECTORS


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    files = (_folder(package) / name for package, names in FONTS.items() for name in names)
    return frozenset(sign for file in files for sign in _signs_of(file.read_bytes()))


def _signs_of(font: bytes) -> Iterable[int]:
    start = struct.unpack_from(">I", font, 12)[0] if font[:4] == COLLECTION else 0
    table = _table(font, start, b"cmap")
    (count,) = struct.unpack_from(">H", font, table + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, table + 8 + 8 * number)
        if struct.unpack_from(">H", font, table + offset)[0] == FULL_UNICODE:
            return _groups(font, table + offset)
    raise LookupError("The font has no table of all Unicode characters.")


def _table(font: bytes, start: int, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, start + 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise LookupError(f"The font has no table {name.decode()}.")


def _groups(font: bytes, start: int) -> Iterable[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for first, last, _ in struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * count]):
        yield from range(first, last + 1)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(f"The package {package} is not installed.")
    return Path(spec.origin).parent
