"""What is taken, by its first bytes and its size; names that are safe to show; what a check hands back."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from eventsite.files.enums import FileKind
from eventsite.files.errors import Unreadable
from eventsite.kernel.words import N_

MEGABYTE = 2**20
MOST_BYTES = {FileKind.PHOTO: 20 * MEGABYTE, FileKind.DOCUMENT: 10 * MEGABYTE}
NAME_LENGTH = 120
JPEG, PNG, WEBP, PDF, HEIC = "image/jpeg", "image/png", "image/webp", "application/pdf", "image/heic"
TAKEN = {
    FileKind.PHOTO: frozenset({JPEG, PNG, WEBP}),
    FileKind.DOCUMENT: frozenset({PDF, JPEG, PNG}),
}
SUFFIXES = {JPEG: ".jpg", PDF: ".pdf"}
"""The endings of what is kept: every picture is written anew as a JPEG."""
MAGIC = (
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), WEBP),
    (re.compile(rb"%PDF-[12]\."), PDF),
    (re.compile(rb"....ftyp(hei[cmsx]|hev[cmx]|mif1|msf1|avif)", re.DOTALL), HEIC),
)
STRANGE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}  # control, direction, private use, halves, line ends
FORBIDDEN = re.compile(r'[<>:"|?*%]')

NO_PICTURE = N_("This is not a picture that we can take: send a JPEG, PNG or WebP, whatever its name.")
NO_DOCUMENT = N_("This is not a document that we can take: send a PDF, JPEG or PNG, whatever its name.")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture written anew: as large as pages show it, and small for lists."""

    width: int
    height: int
    large: bytes
    small: bytes


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that was checked and lies in the store under its hash; `keep_file` makes it the event's.

    `name` is safe to show. `small_sha256` is the thumbnail's, for pictures.
    """

    kind: FileKind
    name: str
    media_type: str
    sha256: str
    size: int
    width: int | None = None
    height: int | None = None
    small_sha256: str | None = None


def media_type_of(data: bytes) -> str | None:
    """Return what the first bytes say the file is; what its name says does not count."""
    return next((kind for pattern, kind in MAGIC if pattern.match(data)), None)


def check_outside(data: bytes, kind: FileKind) -> str:
    """Return the media type of a file whose size and first bytes fit; raises `Unreadable`. Parses nothing."""
    if not data:
        raise Unreadable(N_("This file is empty."))
    if len(data) > MOST_BYTES[kind]:
        raise Unreadable(
            N_("This file has %(size)s MB; the most is %(most)s MB."),
            size=-(-len(data) // MEGABYTE),
            most=MOST_BYTES[kind] // MEGABYTE,
        )
    found = media_type_of(data)
    if found in TAKEN[kind]:
        return str(found)
    if found == HEIC:
        raise Unreadable(
            N_(
                "This is a HEIC picture, which most browsers cannot show. On an iPhone choose “Most"
                " Compatible” in Settings › Camera › Formats, or send it as a JPEG."
            )
        )
    if kind is FileKind.PHOTO:
        raise Unreadable(NO_PICTURE)
    raise Unreadable(NO_DOCUMENT)


def safe_name(name: str, media_type: str) -> str:
    """Return the last part of a file's name without tricks, with the ending that its contents have."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in STRANGE)
    stem = FORBIDDEN.sub("", plain).rpartition(".")[0] or FORBIDDEN.sub("", plain)
    suffix = SUFFIXES[media_type]
    return (stem.strip(" .")[: NAME_LENGTH - len(suffix)] or "file") + suffix


def pack_picture(picture: Picture) -> bytes:
    """Return a picture as the bytes that the child hands over."""
    head = {"width": picture.width, "height": picture.height, "large": len(picture.large)}
    return json.dumps(head).encode() + b"\n" + picture.large + picture.small


def unpack_picture(data: bytes) -> Picture:
    """Return the picture that the child handed over."""
    head, _, rest = data.partition(b"\n")
    told = json.loads(head)
    cut = int(told["large"])
    return Picture(width=told["width"], height=told["height"], large=rest[:cut], small=rest[cut:])
