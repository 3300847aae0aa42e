"""The migrations make what the models say, on both databases, and can be taken back."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from eventsite.application import create_app
from eventsite.audit.operations import record
from eventsite.database import atomic, close, db
from tests.conftest import Sites

pytestmark = pytest.mark.both_databases


@pytest.fixture
def bare(database: str, sites: Sites) -> Flask:
    """Return a site whose database has no table yet."""
    return create_app(sites.settings(database))


def test_upgrade_makes_what_the_models_say_and_downgrade_takes_it_back(bare: Flask) -> None:
    with bare.app_context():
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        flask_migrate.upgrade()  # the second finds nothing to do
        flask_migrate.downgrade(revision="base")
        with db.engine.connect() as connection:
            assert inspect(connection).get_table_names() == ["alembic_version"]
    close(bare)


TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgrelid::regclass::text || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY 1",
}


def triggers() -> dict[str, str]:
    rows = db.session.execute(text(TRIGGERS[db.engine.dialect.name]))
    return {row[0]: row[1] for row in rows}


def test_upgrade_keeps_the_rows_that_the_models_keep(bare: Flask, app: Flask) -> None:
    with app.app_context():
        meant = triggers()
    assert len(meant) > 20
    with bare.app_context():
        flask_migrate.upgrade()
        assert triggers() == meant
    close(bare)


def test_upgrade_makes_tables_that_only_grow(bare: Flask) -> None:
    with bare.app_context():
        flask_migrate.upgrade()
        with atomic():
            record("system:test", "try", "thing:1")
        for change in ("UPDATE audit SET actor = 'somebody'", "DELETE FROM audit"):
            with pytest.raises(DBAPIError, match="append-only"), atomic() as session:
                session.execute(text(change))
    close(bare)
