"""A life cycle is a table of allowed moves, checked here."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from eventsite.kernel.errors import Conflict
from eventsite.kernel.words import N_

State = TypeVar("State", bound=Enum)
Moves = Mapping[State, frozenset[State]]


def check_move(moves: Mapping[State, frozenset[State]], current: State, target: State) -> None:
    """Raise `Conflict` unless the table allows the move."""
    if target not in moves.get(current, frozenset()):
        raise Conflict(
            N_("This is %(current)s now and cannot become %(target)s."),
            current=current.value,
            target=target.value,
        )
