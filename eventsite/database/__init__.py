"""The database: what tables are made of, and the one way to write to them.

`db`, `Model` and the mixins for models; `atomic()`, `attempt()`, `perform()` and `unit()` for operations.
SQLite and PostgreSQL behave the same through them: nothing writes outside, and an answer follows the commit.
"""

from pathlib import Path

from flask import Flask
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from eventsite.database import postgres, sqlite
from eventsite.database.base import (
    Base,
    EventOwned,
    EventRecord,
    Model,
    UTCDateTime,
    Versioned,
    db,
    enum_column,
)
from eventsite.database.constraints import FOREIGN_KEY, violated
from eventsite.database.reads import Glasses, PoolGlasses, instant
from eventsite.database.triggers import Kept, append_only, refuse_changes
from eventsite.database.units import (
    EXTENSION,
    Act,
    Doomed,
    Unit,
    Writes,
    WriteState,
    atomic,
    attempt,
    commit_pending,
    glance,
    log,
    perform,
    unit,
    writes,
)
from eventsite.kernel.errors import Misconfigured
from eventsite.kernel.secretfile import make_private
from eventsite.kernel.writer import Busy, Unsettled, Writer

__all__ = [
    "FOREIGN_KEY",
    "Act",
    "Base",
    "Busy",
    "Doomed",
    "EventOwned",
    "EventRecord",
    "Kept",
    "Model",
    "UTCDateTime",
    "Unit",
    "Unsettled",
    "Versioned",
    "WriteState",
    "append_only",
    "atomic",
    "attempt",
    "close",
    "commit_pending",
    "create_tables",
    "db",
    "enum_column",
    "glance",
    "init_app",
    "instant",
    "perform",
    "refuse_changes",
    "unit",
    "violated",
    "write_state",
    "writes",
]


def init_app(app: Flask) -> None:
    """Bind the application to its database and prepare the write path.

    Threads and pools start with the first write, so that a server may fork before it. Raises `Misconfigured`
    where the database would forget what it has acknowledged.
    """
    app.config.setdefault("WRITES_INLINE", False)
    app.config.setdefault("WRITES_POOL_SIZE", 8)
    on_server = str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("postgresql")
    options = postgres.engine_options() if on_server else {}
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"hide_parameters": True, **options})
    if "sqlalchemy" not in app.extensions:
        db.init_app(app)
    with app.app_context():
        engine = db.engine
    app.extensions[EXTENSION] = _write_path(app, engine)
    _look(engine)


def create_tables() -> None:
    """Make all tables with their triggers, in one transaction. Tests use it; sites migrate."""
    with atomic() as session:
        Base.metadata.create_all(session.connection())


def write_state() -> WriteState:
    """Return how the write path of this process does, for `/readyz` and `/metrics`."""
    return writes().state()


def close(app: Flask) -> None:
    """End the threads and connections of the application's write path, and its engine's pool."""
    path: Writes = app.extensions[EXTENSION]
    path.close()
    with app.app_context():
        db.engine.dispose()


def _write_path(app: Flask, engine: Engine) -> Writes:
    inline = bool(app.config["WRITES_INLINE"])
    if engine.dialect.name == "postgresql":
        testing = bool(app.config.get("TESTING"))
        postgres.prepare(engine, testing=testing)
        size = app.config["WRITES_POOL_SIZE"]
        pool = postgres.HotPool(engine.url, size=size, testing=testing)
        return Writes(pool, PoolGlasses(pool), inline=inline)
    path = engine.url.database
    if not path or path == ":memory:":
        raise Misconfigured("the site needs a database file; SQLite in memory has no other processes")
    if not path.startswith("file:"):
        make_private(Path(path))
    sqlite.prepare(engine)
    return Writes(Writer(path, lambda: sqlite.connect(path)), Glasses(path), inline=inline)


def _look(engine: Engine) -> None:
    """Open one connection, which checks its durability, and leave none to be shared by a fork."""
    try:
        engine.connect().close()
    except OperationalError:
        log.exception("the database is out of reach; the site starts and is not ready")
    engine.dispose()
