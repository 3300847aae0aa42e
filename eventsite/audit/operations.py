"""Writing the log: a row with every change, a knot every minute."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventsite.audit.core import (
    Head,
    TiedKnot,
    first_of_stretch,
    moved_since,
    plain,
    read_heads,
    write_heads,
)
from eventsite.audit.models import Knot
from eventsite.audit.queries import find_last_knot
from eventsite.database import atomic, db, unit
from eventsite.kernel.lanes import INSERT_POSTGRES, INSERT_SQLITE, Who, link, microseconds

# One step into an index for each lane, however long the lanes are.
HEADS = text("""
WITH RECURSIVE l(lane) AS (
    SELECT min(lane) FROM audit
    UNION ALL
    SELECT (SELECT min(lane) FROM audit WHERE audit.lane > l.lane) FROM l WHERE l.lane IS NOT NULL
)
SELECT audit.lane, audit.seq, audit.hash FROM l
JOIN audit ON audit.lane = l.lane AND audit.seq = (SELECT max(seq) FROM audit a WHERE a.lane = l.lane)
ORDER BY audit.lane
""")


def record(
    actor: Who | str,
    verb: str,
    thing: str,
    *,
    event_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **detail: Any,
) -> None:
    """Write an audit row in the transaction of the running operation; `RuntimeError` outside one.

    `thing` is `"<table>:<id>"`; `before` and `after` hold the changed fields, never a phone or a secret.
    """
    row = unit().lane.entry(
        actor, verb, thing, event_id=event_id, before=plain(before), after=plain(after), **plain(detail)
    )
    connection = db.session().connection()
    insert = INSERT_POSTGRES if connection.dialect.name == "postgresql" else INSERT_SQLITE
    connection.exec_driver_sql(insert, row)


def tie_knot(now: datetime) -> TiedKnot | None:
    """Tie the lanes that were written to into the next knot and return it; the last one if there are none.

    Every `WHOLE_EVERY`-th knot lists all lanes. Two sealers cannot both win: the number is the primary key.
    `None` for an empty log.
    """
    try:
        with atomic() as session:
            _add_knot(session, now)
    except IntegrityError:  # another sealer has tied this knot meanwhile
        db.session.rollback()
    return find_last_knot()


def _add_knot(session: Session, now: datetime) -> None:
    last = session.scalars(select(Knot).order_by(Knot.n.desc()).limit(1)).first()
    number, previous = (last.n + 1, last.hash) if last else (1, b"")
    heads = [Head(row.lane, row.seq, bytes(row.hash).hex()) for row in session.execute(HEADS)]
    moved = moved_since(_known_heads(session, number - 1), heads)
    if not moved:
        return
    told = write_heads(heads if first_of_stretch(number) == number else moved)
    at = microseconds(now)
    session.add(Knot(n=number, at=at, heads=told, hash=link(previous, (number, at, told))))


def _known_heads(session: Session, number: int) -> dict[int, Head]:
    """Return the last head of each lane by the knots up to that number."""
    stretch = select(Knot.heads).where(Knot.n >= first_of_stretch(number)).order_by(Knot.n)
    return {head.lane: head for text in session.scalars(stretch) for head in read_heads(text) or []}
