"""Reasons and broken demands as sentences."""

from collections.abc import Mapping

from flask_babel import gettext as _

from eventsite.kernel.words import N_
from eventsite.placement.core.reasons import Because, Reason
from eventsite.placement.core.values import Broken, Demand

TENTHS = 10  # of a kW

WHY = {
    Reason.STOOD_THERE: N_("Held %(place)s already."),
    Reason.WISH: N_("Wish no. %(rank)s: %(place)s."),
    Reason.NO_WISH: N_("Named no booth."),
    Reason.WISH_TAKEN: N_("Wish no. %(rank)s, %(place)s, went to %(other)s."),
    Reason.WISH_OFF: N_("Wish no. %(rank)s, %(place)s, is not to be had."),
    Reason.CATEGORY: N_("%(place)s is for this category."),
    Reason.BESIDE: N_("In one row with %(other)s, as wished."),
    Reason.DELEGATION: N_("In one row with %(other)s of the same delegation."),
    Reason.POWER: N_("Circuit %(place)s has %(room)s kW left."),
    Reason.ZONE_POWER: N_("Zone %(place)s has %(room)s kW left."),
}
BROKEN = {
    Demand.PLACE: N_("No booth is left for %(unit)s."),
    Demand.CATEGORY: N_("%(unit)s would stand on a booth of another category."),
    Demand.ZONE: N_("%(unit)s would stand outside the zone it applied for."),
    Demand.POWER: N_("Circuit %(circuit)s would carry %(by)s kW too much."),
    Demand.APART: N_("%(unit)s and %(other)s would stand too close: flame, food and heritage keep apart."),
    Demand.RIVALS: N_("%(unit)s and %(other)s sell the same and would be neighbours."),
}
ZONE_OVER = N_("Zone %(zone)s would carry %(by)s kW too much.")
ODD = {Demand.CATEGORY: N_("another category"), Demand.ZONE: N_("another zone")}
"""What a booth that one gives by hand would break."""


def say_reason(because: Because, names: Mapping[str, str]) -> str:
    """Return a reason as a sentence; `names` has the units by ref."""
    return _(
        WHY[because.reason],
        place=because.place,
        other=_name(because.other, names),
        rank=because.rank,
        room=because.room / TENTHS,
    )


def say_broken(one: Broken, names: Mapping[str, str]) -> str:
    """Return a broken demand as a sentence."""
    return _(
        ZONE_OVER if one.zone else BROKEN[one.demand],
        unit=_name(one.unit, names),
        other=_name(one.other, names),
        circuit=one.circuit,
        zone=one.zone,
        by=one.by / TENTHS,
    )


def _name(ref: str, names: Mapping[str, str]) -> str:
    return names.get(ref, ref)
