"""Change rows as somebody with the keys to the database would: without the triggers."""

from typing import Any

from sqlalchemy import text

from eventsite.database import atomic, db


def tamper(table: str, change: str, **values: Any) -> None:
    """Take the triggers of a table away and run the change; a site that is undone gets them back."""
    with atomic() as session:
        if db.engine.dialect.name == "postgresql":
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            session.execute(text(f'DROP TRIGGER "{table}_update"'))
            session.execute(text(f'DROP TRIGGER "{table}_delete"'))
        session.execute(text(change), values)
