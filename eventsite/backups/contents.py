"""Counting what a database holds, and naming the files that it needs."""

from sqlalchemy import func, inspect, select, table
from sqlalchemy.engine import Connection

from eventsite.audit.models import Knot
from eventsite.backups.core import Contents
from eventsite.files.models import StoredFile


def read_contents(connection: Connection) -> Contents:
    """Return the rows of every table, the last knot, and the hashes of the files that rows name."""
    names = sorted(inspect(connection).get_table_names())
    rows = {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names
    }
    last = None
    if Knot.__tablename__ in names:
        last = connection.execute(select(Knot.n, Knot.hash).order_by(Knot.n.desc()).limit(1)).first()
    return Contents(
        rows=rows,
        knot=last.n if last else 0,
        knot_hash=last.hash.hex() if last else "",
        files=_files(connection) if StoredFile.__tablename__ in names else (),
    )


def _files(connection: Connection) -> tuple[str, ...]:
    rows = connection.execute(select(StoredFile.sha256, StoredFile.small_sha256))
    return tuple(sorted({sha256 for row in rows for sha256 in row if sha256}))
