"""A field of forms for an instant on the venue's clock."""

from datetime import datetime
from typing import Any

from flask import g
from flask_babel import gettext as _
from wtforms import StringField

LOCAL = "%Y-%m-%d %H:%M"
FIRST_YEAR, LAST_YEAR = 1970, 2199  # as in event files


class InstantField(StringField):
    """An instant as `2025-09-06 15:35` on the venue's clock; empty is `None`."""

    data: Any

    def _value(self) -> str:
        if isinstance(self.data, datetime):
            return self.data.astimezone(g.event.zone).strftime(LOCAL)
        return self.data or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the wall-clock time; raises `ValueError` for another shape."""
        text = " ".join(valuelist[0].replace("T", " ").split()) if valuelist else ""
        self.data = text
        try:
            self.data = _instant(text) if text else None
        except ValueError as error:
            raise ValueError(_("Write it like this: 2025-09-06 15:35")) from error


def _instant(text: str) -> datetime:
    """Return the wall-clock time; `ValueError` for another shape and for years that no fair is held in."""
    read = datetime.strptime(text, LOCAL).replace(tzinfo=g.event.zone)
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise ValueError(read.year)
    return read
