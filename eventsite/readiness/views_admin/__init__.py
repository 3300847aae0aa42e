"""The team's pages from placed to ready: booths, walk rounds, slots, passes, faults and dates."""

from functools import partial

from flask import Blueprint

from eventsite.readiness.enums import PERMIT_STATUSES, PHASES, TEAMS
from eventsite.web.language import word

blueprint = Blueprint("readiness_admin", __name__, url_prefix="/admin/e/<slug:event>/readiness")
for name, known in (("permit_status", PERMIT_STATUSES), ("phase", PHASES), ("team", TEAMS)):
    blueprint.add_app_template_filter(partial(word, known), name)

from eventsite.readiness.views_admin import (  # noqa: E402
    booths,
    certificates,
    dates,
    faults,
    passes,
    slots,
    walk,
    words,
)

__all__ = ["blueprint", "booths", "certificates", "dates", "faults", "passes", "slots", "walk", "words"]
