"""What other rooms add to an exhibitor's pack: set-up slots, passes, and whatever comes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eventsite.applications.models import Application
from eventsite.events.models import Event


@dataclass(frozen=True, kw_only=True)
class PackLine:
    """A line of the pack; `address` is printed as a code beside it, and `image` is that code's drawing."""

    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    address: str = ""
    image: str = ""


Part = Callable[[Event, Application], Sequence[PackLine]]
PARTS: list[Part] = []


def also_in_pack(part: Part) -> Part:
    """Let a room above add lines to every pack."""
    PARTS.append(part)
    return part


def lines_of(event: Event, row: Application) -> list[PackLine]:
    """Return what the rooms above add for an application."""
    return [line for part in PARTS for line in part(event, row)]
