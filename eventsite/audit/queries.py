"""Reading the log: the history of a thing and of an event, and the verification of the whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select, text

from eventsite.audit.core import (
    ChainCheck,
    Fault,
    FaultKind,
    HistoryEntry,
    KnotCheck,
    Report,
    TiedKnot,
    judge_head,
    read_entry,
)
from eventsite.audit.models import AuditRow, Knot
from eventsite.database import db
from eventsite.kernel.lanes import EPOCH

SLICE = 5_000  # rows in one read transaction: a longer one would keep SQLite's log from shrinking
ROWS = "SELECT lane, seq, at, event_id, actor, verb, thing, detail, hash FROM audit"
FIRST_ROWS = text(f"{ROWS} ORDER BY lane, seq LIMIT :size")
NEXT_ROWS = text(f"{ROWS} WHERE (lane, seq) > (:lane, :seq) ORDER BY lane, seq LIMIT :size")
NEXT_KNOTS = text("SELECT n, at, heads, hash FROM knot WHERE n > :n ORDER BY n LIMIT :size")
HEAD = text("SELECT hash FROM audit WHERE lane = :lane AND seq = :seq")
LAST = text("SELECT max(seq) FROM audit WHERE lane = :lane")
NEWEST = 100  # acts that a thing's page tells; the macro `history_section` says where there may be more
NEWEST_FIRST = (AuditRow.at.desc(), AuditRow.lane.desc(), AuditRow.seq.desc())


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    """A page of acts, newest first; `more` tells whether older ones follow."""

    entries: tuple[HistoryEntry, ...]
    page: int
    more: bool


def history_of(
    event_id: int | None, thing: str, *, limit: int = NEWEST, without: str | None = None
) -> list[HistoryEntry]:
    """Return the newest acts on one thing of an event (`None`: of the site), newest first.

    `without` is a verb to leave out, where visitors' acts would hide those of the team.
    """
    wanted = _history().where(_of_event(event_id), AuditRow.thing == thing)
    if without is not None:
        wanted = wanted.where(AuditRow.verb != without)
    return [read_entry(row) for row in db.session.execute(wanted.order_by(*NEWEST_FIRST).limit(limit))]


def list_history(
    event_id: int | None,
    *,
    page: int = 1,
    per_page: int = 50,
    actor: str | None = None,
    verb: str | None = None,
    thing: str | None = None,
    visitors: bool = True,
) -> HistoryPage:
    """Return a page of the acts of an event (`None`: of the site), newest first, never counted as a whole.

    Without `visitors` their acts are left out, which would hide those of the team.
    """
    wanted = _history().where(_of_event(event_id))
    if not visitors:
        wanted = wanted.where(AuditRow.actor.not_like("pass:%"))
    for column, value in ((AuditRow.actor, actor), (AuditRow.verb, verb), (AuditRow.thing, thing)):
        if value is not None:
            wanted = wanted.where(column == value)
    wanted = wanted.order_by(*NEWEST_FIRST).offset((page - 1) * per_page).limit(per_page + 1)
    rows = db.session.execute(wanted).all()
    entries = tuple(read_entry(row) for row in rows[:per_page])
    return HistoryPage(entries=entries, page=page, more=len(rows) > per_page)


def find_last_knot() -> TiedKnot | None:
    """Return the last knot, whose hash is published."""
    knot = db.session.scalars(select(Knot).order_by(Knot.n.desc()).limit(1)).first()
    return _tied(knot) if knot else None


def find_knot(n: int) -> TiedKnot | None:
    """Return one knot."""
    knot = db.session.get(Knot, n)
    return _tied(knot) if knot else None


def verify_log(published: Sequence[TiedKnot] = ()) -> Report:
    """Check every row, every knot, and that the knots published elsewhere are still in the log as they were.

    Holds one slice in memory. Rows written while it runs may be passed over; they are for the next run.
    """
    faults: list[Fault] = []
    knots, chains = KnotCheck(), ChainCheck()
    for row in _slices_of_knots():
        faults += knots.faults_at(row)
        faults += _head_faults(knots, row)
    for row in _slices_of_rows():
        faults += chains.faults_at(row)
    faults += _published_faults(published)
    return Report(rows=chains.rows, lanes=chains.lanes, knots=knots.knots, faults=tuple(faults))


def _published_faults(published: Sequence[TiedKnot]) -> Iterator[Fault]:
    for known in published:
        found = find_knot(known.n)
        if found is None or found.hash != known.hash:
            yield Fault(kind=FaultKind.PUBLISHED_DIFFERS, knot=known.n)


def _head_faults(knots: KnotCheck, row: Sequence[Any]) -> Iterator[Fault]:
    for head in knots.moved_heads(row):
        where = {"lane": head.lane, "seq": head.seq}
        found = db.session.execute(HEAD, where).scalar()
        last = db.session.execute(LAST, {"lane": head.lane}).scalar() if found is None else head.seq
        if fault := judge_head(head, found, last, row[0]):
            yield fault


def _slices_of_rows() -> Iterator[Sequence[Any]]:
    rows = db.session.execute(FIRST_ROWS, {"size": SLICE}).all()
    while rows:
        db.session.rollback()
        yield from rows
        place = {"lane": rows[-1][0], "seq": rows[-1][1], "size": SLICE}
        rows = db.session.execute(NEXT_ROWS, place).all()


def _slices_of_knots() -> Iterator[Sequence[Any]]:
    rows = db.session.execute(NEXT_KNOTS, {"n": 0, "size": 100}).all()
    while rows:
        db.session.rollback()
        yield from rows
        rows = db.session.execute(NEXT_KNOTS, {"n": rows[-1][0], "size": 100}).all()


def _history() -> Select[*tuple[Any, ...]]:
    return select(
        AuditRow.at, AuditRow.event_id, AuditRow.actor, AuditRow.verb, AuditRow.thing, AuditRow.detail
    )


def _of_event(event_id: int | None) -> Any:
    return AuditRow.event_id.is_(None) if event_id is None else AuditRow.event_id == event_id


def _tied(knot: Knot) -> TiedKnot:
    return TiedKnot(n=knot.n, at=EPOCH + timedelta(microseconds=knot.at), hash=knot.hash.hex())
