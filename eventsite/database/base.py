"""The database object, the base of all models, and the column types and mixins they share."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Enum, ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables; constraints are named, so that errors and migrations can name them."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={dict[str, Any]: JSON, list[Any]: JSON, list[str]: JSON},
    )


# What joins a connection that is already in a transaction (only tests do) works in a savepoint of it.
db = SQLAlchemy(model_class=Base, session_options={"join_transaction_mode": "create_savepoint"})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values; gives back aware UTC (SQLite would hand them back naive)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants and store the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(kind: type[Any], default: Any) -> Any:
    """Return a column that stores an enum by value, as text with a CHECK."""
    words = Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(words, default=default)


class EventOwned:
    """A row of one event."""

    @declared_attr
    def event_id(cls) -> Mapped[int]:
        """Name the event that owns the row; every lookup goes through it."""
        return mapped_column(ForeignKey("event.id"), index=True)


class EventRecord(EventOwned):
    """A row that stands in an event file: its id there, its place in the list, and where the fact is from."""

    ref: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(10), default="demo")
    demo_fields: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True), default=None)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        """Make the id of the file unique within its event."""
        return (UniqueConstraint("event_id", "ref"),)


class Versioned:
    """A row that people edit: a save names the version it was read at."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let every UPDATE check and raise the version."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]
