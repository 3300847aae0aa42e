"""Counting what a database holds."""

from sqlalchemy import func, inspect, select, table
from sqlalchemy.engine import Connection

from eventsite.audit.models import Knot
from eventsite.backups.core import Contents


def read_contents(connection: Connection) -> Contents:
    """Return the rows of every table, and the last knot."""
    names = sorted(inspect(connection).get_table_names())
    rows = {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names
    }
    last = None
    if Knot.__tablename__ in names:
        last = connection.execute(select(Knot.n, Knot.hash).order_by(Knot.n.desc()).limit(1)).first()
    return Contents(rows=rows, knot=last.n if last else 0, knot_hash=last.hash.hex() if last else "")
