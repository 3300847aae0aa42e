"""Notices as plain values: what a mail says, to whom, and what is told of it later."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail that is ready to go; `calendar` is the file that goes with it. A secret one holds a link."""

    recipient: str
    subject: str
    body: str
    calendar: bytes
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A notice as it was read and is sent: its version, its text, and who gets it (kind, masked address)."""

    notice_id: int
    version: int
    text: str
    sent_to: tuple[tuple[str, str], ...]
