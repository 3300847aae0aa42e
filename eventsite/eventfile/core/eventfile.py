"""An event file that passed every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.eventfile.core.faults import Faults
from eventsite.eventfile.core.limits import Limits, check_limits
from eventsite.eventfile.core.parse import parse
from eventsite.eventfile.core.rules.amounts import check_amounts
from eventsite.eventfile.core.rules.calendar import check_calendar
from eventsite.eventfile.core.rules.colours import check_colours
from eventsite.eventfile.core.rules.identity import check_identity
from eventsite.eventfile.core.rules.words import check_words
from eventsite.eventfile.core.schema import check_schema
from eventsite.eventfile.errors import BadEventFile

RULES = (check_identity, check_words, check_amounts, check_calendar, check_colours)


@dataclass(frozen=True, kw_only=True)
class EventFile:
    """A sound event file; only `read` and `judge` make one."""

    data: Mapping[str, Any]

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the venue."""
        return ZoneInfo(self.data["event"]["timezone"])

    @property
    def slug(self) -> str:
        """Return the id of the event, which is its place in every address."""
        return str(self.data["event"]["id"])


def read(raw: bytes, schema: Mapping[str, Any], limits: Limits) -> EventFile:
    """Return the event file that the bytes hold; raises `BadEventFile` with every fault."""
    faults = Faults()
    tree = parse(raw, faults)
    if tree is None and faults.total:
        raise BadEventFile(faults.shown, faults.total)
    return _judge(tree, schema, limits, faults)


def judge(tree: Any, schema: Mapping[str, Any], limits: Limits) -> EventFile:
    """Return the event file that a tree of JSON values is; raises `BadEventFile` with every fault."""
    return _judge(tree, schema, limits, Faults())


def _judge(tree: Any, schema: Mapping[str, Any], limits: Limits, faults: Faults) -> EventFile:
    check_schema(tree, schema, faults)
    check_limits(tree, limits, faults)
    for rule in RULES:
        if not faults.are_enough:
            rule(tree, faults)
    if faults.total:
        raise BadEventFile(faults.shown, faults.total)
    return EventFile(data=tree)
