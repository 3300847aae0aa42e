"""Which constraint refused a row, so that an operation can name the conflict."""

import psycopg
from psycopg import errors
from sqlalchemy.exc import IntegrityError

FOREIGN_KEY = "foreign_key"
_UNIQUE, _CHECK, _FOREIGN = "UNIQUE constraint failed: ", "CHECK constraint failed: ", "FOREIGN KEY"


def violated(error: IntegrityError) -> str:
    """Return the name of the constraint as the naming convention makes it, empty where none is known.

    Every foreign key is `FOREIGN_KEY`: SQLite does not say which one it was.
    """
    if isinstance(error.orig, psycopg.Error):
        is_foreign = isinstance(error.orig, errors.ForeignKeyViolation)
        return FOREIGN_KEY if is_foreign else error.orig.diag.constraint_name or ""
    said = str(error.orig)
    if said.startswith(_UNIQUE):
        columns = said.removeprefix(_UNIQUE).split(", ")
        table = columns[0].split(".")[0]
        return "_".join(["uq", table, *(column.split(".")[1] for column in columns)])
    if said.startswith(_CHECK):
        return said.removeprefix(_CHECK)
    return FOREIGN_KEY if said.startswith(_FOREIGN) else ""
