"""Files that people take away, under names that survive every browser."""

from urllib.parse import quote

from flask import Response, make_response

SANDBOX = "default-src 'none'; sandbox"
HOUR = 3600  # seconds


def download(data: bytes | str, *, name: str, mimetype: str, inline: bool = False) -> Response:
    """Return the data as a file; the name is given in ASCII and, by RFC 5987, as it is."""
    response = make_response(data)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = content_disposition(name, inline=inline)
    return response


def content_disposition(name: str, *, inline: bool = False) -> str:
    """Return the header that names a file, in ASCII for old readers and in full for the others."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    plain = f"{_plain(stem) or 'download'}{dot}{_plain(ending)}"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _plain(name: str) -> str:
    """Return what every reader can write of a name, without the marks that stood between other signs."""
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "._- ")).strip("._- ")


def kept_file(data: bytes, *, name: str, mimetype: str) -> Response:
    """Return what somebody uploaded, to be saved, not shown: never run, never guessed at, never kept."""
    response = download(data, name=name, mimetype=mimetype)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def kept_photo(data: bytes, *, name: str, sha256: str, private: bool = False) -> Response:
    """Return a JPEG that we wrote anew, to be shown; kept for an hour at most: consent may be withdrawn."""
    response = download(data, name=name, mimetype="image/jpeg", inline=True)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store" if private else f"public, max-age={HOUR}"
    response.set_etag(sha256)
    return response
