"""Reading the frozen list, and putting together what the arithmetic needs and what is published."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, LargeBinary, func, literal, select

from eventsite.database import db
from eventsite.draws.models import Draw, DrawRecord, DrawRound, DrawRules, FrozenList
from eventsite.events.models import Event
from eventsite.kernel.errors import Conflict
from eventsite.kernel.fairdraw.entries import EntryList, parse_entries
from eventsite.kernel.fairdraw.record import Record, holders, record_from_dict
from eventsite.kernel.fairdraw.seed import SCHEME
from eventsite.kernel.words import N_

LINE_END = b"\n"


@dataclass(frozen=True, kw_only=True)
class Playable:
    """A round that can be drawn: the record so far, the list, and the round's own inputs."""

    record: Record
    entries: EntryList
    round_id: int
    number: int
    attempt: int
    digits: str
    reveals: Sequence[str | None]
    unclaimed: Sequence[str]


def frozen_entries(draw: Draw) -> bytes:
    """Return the bytes of a draw's `entries.csv`; raises `Conflict` before the freeze."""
    data = db.session.scalar(select(FrozenList.entries).where(FrozenList.draw_id == draw.id))
    if data is None:
        raise Conflict(N_("The list of this draw is not frozen yet."))
    return data


def find_weight(draw: Draw, entry: str) -> int | None:
    """Return the weight of an entry on the frozen list, `None` if it is not there.

    The database looks through the list; it is not sent to this process.
    """
    needle = f"{entry},".encode()
    place = _place_of(needle)
    tail = func.substr(FrozenList.entries, place + len(needle), 3, type_=LargeBinary)
    row = db.session.execute(select(place, tail).where(FrozenList.draw_id == draw.id)).first()
    if row is None or not row[0]:
        return None
    return int(bytes(row[1]).split(LINE_END)[0])


def read_record(draw: Draw) -> Record:
    """Return the record of a frozen draw with the rounds drawn so far."""
    rules, frozen = _rules(draw), draw.frozen
    if frozen is None:
        raise Conflict(N_("The list of this draw is not frozen yet."))
    content = {
        "scheme": SCHEME,
        "rules": rules.content,
        "freeze": frozen.freeze,
        "freeze_sha256": frozen.sha256,
        "rounds": [played.outcome for played in draw.rounds if played.outcome is not None],
        "outcome": [],
    }
    record = record_from_dict(content)
    return Record(**{**vars(record), "outcome": holders(record.rules, record.rounds)})


def get_playable(event: Event, draw: Draw) -> Playable | None:
    """Return the round that waits to be drawn, if one does; raises `Conflict` for one without digits."""
    waiting = _waiting_round(draw)
    if waiting is None:
        return None
    if not waiting.values:
        raise Conflict(N_("Enter the digits made on stage first."))
    record = read_record(draw)
    return Playable(
        record=record,
        entries=parse_entries(frozen_entries(draw), max_weight=record.rules["max_weight"]),
        round_id=waiting.id,
        number=waiting.number,
        attempt=waiting.values[-1].attempt,
        digits=waiting.values[-1].digits,
        reveals=[] if waiting.number else [witness.nonce for witness in draw.witnesses],
        unclaimed=waiting.unclaimed,
    )


def find_published(draw: Draw) -> DrawRecord | None:
    """Return the record of a draw as it was published, if it was."""
    return db.session.get(DrawRecord, draw.id)


def _place_of(needle: bytes) -> ColumnElement[int]:
    """Return the place (from 1) of the bytes in the frozen list, 0 where they are not."""
    looked_for = literal(needle, LargeBinary)
    if db.engine.dialect.name == "postgresql":
        within = looked_for.op("IN", return_type=Integer())(FrozenList.entries)
        return func.position(within, type_=Integer)
    return func.instr(FrozenList.entries, looked_for, type_=Integer)


def _waiting_round(draw: Draw) -> DrawRound | None:
    return next((played for played in draw.rounds if played.outcome is None), None)


def _rules(draw: Draw) -> DrawRules:
    if draw.rules is None:
        raise Conflict(N_("The rules of this draw are not published yet."))
    return draw.rules
