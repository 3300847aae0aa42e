"""The cases that the plan's rules are held to, here in Python and in the editor's script."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventsite.kernel.boxes import Box
from eventsite.market.core import Thing

FILE = Path(__file__).with_name("plan_cases.json")
SIDES = ("x", "y", "w", "h")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A plan, and what is wrong with it."""

    name: str
    ground: Box | None
    things: tuple[Thing, ...]
    breaches: list[dict[str, Any]]


def cases() -> list[Case]:
    """Return all cases as values of the core."""
    return [
        Case(
            name=case["name"],
            ground=_box(case["ground"]),
            things=tuple(_thing(thing) for thing in case["things"]),
            breaches=case["breaches"],
        )
        for case in raw()
    ]


def raw() -> list[dict[str, Any]]:
    """Return the cases as the file has them."""
    read: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return read


def for_the_script() -> list[dict[str, Any]]:
    """Return the cases with boxes as the script has them."""
    return [
        {
            **case,
            "ground": _sides(case["ground"]),
            "things": [{**thing, "box": _sides(thing.get("box"))} for thing in case["things"]],
        }
        for case in raw()
    ]


def _thing(told: Mapping[str, Any]) -> Thing:
    return Thing(**{**told, "box": _box(told.get("box"))})


def _box(sides: list[float] | None) -> Box | None:
    return Box(**_sides(sides)) if sides else None  # type: ignore[arg-type]


def _sides(sides: list[float] | None) -> dict[str, float] | None:
    return dict(zip(SIDES, sides, strict=True)) if sides else None
