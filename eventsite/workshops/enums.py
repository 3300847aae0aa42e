"""Closed words of workshops."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class WorkshopMode(Enum):
    """How visitors get in."""

    WALK_IN = "walk_in"
    RESERVATION = "reservation"
    ORDER_MENU = "order_menu"


MODE_WORDS: Mapping[str, str] = {
    WorkshopMode.WALK_IN.value: N_("Walk in"),
    WorkshopMode.RESERVATION.value: N_("By reservation"),
    WorkshopMode.ORDER_MENU.value: N_("Opens when enough sign up"),
}
"""How visitors get in, as people read it."""
