"""Changes of a plan as the editor sends them: read from JSON into sound values, or refused with the place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from eventsite.kernel.errors import Conflict, DomainError
from eventsite.kernel.words import N_
from eventsite.market.core.facts import FACTS, Kind, Read

MOST = 2000  # changes of one save
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")


class Op(Enum):
    """What becomes of it."""

    CREATE = "create"
    EDIT = "edit"
    REMOVE = "remove"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that changes: its id in the event's file, the version that was read, and its new facts.

    A new thing brings the id that it will have, so that a save sent twice adds it once.
    """

    kind: Kind
    op: Op
    key: str
    version: int
    facts: Mapping[str, Any]

    @property
    def id(self) -> tuple[str, str]:
        """Return what tells the thing from all others."""
        return self.kind.value, self.key


@dataclass(frozen=True, kw_only=True)
class Stale:
    """A thing that somebody else changed first: what it is now (`None`: removed) and its version."""

    kind: Kind
    key: str
    version: int
    theirs: Mapping[str, Any] | None


class StalePlan(Conflict):
    """Somebody else changed some of the things first; nothing of the save was written."""

    def __init__(self, stale: Sequence[Stale]) -> None:
        super().__init__(N_("Somebody else changed the plan after you opened it. Nothing is saved yet."))
        self.stale = tuple(stale)


def read_changes(data: Any) -> tuple[Change, ...]:
    """Return the changes that a JSON document holds; raises `DomainError` naming what does not fit."""
    listed = data.get("changes") if isinstance(data, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST:
        raise DomainError(N_("A save of the plan holds 1 to %(most)s changes."), most=MOST)
    changes = tuple(_change(entry, nth) for nth, entry in enumerate(listed, 1))
    if len({change.id for change in changes}) < len(changes):
        raise DomainError(N_("A save of the plan names each thing once."))
    return changes


def _change(entry: Any, nth: int) -> Change:
    if not isinstance(entry, dict):
        raise _misfit(nth, "change")
    try:
        kind, op = Kind(entry.get("kind")), Op(entry.get("op"))
    except ValueError as error:
        raise _misfit(nth, "kind") from error
    key, version = entry.get("key"), entry.get("version", 0)
    if not isinstance(key, str) or not KEY.match(key):
        raise _misfit(nth, "key")
    if type(version) is not int or not 0 <= version < 10**9:
        raise _misfit(nth, "version")
    facts = entry.get("facts", {})
    if not isinstance(facts, dict) or facts.keys() - FACTS[kind].keys():
        raise _misfit(nth, "facts")
    if op is Op.CREATE and FACTS[kind].keys() - facts.keys():
        raise _misfit(nth, "facts")
    return Change(kind=kind, op=op, key=key, version=version, facts=_facts(FACTS[kind], facts, nth))


def _facts(readers: Mapping[str, Read], facts: Mapping[str, Any], nth: int) -> dict[str, Any]:
    told = {}
    for name, value in facts.items():
        try:
            told[name] = readers[name](value)
        except ValueError as error:
            raise _misfit(nth, name) from error
    return told


def _misfit(nth: int, name: str) -> DomainError:
    return DomainError(N_("Change %(nth)s of the plan cannot be read: %(name)s."), nth=nth, name=name)
