"""What the site signs."""

from enum import Enum


class KeyPurpose(Enum):
    """What a key signs and nothing else; the value names its folder and stands on the page of public keys."""

    AUDIT_HEAD = "audit-head"
    PARTNER_BUNDLE = "partner-bundle"
