"""Files as people send them, good and bad, made on the spot."""

import io
import random
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from werkzeug.datastructures import FileStorage

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def picture(
    size: tuple[int, int] = (640, 480), *, form: str = "JPEG", mode: str = "RGB", seed: int = 7, **more: Any
) -> bytes:
    """Return a picture of clouds, different for each seed."""
    rough = Image.frombytes("RGB", (16, 12), random.Random(seed).randbytes(16 * 12 * 3))
    out = io.BytesIO()
    rough.resize(size, Image.Resampling.BICUBIC).convert(mode).save(out, form, **more)
    return out.getvalue()


def phone_exif(orientation: int = 6) -> Image.Exif:
    """Return what a phone writes into a picture: how it was held, its maker, where it was."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Phone"
    exif.get_ifd(GPS).update({1: "N", 2: (36.0, 40.0, 0.0), 3: "E", 4: (117.0, 0.0, 0.0)})
    return exif


def declared_png(width: int, height: int) -> bytes:
    """Return a PNG of some hundred bytes that says that it is as large as that."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 4000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def noise_jpeg(at_least: int) -> bytes:
    """Return a JPEG of at least so many bytes."""
    side = 1800
    while True:
        out = io.BytesIO()
        noise = Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3))
        noise.save(out, "JPEG", quality=95)
        if out.tell() >= at_least:
            return out.getvalue()
        side = round(side * 1.25)


def pdf(*, pages: int = 1, prepare: Any = None) -> bytes:
    """Return a PDF; `prepare` is handed the writer before it is written."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=300, height=400)
    if prepare:
        prepare(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def sent(data: bytes, name: str = "photo.jpg") -> FileStorage:
    """Return bytes as a form brings them."""
    return FileStorage(io.BytesIO(data), filename=name)


def multipart(fields: Mapping[str, Any], data: bytes, name: str, *, field: str = "photo") -> dict[str, Any]:
    """Return a form with a file as a browser sends it, for a client's `post`."""
    pairs = (
        (key, one) for key, value in fields.items() for one in (value if isinstance(value, list) else [value])
    )
    parts = [_part(f'name="{key}"', str(value).encode()) for key, value in pairs]
    parts.append(_part(f'name="{field}"; filename="{name}"', data))
    return {"data": b"".join([*parts, b"--x--\r\n"]), "content_type": "multipart/form-data; boundary=x"}


def _part(head: str, data: bytes) -> bytes:
    return f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n"
