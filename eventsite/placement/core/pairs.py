"""Two exhibitors who want a double booth together are placed as one unit, and hold one half each."""

from collections.abc import Mapping
from dataclasses import replace

from eventsite.placement.core.values import Spot, Unit

JOINT = "+"


def joined(units: Mapping[str, Unit], partners: Mapping[str, str]) -> tuple[Unit, ...]:
    """Return the units, those that name each other as partners as one; a one-sided wish is a wish to be near.

    `partners` maps a unit's ref to the ref that it names. A pair where one stands already is not joined.
    """
    done: set[str] = set()
    found: list[Unit] = []
    for ref, unit in units.items():
        other = units.get(partners.get(ref, ""))
        if ref in done:
            continue
        if other is None or other is unit:
            found.append(unit)
        elif partners.get(other.ref) != ref or unit.fixed or other.fixed:
            found.append(replace(unit, near=other.ref))
        else:
            done.add(other.ref)
            found.append(_pair(unit, other))
    return tuple(found)


def apart_again(spots: Mapping[str, Spot]) -> dict[str, Spot]:
    """Return where each single exhibitor stands."""
    single: dict[str, Spot] = {}
    for ref, spot in spots.items():
        refs = ref.split(JOINT)
        single |= (
            {ref: spot} if len(refs) == 1 else {one: (code,) for one, code in zip(refs, spot, strict=True)}
        )
    return single


def _pair(one: Unit, other: Unit) -> Unit:
    wishes = (*one.wishes, *(code for code in other.wishes if code not in one.wishes))
    return replace(
        one,
        ref=f"{one.ref}{JOINT}{other.ref}",
        name=f"{one.name} {JOINT} {other.name}",
        wishes=wishes,
        load=one.load + other.load,
        flame=one.flame or other.flame,
        places=2,
    )
