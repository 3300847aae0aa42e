"""Files that people take away: names that survive every browser, and cells that no spreadsheet runs."""

from urllib.parse import quote

from flask import Response, make_response

FORMULA_STARTS = "=+-@＝＋－＠\t\r\n"


def download(data: bytes | str, *, name: str, mimetype: str, inline: bool = False) -> Response:
    """Return the data as a file; the name is given in ASCII and, by RFC 5987, as it is."""
    response = make_response(data)
    response.mimetype = mimetype
    plain = name.encode("ascii", "ignore").decode().strip() or "download"
    plain = "".join(c for c in plain if c.isalnum() or c in "._- ")
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return response


def safe_cell(text: str) -> str:
    """Prefix `'` to text that a spreadsheet would run as a formula, leading blanks included."""
    return f"'{text}" if text.lstrip(" \u3000\u00a0")[:1] in tuple(FORMULA_STARTS) and text.strip(" \u3000\u00a0") else text
