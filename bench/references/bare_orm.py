"""The usual check-in: Flask-SQLAlchemy on SQLite, look, add, commit, count."""

import os
import sqlite3
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import UniqueConstraint, event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.references.edge import make_app


class Base(DeclarativeBase):
    """The root of the one table."""


class Visit(Base):
    """A visitor at a booth on a day."""

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("visitor", "booth", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor: Mapped[int]
    booth: Mapped[int]
    day: Mapped[str]


db = SQLAlchemy(model_class=Base)


def check_in(visitor: int, booth: int, day: str) -> tuple[int, int]:
    """Add the visit where it is not there yet, and count."""
    session, fresh = db.session, 0
    known = select(Visit).where(Visit.visitor == visitor, Visit.booth == booth, Visit.day == day)
    if session.scalar(known) is None:
        try:
            session.add(Visit(visitor=visitor, booth=booth, day=day))
            session.commit()
            fresh = 1
        except IntegrityError:
            session.rollback()
    count = session.scalar(select(func.count()).select_from(Visit).where(Visit.visitor == visitor))
    return fresh, count or 0


app = make_app(check_in)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['PLACE']}"
db.init_app(app)
with app.app_context():

    @event.listens_for(db.engine, "connect")
    def on_connect(cx: sqlite3.Connection, _: Any) -> None:
        """Make commits durable and locks patient."""
        cx.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            cx.execute(f"PRAGMA {pragma}")

    @event.listens_for(db.engine, "begin")
    def on_begin(connection: Any) -> None:
        """Take the write lock at once: a read that becomes a write would fail as locked."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    Base.metadata.create_all(db.engine)
    db.engine.dispose()
