"""Closed words of workshops."""

from enum import Enum


class WorkshopMode(Enum):
    """How visitors get in."""

    WALK_IN = "walk_in"
    RESERVATION = "reservation"
    ORDER_MENU = "order_menu"
