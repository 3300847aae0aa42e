"""Writing tokens, takings, webhooks and deliveries: one function an intent."""

from eventsite.partners.operations.bundles import Seal, build_bundle, bundle_seal
from eventsite.partners.operations.deliveries import deliver_due, queue_deliveries
from eventsite.partners.operations.takings import Take, note_taking
from eventsite.partners.operations.tokens import Issued, issue_token, key_of, revoke_token
from eventsite.partners.operations.webhooks import (
    Added,
    add_webhook,
    disable_webhook,
    edit_webhook,
    enable_webhook,
    renew_secret,
    send_again,
    send_test,
)

__all__ = [
    "Added",
    "Issued",
    "Seal",
    "Take",
    "add_webhook",
    "build_bundle",
    "bundle_seal",
    "deliver_due",
    "disable_webhook",
    "edit_webhook",
    "enable_webhook",
    "issue_token",
    "key_of",
    "note_taking",
    "queue_deliveries",
    "renew_secret",
    "revoke_token",
    "send_again",
    "send_test",
]
