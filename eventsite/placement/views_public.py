"""What everybody may see of a lot: the frozen list, the order drawn, who chose which booth, and the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources

from flask import Blueprint, Response, render_template

from eventsite.applications.models import Application
from eventsite.events.models import Event
from eventsite.kernel.canon import canon
from eventsite.kernel.errors import NotFound
from eventsite.kernel.fairdraw.record import parse_record
from eventsite.kernel.words import N_
from eventsite.placement import queries
from eventsite.placement.core.lots import without_floats
from eventsite.placement.core.pairs import JOINT
from eventsite.placement.enums import LOT_WORDS
from eventsite.placement.models import Lot
from eventsite.web.access import public
from eventsite.web.downloads import download
from eventsite.web.language import word

blueprint = Blueprint("placement", __name__)
blueprint.add_app_template_filter(partial(word, {s.value: w for s, w in LOT_WORDS.items()}), "lot_status")


@blueprint.get("/e/<slug:event>/lots")
@public
def lots(event: Event) -> str:
    """List the lots for booths whose list is frozen; before that there is nothing to check."""
    shown = [lot for lot in queries.list_lots(event) if lot.freeze is not None]
    return render_template("placement/lots.html", lots=shown)


@blueprint.get("/e/<slug:event>/lots/<code:code>")
@public
def lot(event: Event, code: str) -> str:
    """Show a lot: its list, the order drawn and the booths chosen, and how to check it."""
    shown = _public(event, code)
    return render_template(
        "placement/lot.html", lot=shown, turns=turns_of(event, shown), digits=_digits(shown)
    )


@blueprint.get("/e/<slug:event>/lots/<code:code>/record.json")
@public
def record(event: Event, code: str) -> Response:
    """Serve the record as it was drawn, byte for byte."""
    shown = _public(event, code)
    if shown.record is None:
        raise NotFound(N_("This lot is not drawn yet."))
    return download(shown.record, name="record.json", mimetype="application/json")


@blueprint.get("/e/<slug:event>/lots/<code:code>/entries.csv")
@public
def entries(event: Event, code: str) -> Response:
    """Serve the frozen list, byte for byte."""
    data = _public(event, code).entries
    assert data is not None  # a lot that strangers see is frozen
    return download(data, name="entries.csv", mimetype="text/csv")


@blueprint.get("/e/<slug:event>/lots/<code:code>/task.json")
@public
def task(event: Event, code: str) -> Response:
    """Serve booths, wishes and distances as frozen: the SHA-256 of these bytes stands in the rules."""
    data = canon(without_floats(_public(event, code).task)).encode()
    return download(data, name="task.json", mimetype="application/json")


@blueprint.get("/e/<slug:event>/lots/<code:code>/verify.py")
@public
def verifier(event: Event, code: str) -> Response:
    """Serve the script that draws the order again from the two files."""
    _public(event, code)
    script = resources.files("eventsite.kernel.fairdraw").joinpath("verify.py").read_bytes()
    return download(script, name="verify.py", mimetype="text/x-python")


@dataclass(frozen=True, kw_only=True)
class Turn:
    """An entry of a lot with its exhibitors; its turn and the booths it chose once the lot is drawn."""

    turn: int | None
    entry: str
    units: Sequence[Application]
    booths: Sequence[str]


def turns_of(event: Event, lot: Lot) -> list[Turn]:
    """Return each entry with its exhibitors and, once drawn, its turn and the booths it chose."""
    members = {member.entry_code: member for member in queries.list_members(lot)}
    choices = lot.choices or {"order": [{"entry": code, "unit": ""} for code in members], "spots": {}}
    known = queries.applications_by_ref(
        event, [ref for turn in choices["order"] for ref in turn["unit"].split(JOINT) if ref]
    )
    return [
        Turn(
            turn=number if lot.choices else None,
            entry=turn["entry"],
            units=[known[ref] for ref in turn["unit"].split(JOINT) if ref in known]
            or [members[turn["entry"]].application],
            booths=choices["spots"].get(turn["unit"], []),
        )
        for number, turn in enumerate(choices["order"], 1)
    ]


def _public(event: Event, code: str) -> Lot:
    found = queries.get_lot(event, code)
    if found.freeze is None:
        raise NotFound(N_("There is no such lot."))
    return found


def _digits(lot: Lot) -> str:
    """Return the digits that were made before everybody, once they are."""
    return "".join(str(value) for value in parse_record(lot.record).rounds[0].values) if lot.record else ""
