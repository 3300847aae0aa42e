"""Reading tokens, takings, webhooks and deliveries. Every lookup goes through its event."""

from eventsite.partners.queries.standing import (
    PartnerRow,
    get_organization,
    list_partner_rows,
)
from eventsite.partners.queries.takings import find_last_asked, last_bundle, last_used, list_takings
from eventsite.partners.queries.tokens import find_holder, get_token, get_token_to_write, list_tokens
from eventsite.partners.queries.webhooks import (
    get_delivery,
    get_webhook,
    get_webhook_to_write,
    list_deliveries,
    list_due,
    list_expecting,
    list_news,
    list_webhooks,
    read_live,
)

__all__ = [
    "PartnerRow",
    "find_holder",
    "find_last_asked",
    "get_delivery",
    "get_organization",
    "get_token",
    "get_token_to_write",
    "get_webhook",
    "get_webhook_to_write",
    "last_bundle",
    "last_used",
    "list_deliveries",
    "list_due",
    "list_expecting",
    "list_news",
    "list_partner_rows",
    "list_takings",
    "list_tokens",
    "list_webhooks",
    "read_live",
]
