"""A webhook as somebody writes it down."""

from dataclasses import dataclass

from eventsite.partners.enums import HookEvent


@dataclass(frozen=True, kw_only=True)
class WebhookFacts:
    """All that a form shows and changes of a webhook."""

    url: str
    kinds: tuple[HookEvent, ...]
