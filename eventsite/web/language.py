"""The reader's language and view: `?lang=zh|en` and `?elder=0|1`, remembered in cookies."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, request
from flask_babel import force_locale, gettext
from markupsafe import Markup

from eventsite.kernel.errors import DomainError
from eventsite.web.headers import FRAMED

LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
TAGS = {"zh": "zh-CN", "en": "en"}
REMEMBER = 365 * 24 * 3600
WHOLE = re.compile(r"-?[0-9]+\.0")
HAN = re.compile("[\u3400-\u9fff]")


def init_app(app: Flask) -> None:
    """Remember what a link with `?lang=` or `?elder=` chose."""

    @app.after_request
    def _remember(response: Response) -> Response:
        if not request.query_string or response.cache_control.public:
            return response  # what caches share carries nobody's cookie
        if response.mimetype != "text/html":  # files and feeds say their language in their address
            return response
        if response.headers.get("Content-Security-Policy") == FRAMED:
            return response  # a frame on another site leaves nothing with its reader
        for name, allowed in (("lang", LOCALES), ("elder", ("0", "1"))):
            chosen = request.args.get(name)
            if chosen is not None and chosen in allowed and response.status_code < 400:
                response.set_cookie(
                    name,
                    chosen,
                    max_age=REMEMBER,
                    httponly=True,
                    samesite="Lax",
                    secure=app.config["SESSION_COOKIE_SECURE"],
                )
        return response


def language() -> str:
    """Return `zh` or `en`: the address says, else the cookie, else Chinese."""
    known: str | None = g.get("language")
    if known is None:
        chosen = _chosen("lang")
        known = g.language = chosen if chosen in LOCALES else "zh"
    return known


def select_locale() -> str:
    """Return the Babel locale of the request, for Flask-Babel."""
    return LOCALES[language()]


def is_elder() -> bool:
    """Tell whether the reader asked for large type."""
    return _chosen("elder") == "1"


def pick(record: Any, name: str) -> str:
    """Return `name_zh` or `name_en` of a record or mapping for the reader, the other where it is empty."""
    first, second = ("zh", "en") if language() == "zh" else ("en", "zh")
    return _value(record, f"{name}_{first}") or _value(record, f"{name}_{second}") or ""


def pick_list(record: Any, name: str) -> list[str]:
    """Return the list `name_zh` or `name_en` for the reader; the other one where it is empty."""
    found: Any = pick(record, name)
    return list(found or [])


def word(words: Mapping[str, str], value: str) -> str:
    """Return a word of an open vocabulary for the reader; one that is not known stays as it is."""
    return gettext(words[value]) if value in words else value


def both(message: str, **params: Any) -> dict[str, str]:
    """Return a marked sentence in both languages: what is printed serves everybody at once."""
    said = {}
    for name, locale in LOCALES.items():
        with force_locale(locale):
            said[name] = gettext(message, **params)
    return said


def say(error: DomainError) -> str:
    """Return an error's sentence in the reader's language."""
    return gettext(error.message, **error.params)


def say_value(value: Any) -> str:
    """Return a stored value as people read it: yes or no in words, lists with commas, whole numbers whole."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | tuple):
        return gettext(", ").join(say_value(part) for part in value)
    text = str(value)
    return text.removesuffix(".0") if WHOLE.fullmatch(text) else text


def mark_chinese(text: str) -> str:
    """Mark Chinese words on a page in another language as Chinese, for voices that read it out."""
    if language() == "zh" or not HAN.search(text):
        return text
    return Markup('<span lang="{}">{}</span>').format(TAGS["zh"], text)


def _chosen(name: str) -> str | None:
    """Return what the address says, else the cookie."""
    told: str | None = request.args.get(name) or request.cookies.get(name)
    return told


def _value(record: Any, key: str) -> Any:
    if isinstance(record, dict):
        return record.get(key)
    return getattr(record, key, None)
