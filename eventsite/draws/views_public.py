"""What everybody may see of the draws: rules, freeze, result, and the files to run a draw again."""

from datetime import datetime
from functools import partial
from importlib import resources

from flask import Blueprint, Response, render_template, request

from eventsite.checkin.queries import find_pass
from eventsite.draws import queries
from eventsite.draws.core.entries import masked, read_entry, slot_words
from eventsite.draws.enums import STATUS_WORDS, DrawStatus, RaffleMode
from eventsite.draws.models import Draw, Prize, Raffle
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.web.access import public
from eventsite.web.downloads import download
from eventsite.web.language import word
from eventsite.web.passes import read_pass

blueprint = Blueprint("draws", __name__)
BADGES = {
    DrawStatus.OPEN: "now",
    DrawStatus.FROZEN: "info",
    DrawStatus.REVEALED: "info",
    DrawStatus.DRAWN: "ok",
    DrawStatus.PUBLISHED: "ok",
    DrawStatus.VOIDED: "bad",
}
GROUP = 4

blueprint.add_app_template_filter(masked, "masked")
blueprint.add_app_template_filter(slot_words, "slot_words")
blueprint.add_app_template_filter(partial(word, {s.value: w for s, w in STATUS_WORDS.items()}), "draw_status")


@blueprint.app_template_filter("grouped")
def grouped(text: str) -> str:
    """Write a row of digits or a fingerprint in groups of four."""
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


@blueprint.get("/e/<slug:event>/draws")
@public
def draws(event: Event) -> str:
    """List the draws with their prizes and times."""
    raffle = queries.find_raffle(event)
    listed = queries.list_draws(event)
    in_all = _in_all(raffle) if raffle else []
    return render_template("draws/draws.html", raffle=raffle, draws=listed, in_all=in_all, badges=BADGES)


@blueprint.get("/e/<slug:event>/draws/<ref>")
@public
def show(event: Event, ref: str) -> str:
    """Show a draw: its result, how it came about, how to check it, its rules."""
    draw = queries.get_draw(event, ref)
    if draw.raffle.mode is RaffleMode.INSTANT:
        return render_template("draws/instant.html", raffle=draw.raffle, in_all=_in_all(draw.raffle))
    own = _own_entry(event)
    asked = read_entry(request.args.get("entry", "")) or own
    return render_template(
        "draws/draw.html",
        draw=draw,
        raffle=draw.raffle,
        plan=queries.planned_prizes(event, draw),
        rules_until=datetime.fromisoformat(draw.rules.content["claim"]["until"]) if draw.rules else None,
        results=queries.list_results(draw),
        record=queries.find_published(draw),
        voided=queries.find_void_reason(draw) if draw.status is DrawStatus.VOIDED else "",
        asked=asked,
        answer=queries.look_up(draw, asked) if asked and draw.frozen else None,
        badges=BADGES,
    )


@blueprint.get("/e/<slug:event>/draws/<ref>/record.json")
@public
def record(event: Event, ref: str) -> Response:
    """Serve the published record, byte for byte."""
    published = queries.find_published(_public(event, ref))
    if published is None:
        raise NotFound(N_("The record of this draw is not published yet."))
    return download(published.data, name="record.json", mimetype="application/json")


@blueprint.get("/e/<slug:event>/draws/<ref>/entries.csv")
@public
def entries(event: Event, ref: str) -> Response:
    """Serve the frozen list, byte for byte, once the record is published."""
    draw = _public(event, ref)
    if queries.find_published(draw) is None:
        raise NotFound(N_("The record of this draw is not published yet."))
    return download(queries.frozen_entries(draw), name="entries.csv", mimetype="text/csv")


@blueprint.get("/e/<slug:event>/draws/<ref>/verify.py")
@public
def verifier(event: Event, ref: str) -> Response:
    """Serve the script that runs a draw again from its two files."""
    _public(event, ref)
    script = resources.files("eventsite.kernel.fairdraw").joinpath("verify.py").read_bytes()
    return download(script, name="verify.py", mimetype="text/x-python")


def _public(event: Event, ref: str) -> Draw:
    draw = queries.get_draw(event, ref)
    if draw.raffle.mode is RaffleMode.INSTANT:
        raise NotFound(N_("There is no such page."))
    return draw


def _in_all(raffle: Raffle) -> list[tuple[Prize, int]]:
    return [(prize, prize.quantity) for prize in raffle.prizes]


def _own_entry(event: Event) -> str:
    """Return the entry id of the visitor's own pass, empty without one."""
    key = read_pass(event.slug)
    visitor = find_pass(event, key) if key else None
    return visitor.entry_code if visitor else ""
