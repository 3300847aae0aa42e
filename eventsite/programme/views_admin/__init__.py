"""The team's pages of the programme: the draft, its editor, plans beside it, and releasing it."""

from flask import Blueprint
from flask_babel import gettext as _

from eventsite.programme.enums import KINDS, RULE_WORDS, STATES, ClashRule
from eventsite.web.language import word

blueprint = Blueprint("programme_admin", __name__, url_prefix="/admin/e/<slug:event>/programme")


@blueprint.app_template_filter("item_kind")
def item_kind(kind: str) -> str:
    """Return the name of a kind; an unknown one stays as it is."""
    return word(KINDS, kind)


@blueprint.app_template_filter("item_state")
def item_state(state: str) -> str:
    """Return the name of a state; an unknown one stays as it is."""
    return word(STATES, state)


@blueprint.app_template_filter("clash_rule")
def clash_rule(rule: ClashRule) -> str:
    """Return what a rule says."""
    return _(RULE_WORDS[rule])


from eventsite.programme.views_admin import (  # noqa: E402, F401
    editor,
    items,
    plans,
    releases,
    resources,
    rules,
    troupes,
    units,
)
