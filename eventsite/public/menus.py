"""The visitors' bar."""

from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

BAR = (
    ("public.home", "home"),
    ("programme.show", "list"),
    ("market.plan", "map"),
    ("passport.show", "stamp"),
    ("helpdesk.show", "help"),
)


def bar() -> list[dict[str, Any]]:
    """Return the five places of the visitors' bar; none on pages of the site as a whole."""
    event = g.get("event")
    if event is None:
        return []
    labels = (_("Home"), _("Programme"), _("Map"), _("Stamps"), _("Help"))
    return [
        {
            "endpoint": endpoint,
            "url": url_for(endpoint, event=event.slug),
            "icon": icon,
            "label": label,
            "current": request.endpoint == endpoint,
        }
        for (endpoint, icon), label in zip(BAR, labels, strict=True)
    ]
