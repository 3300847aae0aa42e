"""Which matters an application has, and what is still open among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsite.applications.enums import Matter, Verdict


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What of an application decides which offices look at it."""

    power_kw: float
    needs_water: bool
    open_flame: bool
    food_required: bool
    street_occupation: bool
    passes: int
    insured: bool


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What an office has said of a matter; `verdict` is `None` while it has not read it (again)."""

    matter: Matter
    verdict: Verdict | None = None
    point: str = ""


def matters_of(needs: Needs) -> tuple[Matter, ...]:
    """Return the matters of an application in the order in which the desk shows them."""
    asked = {
        Matter.BOOTH: True,
        Matter.POWER: needs.power_kw > 0,
        Matter.FIRE: needs.needs_water or needs.open_flame,
        Matter.FOOD: needs.food_required,
        Matter.STREET: needs.street_occupation,
        Matter.VEHICLES: needs.passes > 0,
        Matter.INSURANCE: True,
        Matter.COMMITMENT: True,
    }
    return tuple(matter for matter in Matter if asked[matter])


def unread(opinions: Sequence[Opinion]) -> tuple[Matter, ...]:
    """Return the matters that no office has read yet."""
    return tuple(opinion.matter for opinion in opinions if opinion.verdict is None)


def problems(opinions: Sequence[Opinion]) -> tuple[Opinion, ...]:
    """Return the matters with a problem."""
    return tuple(opinion for opinion in opinions if opinion.verdict is Verdict.PROBLEM)
