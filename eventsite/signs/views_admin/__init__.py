"""The team's page of signs and codes: choose what to print, see what it will be, take the PDF."""

from collections.abc import Sequence

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from eventsite.events.models import Event
from eventsite.events.queries import list_zones
from eventsite.market.queries import list_booths
from eventsite.printing.glyphs import unprintable
from eventsite.printing.typesetting import compile_pdf
from eventsite.signs.core import Choice, fits_one_pdf, read_choice, unknown_codes
from eventsite.signs.enums import CARDS_A_PAGE, MOST, PAPER_SIZES, PAPER_WORDS, TEMPLATES, Paper
from eventsite.signs.permissions import SignsPermission
from eventsite.signs.views_admin.papers import Item, list_items, paper_data
from eventsite.web.access import requires
from eventsite.web.downloads import download
from eventsite.web.language import pick
from eventsite.web.links import base_url, is_loopback, short

blueprint = Blueprint("signs_admin", __name__, url_prefix="/admin/e/<slug:event>")


@blueprint.get("/signs")
@requires(SignsPermission.SEE_SIGNS)
def signs(event: Event) -> str:
    """Show what `?paper=`, `?zone=`, `?codes=` and `?a_page=` print, and what is wrong with it."""
    choice = _choice()
    items = list_items(event, choice)
    return render_template(
        "signs/admin/signs.html",
        choice=choice,
        items=items,
        papers=[(paper, _(PAPER_WORDS[paper]), _(PAPER_SIZES[paper])) for paper in Paper],
        zones=[(zone.code, f"{zone.code} {pick(zone, 'name')}") for zone in list_zones(event)],
        a_page=CARDS_A_PAGE,
        most=MOST,
        unknown=_unknown(event, choice),
        unprintable=_unprintable(items),
        loopback=is_loopback(),
        site=short(base_url()),
    )


@blueprint.get("/signs.pdf")
@requires(SignsPermission.SEE_SIGNS)
def pdf(event: Event) -> Response | Redirect:
    """Print the choice; where it is empty or too much, its page says so."""
    choice = _choice()
    items = list_items(event, choice)
    if not fits_one_pdf(items):
        return redirect(_page_of(event, choice))
    made = compile_pdf(TEMPLATES[choice.paper], paper_data(event, choice, items))
    parts = [pick(event, "market_name"), _(PAPER_WORDS[choice.paper]), choice.zone]
    return download(made, name=f"{'-'.join(part for part in parts if part)}.pdf", mimetype="application/pdf")


def _page_of(event: Event, choice: Choice) -> str:
    paper, codes = choice.paper.value, " ".join(choice.codes)
    return url_for(
        ".signs", event=event.slug, paper=paper, zone=choice.zone, codes=codes, a_page=choice.a_page
    )


def _choice() -> Choice:
    asked = request.args
    return read_choice(
        paper=asked.get("paper", ""),
        zone=asked.get("zone", ""),
        codes=asked.get("codes", ""),
        a_page=asked.get("a_page", ""),
    )


def _unknown(event: Event, choice: Choice) -> list[str]:
    if choice.paper not in (Paper.BOOTH_SIGNS, Paper.BOOTH_CODES):
        return []
    return unknown_codes(choice, [booth.code for booth in list_booths(event)])


def _unprintable(items: Sequence[Item]) -> list[tuple[str, str, list[str]]]:
    """Return the characters that no font has, each with its number and the codes of what carries it."""
    found: dict[str, list[str]] = {}
    for item in items:
        for sign in unprintable(item.texts):
            found.setdefault(sign, []).append(item.code)
    return [(sign, f"U+{ord(sign):04X}", codes) for sign, codes in found.items()]
