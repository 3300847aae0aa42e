"""Migrations run through the site's write path: one unit, so a failed migration leaves nothing behind.

Two processes that start together migrate one after the other; the second finds nothing to do.
"""

from typing import Any

from alembic import context
from sqlalchemy import text

from eventsite.database import atomic, db

LOCK = 0x66616972  # any number of our own: PostgreSQL's lock for migrating


def is_asked_for(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Compare only the tables named by `-x tables=booth,circuit`, where that is given."""
    asked = context.get_x_argument(as_dictionary=True).get("tables", "")
    table = name if kind == "table" else thing.table.name
    return not asked or table in asked.split(",")


def run() -> None:
    """Bring the database to the asked revision in one transaction."""
    with atomic() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
            include_object=is_asked_for,
        )
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations need a database: they check what they find.")
run()
