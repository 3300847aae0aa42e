"""The public record of each agreement."""

from flask import Blueprint, Response, render_template

from eventsite.agreements.core import canonical, fingerprint
from eventsite.agreements.queries import get_agreement, list_agreements, record_of
from eventsite.events.models import Event
from eventsite.web.access import public
from eventsite.web.downloads import download

blueprint = Blueprint("agreements", __name__)


@blueprint.get("/e/<slug:event>/agreements")
@public
def agreements(event: Event) -> str:
    """List the agreements of the event."""
    return render_template("agreements/agreements.html", agreements=list_agreements(event))


@blueprint.get("/e/<slug:event>/agreements/<ref>")
@public
def agreement(event: Event, ref: str) -> str:
    """Show an agreement, what follows from it, and how to check a file against the record."""
    shown = get_agreement(event, ref)
    return render_template(
        "agreements/agreement.html", agreement=shown, sha256=fingerprint(record_of(event, shown))
    )


@blueprint.get("/e/<slug:event>/agreements/<ref>/record.json")
@public
def record(event: Event, ref: str) -> Response:
    """Serve the canonical record; its SHA-256 is the one on the page."""
    shown = get_agreement(event, ref)
    response = download(
        canonical(record_of(event, shown)),
        name=f"{ref}-record.json",
        mimetype="application/json",
        inline=True,
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
