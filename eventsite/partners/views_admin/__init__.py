"""The team's and the liaisons' pages of what partners take: tokens, takings, webhooks, deliveries."""

from functools import partial

from flask import Blueprint

from eventsite.partners.enums import DELIVERY_WORDS, HOOK_WORDS, SCOPE_WORDS, TOKEN_WORDS
from eventsite.web.language import word

blueprint = Blueprint("partners_admin", __name__, url_prefix="/admin/e/<slug:event>/partners")
for name, known in (
    ("partner_scope", SCOPE_WORDS),
    ("token_state", TOKEN_WORDS),
    ("hook_event", HOOK_WORDS),
    ("delivery_state", DELIVERY_WORDS),
):
    blueprint.add_app_template_filter(partial(word, known), name)

from eventsite.partners.views_admin import desk, tokens, webhooks  # noqa: E402

__all__ = ["blueprint", "desk", "tokens", "webhooks"]
