"""Seasons, ranks of heritage, and what the history says of each act."""

from collections.abc import Mapping
from enum import Enum

from eventsite.kernel.words import N_


class Season(Enum):
    """When a route is at its best."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"
    ALL_YEAR = "all_year"


class Rank(Enum):
    """On which list a heritage stands."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    CITY = "city"
    COUNTY = "county"


SEASON_WORDS: Mapping[str, str] = {
    "spring": N_("Spring"),
    "summer": N_("Summer"),
    "autumn": N_("Autumn"),
    "winter": N_("Winter"),
    "all_year": N_("All year round"),
}
RANK_WORDS: Mapping[str, str] = {
    "national": N_("National heritage list"),
    "provincial": N_("Provincial heritage list"),
    "city": N_("City heritage list"),
    "county": N_("County heritage list"),
}
_ENTRY: Mapping[str, str] = {"create": N_("added it"), "edit": N_("changed it"), "remove": N_("removed it")}
ACTS: Mapping[str, Mapping[str, str]] = {
    "product": _ENTRY,
    "inheritor": _ENTRY,
    "travel_route": _ENTRY,
    "city_voucher": {**_ENTRY, "take": N_("took one voucher")},
    "taken_voucher": {"use": N_("used the voucher")},
    "showcase_photo": _ENTRY,
}
"""What the history says, by kind of thing and verb."""
