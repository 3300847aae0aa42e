"""Writing the log: a row with every change, a knot every minute."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventsite.audit.core import Head, TiedKnot, plain, write_heads
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
    """Tie the heads of all lanes into the next knot and return it; the last one if nothing was written since.

    Two sealers cannot both win: the number is the primary key. `None` for an empty log.
    """
    try:
        with atomic() as session:
            _add_knot(session, now)
    except IntegrityError:  # another sealer has tied this knot meanwhile
        db.session.rollback()
    return find_last_knot()


def _add_knot(session: Session, now: datetime) -> None:
    heads = write_heads(Head(row.lane, row.seq, bytes(row.hash).hex()) for row in session.execute(HEADS))
    last = session.scalars(select(Knot).order_by(Knot.n.desc()).limit(1)).first()
    if heads == (last.heads if last else "[]"):
        return
    number, previous = (last.n + 1, last.hash) if last else (1, b"")
    at = microseconds(now)
    session.add(Knot(n=number, at=at, heads=heads, hash=link(previous, (number, at, heads))))
