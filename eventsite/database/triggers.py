"""Rows that stay as they were written: the database itself refuses UPDATE and DELETE.

A row may have columns that are filled in once, later, and others that go on changing (the state of a prize);
all the rest of it, and the row itself, stay.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Table, event, inspect
from sqlalchemy.engine import Connection

POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    RAISE EXCEPTION USING
        MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
END $$"""
POSTGRES_TRIGGER = """CREATE OR REPLACE TRIGGER "{name}" BEFORE {act} ON "{table}"
FOR EACH {level} {when} EXECUTE FUNCTION refuse_change()"""
SQLITE_TRIGGER = """CREATE TRIGGER "{table}_{name}" BEFORE {act} ON "{table}" {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What of a table may still change.

    `once` names columns that take a value where they have none, and then keep it; `free` those that go on
    changing. A row may be removed while its column `removable_while_null`, if one is named, is empty.
    """

    once: Collection[str] = ()
    free: Collection[str] = ()
    removable_while_null: str = ""


ALL = Kept()


def append_only(table: FromClause, kept: Kept = ALL) -> None:
    """Make `create_all` add the triggers to a table; its migration calls `refuse_changes` with the same."""

    def after_create(target: Table, connection: Connection, **_: Any) -> None:
        refuse_changes(connection, target.name, kept)

    event.listen(table, "after_create", after_create)


def refuse_changes(connection: Connection, table_name: str, kept: Kept = ALL) -> None:
    """Add the triggers. A migration calls it after creating the table, and after each change of it."""
    columns = {column["name"] for column in inspect(connection).get_columns(table_name)}
    unknown = {*kept.once, *kept.free, *filter(None, [kept.removable_while_null])} - columns
    if unknown:
        raise LookupError(f"{table_name} has no {sorted(unknown)}")
    for statement in _statements(connection.dialect.name, table_name, columns, kept):
        connection.exec_driver_sql(statement)


def _statements(dialect: str, table: str, columns: Collection[str], kept: Kept) -> Iterator[str]:
    changed = _changed(dialect, columns, kept) if kept.once or kept.free else ""
    column = kept.removable_while_null
    acts = {"UPDATE": changed, "DELETE": f'OLD."{column}" IS NOT NULL' if column else ""}
    if dialect == "postgresql":
        yield POSTGRES_FUNCTION
        yield POSTGRES_TRIGGER.format(
            name="never_emptied", act="TRUNCATE", table=table, level="STATEMENT", when=""
        )
    for act, condition in acts.items():
        name = act.lower()
        if dialect == "postgresql":
            when = f"WHEN ({condition})" if condition else ""
            yield POSTGRES_TRIGGER.format(name=f"no_{name}", act=act, table=table, level="ROW", when=when)
        else:
            when = f"WHEN {condition}" if condition else ""
            yield f'DROP TRIGGER IF EXISTS "{table}_{name}"'
            yield SQLITE_TRIGGER.format(name=name, act=act, table=table, when=when)


def _changed(dialect: str, columns: Collection[str], kept: Kept) -> str:
    """Return the condition under which an UPDATE touches what stays; as text, for JSON has no `=`."""
    differs = (
        'OLD."{0}"::text IS DISTINCT FROM NEW."{0}"::text'
        if dialect == "postgresql"
        else 'OLD."{0}" IS NOT NEW."{0}"'
    )
    fixed = sorted(set(columns) - set(kept.free))
    return " OR ".join(
        f'(OLD."{name}" IS NOT NULL AND {differs.format(name)})'
        if name in kept.once
        else differs.format(name)
        for name in fixed
    )
