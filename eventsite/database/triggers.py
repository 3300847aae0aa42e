"""Tables that only grow: the database itself refuses UPDATE and DELETE."""

from typing import Any

from sqlalchemy import FromClause, Table, event
from sqlalchemy.engine import Connection

POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    RAISE EXCEPTION USING
        MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
END $$"""
POSTGRES_TRIGGERS = (
    """CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
    """CREATE OR REPLACE TRIGGER never_emptied BEFORE TRUNCATE ON "{table}"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
)
SQLITE_TRIGGERS = tuple(
    f"""CREATE TRIGGER IF NOT EXISTS "{{table}}_{act.lower()}" BEFORE {act} ON "{{table}}"
    BEGIN SELECT RAISE(ABORT, '{{table}} is append-only'); END"""
    for act in ("UPDATE", "DELETE")
)


def append_only(table: FromClause) -> None:
    """Make `create_all` add the triggers to a table; its migration calls `refuse_changes`."""
    event.listen(table, "after_create", _after_create)


def refuse_changes(connection: Connection, table_name: str) -> None:
    """Add the triggers. A migration calls it after creating the table, and after a batch that rebuilds it."""
    for statement in statements(connection.dialect.name, table_name):
        connection.exec_driver_sql(statement)


def statements(dialect: str, table_name: str) -> list[str]:
    """Return the SQL that makes a table append-only."""
    if dialect == "postgresql":
        return [POSTGRES_FUNCTION, *(trigger.format(table=table_name) for trigger in POSTGRES_TRIGGERS)]
    return [trigger.format(table=table_name) for trigger in SQLITE_TRIGGERS]


def _after_create(table: Table, connection: Connection, **_: Any) -> None:
    refuse_changes(connection, table.name)
