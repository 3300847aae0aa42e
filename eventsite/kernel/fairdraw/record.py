"""The record of a draw: all that anyone needs, with the entry file, to run it again (`record.json`).

The layout is described in `docs/draws-record.md`.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eventsite.kernel.fairdraw.faults import Faulty, Part, fault
from eventsite.kernel.fairdraw.freeze import INSTANT, Freeze
from eventsite.kernel.fairdraw.hashing import is_hash
from eventsite.kernel.fairdraw.numbers import Winner
from eventsite.kernel.fairdraw.rules import Rules, slots
from eventsite.kernel.fairdraw.seed import SCHEME, key
from eventsite.kernel.fairdraw.sources import Source, Value
from eventsite.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class Round:
    """Round 0 is the draw itself; each later one redraws the slots of absent winners."""

    unclaimed: tuple[str, ...]
    reveals: tuple[str | None, ...]
    sources: tuple[Source, ...]
    values: tuple[Value, ...]
    pre: str
    seed: str
    winners: tuple[Winner, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the round as it stands in the record."""
        return {
            "unclaimed": list(self.unclaimed),
            "reveals": list(self.reveals),
            "sources": [dict(source) for source in self.sources],
            "values": list(self.values),
            "pre": self.pre,
            "seed": self.seed,
            "winners": [asdict(winner) for winner in self.winners],
        }


@dataclass(frozen=True, kw_only=True)
class Record:
    """Rules, freeze and rounds of a draw; `freeze_sha256` and `outcome` are as published."""

    rules: Rules
    freeze: Freeze
    freeze_sha256: str
    rounds: tuple[Round, ...]
    outcome: Mapping[str, str | None]

    @property
    def unclaimed(self) -> list[tuple[str, ...]]:
        """Return the unclaimed lists of all rounds."""
        return [played.unclaimed for played in self.rounds]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as it is published in `record.json`."""
        return {
            "scheme": SCHEME,
            "rules": dict(self.rules),
            "freeze": self.freeze.as_dict(),
            "freeze_sha256": self.freeze_sha256,
            "rounds": [played.as_dict() for played in self.rounds],
            "outcome": [{"prize": prize, "entry": entry} for prize, entry in self.outcome.items()],
        }


def new_record(rules: Rules, freeze: Freeze) -> Record:
    """Return the record of a draw that is frozen and not yet drawn."""
    return Record(
        rules=rules, freeze=freeze, freeze_sha256=freeze.sha256, rounds=(), outcome=holders(rules, ())
    )


def holders(rules: Rules, rounds: tuple[Round, ...]) -> dict[str, str | None]:
    """Return who holds each slot after the rounds, `None` where nobody does."""
    held: dict[str, str | None] = dict.fromkeys(slots(rules))
    for played in rounds:
        held |= dict.fromkeys(played.unclaimed)
        held |= {winner.prize: winner.entry for winner in played.winners}
    return held


def past_winners(rounds: tuple[Round, ...]) -> frozenset[str]:
    """Return every entry that has won in the rounds, also those found absent: none of them is drawn again."""
    return frozenset(winner.entry for played in rounds for winner in played.winners)


def format_record(record: Record) -> bytes:
    """Return the bytes of `record.json`."""
    return (json.dumps(record.as_dict(), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def parse_record(data: bytes) -> Record:
    """Read `record.json`; raises `Faulty` where it is not laid out as a record."""
    try:
        return record_from_dict(json.loads(data, object_pairs_hook=_unique, parse_float=_no_number))
    except RecursionError as error:
        raise _no_record("nested too deep") from error
    except ValueError as error:
        raise _no_record(str(error)) from error


def record_from_dict(content: Any) -> Record:
    """Return the record that a dict holds; raises `Faulty` where it is not laid out as one."""
    try:
        return _record(content)
    except KeyError as error:
        raise _no_record(f"{error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise _no_record(str(error)) from error


def _record(content: Any) -> Record:
    _expect(content["scheme"] == SCHEME, f"the scheme is not {SCHEME}")
    _expect(isinstance(content["rules"], dict), "the rules are no object")
    outcome = {one["prize"]: one["entry"] for one in content["outcome"]}
    _expect(len(outcome) == len(content["outcome"]), "the outcome names a prize twice")
    return Record(
        rules=content["rules"],
        freeze=_freeze(content["freeze"]),
        freeze_sha256=_hash(content["freeze_sha256"]),
        rounds=tuple(map(_round, content["rounds"])),
        outcome=outcome,
    )


def _freeze(content: Any) -> Freeze:
    freeze = Freeze(**content | {"witness_commits": tuple(map(_hash, content["witness_commits"]))})
    for text in (freeze.rules_sha256, freeze.entries_sha256, freeze.entries_root):
        _hash(text)
    counted = type(freeze.entries) is int and type(freeze.tickets) is int
    _expect(counted and bool(INSTANT.fullmatch(freeze.frozen_at)), "the freeze lacks counts or its instant")
    return freeze


def _round(content: Any) -> Round:
    key(content["reveals"]), key(content["values"])
    return Round(
        unclaimed=tuple(map(_text, content["unclaimed"])),
        reveals=tuple(None if nonce is None else _text(nonce) for nonce in content["reveals"]),
        sources=tuple(dict(source) for source in content["sources"]),
        values=tuple(content["values"]),
        pre=_hash(content["pre"]),
        seed=_hash(content["seed"]),
        winners=tuple(_winner(one) for one in content["winners"]),
    )


def _winner(content: Any) -> Winner:
    return Winner(
        prize=_text(content["prize"]), entry=_text(content["entry"]), number=_hash(content["number"])
    )


def _hash(value: Any) -> str:
    _expect(is_hash(value), f"{value!r} is no SHA-256")
    return str(value)


def _text(value: Any) -> str:
    _expect(isinstance(value, str), f"{value!r} is no text")
    return str(value)


def _expect(true: bool, otherwise: str) -> None:
    if not true:
        raise ValueError(otherwise)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    _expect(len(found) == len(pairs), "a key is there twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no whole number")


def _no_record(reason: str) -> Faulty:
    return Faulty([fault(Part.LAYOUT, N_("This is no record of a draw: %(reason)s."), reason=reason)])
