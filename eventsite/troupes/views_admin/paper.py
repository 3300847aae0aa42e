"""The private links on paper: four to a page, to be cut apart and handed out."""

from typing import Any

from flask import Response, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.kernel.words import N_
from eventsite.printing.codes import Code
from eventsite.printing.typesetting import compile_pdf
from eventsite.troupes.permissions import TroupePermission, troupe_thing
from eventsite.troupes.queries import Standing
from eventsite.troupes.views_admin import blueprint
from eventsite.troupes.views_admin.desk import visible
from eventsite.troupes.views_public.doors import link_of, private
from eventsite.web.access import may, requires
from eventsite.web.downloads import download
from eventsite.web.language import both, pick
from eventsite.web.links import absolute, short

NOBODY = {"zh": "", "en": ""}


@blueprint.get("/troupes/links.pdf")
@requires(TroupePermission.SEE_TROUPES)
def links(event: Event) -> Response | Redirect:
    """Print the links of the troupes that the reader looks after; without any, go back to the list."""
    cards = [card for row in visible(event) if (card := _card(row)) is not None]
    if not cards:
        return redirect(url_for(".troupes", event=event.slug))
    data = {
        "title": _("Links of the troupes"),
        "fair": {"zh": event.market_name_zh, "en": event.market_name_en},
        "words": {
            "scan": both(N_("Your times, your call, and one press to confirm")),
            "typed": both(N_("No camera? Type this address:")),
            "keep": both(N_("Only for this troupe: whoever has the link can answer for it.")),
        },
        "cards": cards,
    }
    name = f"{pick(event, 'market_name')}-{_('Links of the troupes')}.pdf"
    made = compile_pdf("troupes", data)
    return private(download(made, name=name, mimetype="application/pdf"))


def _card(row: Standing) -> dict[str, Any] | None:
    troupe = row.troupe
    if row.access is None or not may(TroupePermission.EDIT_TROUPE, troupe_thing(troupe)):
        return None
    link, code = link_of(row.access), row.access.typed_code
    if not link or not code:
        return None
    delegation = troupe.delegation
    return {
        "zh": troupe.name_zh,
        "en": troupe.name_en,
        "demo": troupe.source == "demo",
        "team": {"zh": delegation.name_zh, "en": delegation.name_en} if delegation else NOBODY,
        "drawing": Code(link),
        "address": short(absolute("typed.follow", code=code)),
    }
