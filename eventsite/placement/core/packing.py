"""Tasks and outcomes as plain JSON, so that what was asked and found can be kept and looked at again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from eventsite.kernel.boxes import Box
from eventsite.placement.core.grounds import survey
from eventsite.placement.core.reasons import Because, Reason, reasons
from eventsite.placement.core.values import Apart, Broken, Circuit, Demand, Outcome, Place, Spot, Task, Unit

Reasons = Mapping[str, tuple[Because, ...]]


def pack_task(task: Task) -> dict[str, Any]:
    """Return a task as JSON, with lists as JSON has them."""
    packed: dict[str, Any] = json.loads(json.dumps(asdict(task)))
    return packed


def unpack_task(packed: Mapping[str, Any]) -> Task:
    """Return the task that was packed."""
    return Task(
        units=tuple(_unit(unit) for unit in packed["units"]),
        places=tuple(Place(**place | {"box": Box(**place["box"])}) for place in packed["places"]),
        circuits=tuple(Circuit(**circuit) for circuit in packed["circuits"]),
        apart=tuple(Apart(**rule) for rule in packed["apart"]),
        touch=packed["touch"],
    )


def pack_outcome(task: Task, outcome: Outcome) -> dict[str, Any]:
    """Return an outcome with the reasons for each placed unit."""
    because = reasons_of(task, outcome.spots)
    return {
        "spots": {ref: list(spot) for ref, spot in outcome.spots.items()},
        "broken": [asdict(one) | {"demand": one.demand.value} for one in outcome.broken],
        "worth": outcome.worth,
        "best_worth": outcome.best_worth,
        "least_broken": outcome.least_broken,
        "seconds": round(outcome.seconds, 2),
        "reasons": {
            ref: [asdict(one) | {"reason": one.reason.value} for one in found]
            for ref, found in because.items()
        },
    }


def unpack_outcome(packed: Mapping[str, Any]) -> Outcome:
    """Return the outcome that was packed."""
    return Outcome(
        spots=unpack_spots(packed),
        broken=tuple(Broken(**one | {"demand": Demand(one["demand"])}) for one in packed["broken"]),
        worth=packed["worth"],
        best_worth=packed["best_worth"],
        least_broken=packed["least_broken"],
        seconds=packed["seconds"],
    )


def unpack_spots(packed: Mapping[str, Any]) -> dict[str, Spot]:
    """Return where the units stand."""
    return {ref: tuple(spot) for ref, spot in packed["spots"].items()}


def unpack_reasons(packed: Mapping[str, Any]) -> dict[str, tuple[Because, ...]]:
    """Return the reasons for each placed unit."""
    return {
        ref: tuple(Because(**one | {"reason": Reason(one["reason"])}) for one in found)
        for ref, found in packed["reasons"].items()
    }


def reasons_of(task: Task, spots: Mapping[str, Spot]) -> dict[str, tuple[Because, ...]]:
    """Return the reasons for every placed unit."""
    ground = survey(task)
    return {unit.ref: reasons(unit, task, ground, spots) for unit in task.units if unit.ref in spots}


def _unit(packed: Mapping[str, Any]) -> Unit:
    return Unit(**dict(packed) | {"wishes": tuple(packed["wishes"]), "fixed": tuple(packed["fixed"])})
