"""What the address of a file asks for; it alone decides, so that a link is one file for everybody."""

from flask import request

from eventsite.exports.formats import Format, Writer
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.web.language import LOCALES


def asked_language() -> str:
    """Return the language of a file, never the cookie's; Chinese where the address names none."""
    asked = request.args.get("lang", "")
    return asked if asked in LOCALES else "zh"


def asked_number(name: str = "v") -> int | None:
    """Return the release that the address names; 0, which no release has, for what is no number."""
    asked = request.args.get(name)
    if asked is None:
        return None
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def asked_writer(form: Format) -> Writer:
    """Return who writes a format in the arrangement that `?by=` names; raises `NotFound` for others."""
    by = request.args.get("by", "")
    if by and by not in form.by:
        raise NotFound(N_("This file cannot be arranged like that."))
    return form.by.get(by, form.write)
