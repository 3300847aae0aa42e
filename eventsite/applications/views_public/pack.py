"""The result in one go: a page to print, and the same as a PDF."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsite.applications.enums import PLACEABLE
from eventsite.applications.models import Application
from eventsite.applications.queries.pack import lines_of
from eventsite.applications.views_public.doors import blueprint, enter, private, say_passes
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.printing.codes import Code, Level
from eventsite.printing.typesetting import compile_pdf
from eventsite.web.access import public
from eventsite.web.downloads import download
from eventsite.web.language import language, pick
from eventsite.web.links import absolute
from eventsite.web.qr import svg_response


@blueprint.get("/a/<token>/pack")
@public
def pack(token: str) -> Response:
    """Show the pack of an accepted application, made to be printed."""
    event, row, _body = enter(token)
    _refuse_unaccepted(row)
    return private(
        render_template("applications/pack.html", row=row, token=token, lines=lines_of(event, row))
    )


@blueprint.get("/a/<token>/pack.pdf")
@public
def pack_pdf(token: str) -> Response:
    """Return the pack as a PDF."""
    event, row, _body = enter(token)
    _refuse_unaccepted(row)
    lines = lines_of(event, row)
    data: dict[str, Any] = {
        "lang": language(),
        "fair": pick(event, "market_name"),
        "title": _("Exhibitor pack"),
        "unit": pick(row, "unit"),
        "zone": f"{row.zone.code} {pick(row.zone, 'name')}" if row.zone else "",
        "rows": _rows(row),
        "lines": [
            {
                "title": pick(line, "title"),
                "text": pick(line, "text"),
                "code": Code(line.address, Level.M) if line.address else None,
            }
            for line in lines
        ],
        "rules_title": _("Rules"),
        "rules": pick(row.call, "rules") if row.call else "",
        "bring_title": _("What to bring"),
        "bring": [_(words) for words in BRING],
        "code": Code(absolute("applications.follow", token=token), Level.M),
        "code_words": _("Your private page: keep this code to yourself."),
        "notice": _("The site prepares and tracks permits; the authorities in charge decide on them."),
    }
    name = _("Exhibitor pack %(ref)s.pdf", ref=row.ref)
    return private(download(compile_pdf("pack", data), name=name, mimetype="application/pdf"))


@blueprint.get("/a/<token>/code.svg")
@public
def code(token: str) -> Response:
    """Draw the code of the private link."""
    enter(token)
    return private(svg_response(absolute("applications.follow", token=token)))


BRING = (
    N_("This pack, on paper or on a phone"),
    N_("The identity card of everybody with a staff pass"),
    N_("The originals of the licences and certificates that you uploaded"),
    N_("An extension lead with its own fuse; no appliance beyond those declared"),
)


@blueprint.app_template_global()
def what_to_bring() -> list[str]:
    """Return what exhibitors bring, in the reader's words."""
    return [_(words) for words in BRING]


def _rows(row: Application) -> list[dict[str, str]]:
    booths = _(", ").join(holding.booth.code for holding in row.holdings) or _("not given yet")
    passes = say_passes(row)
    told = (
        (_("Application"), row.ref),
        (_("Booth"), booths),
        (_("Power"), f"{row.power_kw:g} kW"),
        (_("Passes"), passes),
    )
    return [{"name": name, "value": value} for name, value in told]


def _refuse_unaccepted(row: Application) -> None:
    if row.status not in PLACEABLE:
        raise NotFound(N_("There is a pack once the application is approved."))
