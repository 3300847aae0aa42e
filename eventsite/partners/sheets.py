"""The partners' lists as files."""

from eventsite.kernel.words import N_
from eventsite.partners.enums import DELIVERY_WORDS, HOOK_WORDS, TOKEN_WORDS
from eventsite.web.language import pick
from eventsite.web.tables import Table, TableColumn

PARTNERS = Table(
    N_("Partners"),
    (
        TableColumn(N_("Organization"), lambda row: pick(row.organization, "name")),
        TableColumn(N_("Tokens in use"), "tokens"),
        TableColumn(N_("Taken last"), "last_at"),
        TableColumn(N_("On version"), "release"),
        TableColumn(N_("Versions behind"), "behind"),
        TableColumn(N_("Webhooks"), "webhooks"),
        TableColumn(N_("Webhooks switched off"), "webhooks_off"),
    ),
)
TOKENS = Table(
    N_("Tokens"),
    (
        TableColumn(N_("Organization"), lambda row: pick(row.organization, "name")),
        TableColumn(N_("Name"), "name"),
        TableColumn(N_("Ends with"), "hint"),
        TableColumn(N_("It opens"), "scopes"),
        TableColumn(N_("State"), from_page=lambda row, page: row.state(page["now"]), words=TOKEN_WORDS),
        TableColumn(N_("Issued"), "created_at"),
        TableColumn(N_("Issued by"), "created_by"),
        TableColumn(N_("Valid until"), "expires_at"),
        TableColumn(N_("Revoked"), "revoked_at"),
        TableColumn(N_("Used last"), from_page=lambda row, page: page["used"].get(row.id)),
    ),
)
TAKINGS = Table(
    N_("What was taken"),
    (
        TableColumn(N_("Organization"), lambda row: pick(row.organization, "name")),
        TableColumn(N_("With"), lambda row: row.token.name if row.token else ""),
        TableColumn(N_("What"), "what"),
        TableColumn(N_("Version"), lambda row: row.release_number or None),
        TableColumn(N_("Live revision"), "live_revision"),
        TableColumn(N_("First time"), "first_at"),
        TableColumn(N_("Last time"), "last_at"),
        TableColumn(N_("Times taken"), "taken"),
        TableColumn(N_("Times checked"), "checked"),
        TableColumn(N_("Bytes"), "bytes"),
    ),
)
DELIVERIES = Table(
    N_("Deliveries"),
    (
        TableColumn(N_("Organization"), lambda row: pick(row.webhook.organization, "name")),
        TableColumn(N_("Address"), "webhook.url"),
        TableColumn(N_("What"), "kind", HOOK_WORDS),
        TableColumn(N_("Version"), lambda row: row.release_number or None),
        TableColumn(N_("State"), "state", DELIVERY_WORDS),
        TableColumn(N_("Attempts"), "attempts"),
        TableColumn(N_("Made"), "created_at"),
        TableColumn(N_("Done"), "done_at"),
        TableColumn(N_("Last status"), lambda row: (row.last_answer or {}).get("status")),
        TableColumn(N_("Delivery id"), "uid"),
    ),
)
