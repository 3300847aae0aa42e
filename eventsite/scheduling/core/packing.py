"""Requests, tasks and outcomes as plain JSON, so that what was asked and found can be kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from eventsite.scheduling.core.values import (
    Act,
    Left,
    Outcome,
    Range,
    Relax,
    Request,
    Rule,
    Spot,
    Task,
    Way,
    Wishes,
)

Packed = dict[str, Any]


def pack_request(request: Request) -> Packed:
    """Return a request as JSON."""
    return _plain(request)


def unpack_request(packed: Mapping[str, Any]) -> Request:
    """Return the request that was packed."""
    return Request(**{**packed, "wishes": Wishes(**packed["wishes"]), "stages": tuple(packed["stages"])})


def pack_task(task: Task) -> Packed:
    """Return a task as JSON, with lists as JSON has them."""
    return _plain(task)


def unpack_task(packed: Mapping[str, Any]) -> Task:
    """Return the task that was packed."""
    return Task(
        acts=tuple(_act(act) for act in packed["acts"]),
        days=tuple(_range(day) for day in packed["days"]),
        stages=tuple(packed["stages"]),
        windows={ref: tuple(_range(one) for one in windows) for ref, windows in packed["windows"].items()},
        things=packed["things"],
        wishes=Wishes(**packed["wishes"]),
    )


def pack_outcome(outcome: Outcome) -> Packed:
    """Return an outcome as JSON."""
    packed = _plain(outcome)
    packed["seconds"] = round(outcome.seconds, 2)
    return packed


def unpack_outcome(packed: Mapping[str, Any]) -> Outcome:
    """Return the outcome that was packed."""
    return Outcome(
        **{
            **packed,
            "spots": {ref: Spot(**spot) for ref, spot in packed["spots"].items()},
            "left": tuple(
                Left(refs=tuple(left["refs"]), ways=tuple(_way(way) for way in left["ways"]))
                for left in packed["left"]
            ),
        }
    )


def _plain(value: Any) -> Packed:
    packed: Packed = json.loads(json.dumps(asdict(value), default=lambda one: one.value))
    return packed


def _act(packed: Mapping[str, Any]) -> Act:
    return Act(
        **{
            **packed,
            "stages": tuple(packed["stages"]),
            "uses": tuple((thing, amount) for thing, amount in packed["uses"]),
            "at": Spot(**packed["at"]) if packed["at"] else None,
        }
    )


def _way(packed: Mapping[str, Any]) -> Way:
    relaxes = tuple(Relax(**{**one, "rule": Rule(one["rule"])}) for one in packed["relaxes"])
    return Way(spot=Spot(**packed["spot"]), relaxes=relaxes)


def _range(packed: Any) -> Range:
    begin, end = packed
    return begin, end
