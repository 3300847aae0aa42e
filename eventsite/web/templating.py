"""What every template may use, and the filters for words, dates and numbers."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from flask import Flask, current_app, g, request
from flask_babel import get_locale, get_translations
from jinja2 import StrictUndefined

from eventsite.kernel import clock
from eventsite.web import language
from eventsite.web.access import current_actor, may
from eventsite.web.links import short

Menu = Callable[[], list[dict[str, Any]]]


def init_app(app: Flask, *, bar: Menu, menu: Menu) -> None:
    """Make globals and filters; `bar` and `menu` give a request's places for visitors and for the team."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        text=language.pick,
        texts=language.pick_list,
        date=_date,
        day=day_words,
        time=_time,
        datetime=instant_words,
        percent=_percent,
        short=short,
        said=language.say_value,
        chinese=language.mark_chinese,
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalog().ugettext(text),
        lambda one, many, number: _catalog().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals.update(
        static_url=static_url, url_with=url_with, current_actor=current_actor, may=may
    )

    @app.context_processor
    def _values() -> dict[str, Any]:
        word = language.language()
        return {
            "event": g.get("event"),
            "locale": word,
            "lang": language.TAGS[word],
            "elder": language.is_elder(),
            "demo_clock": clock.demo_start() is not None,
            "clock_now": clock.now(),
            "nav_items": bar,
            "menu_groups": menu,
        }


def static_url(name: str) -> str:
    """Return the address of a static file with its content's hash, so that it may be kept for ever."""
    folder = current_app.static_folder or ""
    return _static_url(current_app.static_url_path or "", folder, name)


def url_with(**changes: str) -> str:
    """Return the current address with other query values; nothing that was asked for reaches its path."""
    return f"?{urlencode({**request.args.to_dict(), **changes})}"


@lru_cache(maxsize=256)
def _static_url(prefix: str, folder: str, name: str) -> str:
    return f"{prefix}/{quote(name)}?v={hashlib.sha256(Path(folder, name).read_bytes()).hexdigest()[:12]}"


def _catalog() -> Any:
    """Return the catalog in force, looked up once a request and language: a page asks for dozens of words."""
    locale = get_locale()
    kept = g.get("catalog")
    if kept is None or kept[0] is not locale:
        kept = g.catalog = (locale, get_translations())
    return kept[1]


def _local(value: datetime) -> datetime:
    event = g.get("event")
    return value.astimezone(ZoneInfo(event.timezone if event else "Asia/Shanghai"))


def _locale() -> Locale:
    return Locale.parse(language.select_locale())


def _date(value: date | datetime) -> str:
    local = _local(value) if isinstance(value, datetime) else value
    pattern = "yyyy年M月d日" if language.language() == "zh" else "d MMM yyyy"
    return dates.format_date(local, pattern, _locale())


def day_words(value: date | datetime) -> str:
    """Return a day with its weekday, in the event's zone."""
    local = _local(value) if isinstance(value, datetime) else value
    return dates.format_date(local, "M月d日 EEE" if language.language() == "zh" else "EEE d MMM", _locale())


def _time(value: time | datetime) -> str:
    local = _local(value) if isinstance(value, datetime) else value
    return local.strftime("%H:%M")


def _percent(share: float) -> str:
    return numbers.format_percent(share, "0.#%", _locale())


def instant_words(value: datetime) -> str:
    """Return a day with its year and the time, in the event's zone."""
    return f"{_date(value)} {_time(value)}"
