"""Files that people take away, under names that survive every browser."""

from urllib.parse import quote

from flask import Response, make_response


def download(data: bytes | str, *, name: str, mimetype: str, inline: bool = False) -> Response:
    """Return the data as a file; the name is given in ASCII and, by RFC 5987, as it is."""
    response = make_response(data)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = content_disposition(name, inline=inline)
    return response


def content_disposition(name: str, *, inline: bool = False) -> str:
    """Return the header that names a file, in ASCII for old readers and in full for the others."""
    plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "._- ")).strip() or "download"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
