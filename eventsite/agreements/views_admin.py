"""The team's lists of agreements, each with its record's fingerprint, and of deals."""

from functools import partial
from typing import Any

from flask import Blueprint

from eventsite.agreements import sheets
from eventsite.agreements.core import fingerprint
from eventsite.agreements.enums import AGREEMENT_KINDS, DEAL_KINDS, DEAL_STAGES
from eventsite.agreements.permissions import AgreementPermission
from eventsite.agreements.queries import list_agreements, list_deals, record_of
from eventsite.events.models import Event
from eventsite.web.access import requires
from eventsite.web.language import word
from eventsite.web.lists import list_page, render_list, searched

blueprint = Blueprint("agreements_admin", __name__, url_prefix="/admin/e/<slug:event>/agreements")

for name, known in (
    ("agreement_kind", AGREEMENT_KINDS),
    ("deal_kind", DEAL_KINDS),
    ("deal_stage", DEAL_STAGES),
):
    blueprint.add_app_template_filter(partial(word, known), name)


@list_page(blueprint, "/", file="agreements")
@requires(AgreementPermission.SEE_AGREEMENTS)
def agreements(event: Event) -> Any:
    """List the agreements with the SHA-256 of each public record."""
    rows = list_agreements(event)
    hashes = {row.id: fingerprint(record_of(event, row)) for row in rows}
    return render_list(
        "agreements/admin/agreements.html", searched(rows), hashes=hashes, table=sheets.AGREEMENTS
    )


@list_page(blueprint, "/deals")
@requires(AgreementPermission.SEE_DEALS)
def deals(event: Event) -> Any:
    """List the deals made at the fair."""
    return render_list("agreements/admin/deals.html", searched(list_deals(event)), table=sheets.DEALS)
