"""What the draft of a programme says of its items, how it is judged, and the plans beside it

Revision: 0010, after 0009
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

import eventsite.database.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TECH = {"wireless_mics": 0, "audio": "", "props_zh": ""}
NEW = (
    "length_minutes",
    *TECH,
    "setup_minutes",
    "teardown_minutes",
    "walk_minutes",
    "languages",
    "pinned",
    "fixed",
    "unit",
    "foreign_guid",
)
SCHEMA_OF = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'programme_item'"
SCHEMA_IS = "UPDATE sqlite_master SET sql = :told WHERE type = 'table' AND name = 'programme_item'"
LENGTH = "CONSTRAINT ck_programme_item_length CHECK (length_minutes BETWEEN 1 AND 1440)"
PLACED = (
    "CONSTRAINT ck_programme_item_placed_whole CHECK ((stage_id IS NULL) = (starts_at IS NULL)"
    " AND (stage_id IS NULL) = (ends_at IS NULL) AND (stage_id IS NULL) = (length_minutes IS NOT NULL))"
)
MARGINS = (
    "CONSTRAINT ck_programme_item_margins"
    " CHECK (setup_minutes >= 0 AND teardown_minutes >= 0 AND walk_minutes >= 0)"
)


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "clash_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "stage",
                "setup",
                "troupe",
                "walk",
                "person",
                "prop",
                "microphones",
                "availability",
                "hours",
                "unit",
                name="clashrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum(
                "block",
                "warn",
                "silent",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_clash_setting_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clash_setting")),
        sa.UniqueConstraint("event_id", "rule", name=op.f("uq_clash_setting_event_id_rule")),
    )
    with op.batch_alter_table("clash_setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clash_setting_event_id"), ["event_id"], unique=False)

    op.create_table(
        "programme_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=1), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("why_zh", sa.String(), nullable=False),
        sa.Column("why_en", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_plan_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_plan")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_programme_plan_event_id_code")),
    )
    with op.batch_alter_table("programme_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_plan_event_id"), ["event_id"], unique=False)

    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "prop",
                "microphones",
                name="resourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_resource_quantity")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_resource_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_resource_event_id_ref")),
    )
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_event_id"), ["event_id"], unique=False)

    op.create_table(
        "troupe_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("troupe_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_troupe_window_time_range")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_troupe_window_event_id")),
        sa.ForeignKeyConstraint(["troupe_id"], ["troupe.id"], name=op.f("fk_troupe_window_troupe_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_troupe_window")),
    )
    with op.batch_alter_table("troupe_window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_troupe_window_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_troupe_window_troupe_id"), ["troupe_id"], unique=False)

    op.create_table(
        "item_resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount >= 1", name=op.f("ck_item_resource_amount")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_item_resource_event_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_item_resource_item_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_item_resource_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_resource")),
        sa.UniqueConstraint("item_id", "resource_id", name=op.f("uq_item_resource_item_id_resource_id")),
    )
    with op.batch_alter_table("item_resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_resource_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_resource_resource_id"), ["resource_id"], unique=False)

    op.create_table(
        "plan_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ends_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("notice_zh", sa.String(), nullable=False),
        sa.Column("notice_en", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage_id IS NULL) = (starts_at IS NULL) AND (stage_id IS NULL) = (ends_at IS NULL)",
            name=op.f("ck_plan_slot_placed_whole"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_plan_slot_time_range")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_plan_slot_event_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_plan_slot_item_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["programme_plan.id"], name=op.f("fk_plan_slot_plan_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_plan_slot_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_slot")),
        sa.UniqueConstraint("plan_id", "item_id", name=op.f("uq_plan_slot_plan_id_item_id")),
    )
    with op.batch_alter_table("plan_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_slot_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_slot_item_id"), ["item_id"], unique=False)

    _add_columns()
    _spread_tech()
    op.drop_column("programme_item", "tech")
    _allow_empty("stage_id", "starts_at", "ends_at")
    for name, size in (("plan", 1), ("reason", None)):
        default = "A" if name == "plan" else ""
        op.add_column("release", sa.Column(name, sa.String(size), server_default=default, nullable=False))


def _add_columns() -> None:
    """Add the columns of the draft in place; checks of the whole row stand at the last of them."""
    for name in ("setup_minutes", "teardown_minutes", "walk_minutes", "wireless_mics"):
        _add(name, sa.Integer(), "0")
    for name in ("audio", "props_zh"):
        _add(name, sa.String(), "")
    _add("languages", sa.JSON(), "[]")
    _add("pinned", sa.Boolean(), sa.false())
    op.add_column("programme_item", sa.Column("fixed", sa.Boolean(), nullable=True))
    op.add_column("programme_item", sa.Column("unit", sa.String(40), nullable=True))
    op.add_column("programme_item", sa.Column("foreign_guid", sa.String(200), nullable=True))
    op.execute(f"ALTER TABLE programme_item ADD COLUMN length_minutes INTEGER {LENGTH} {PLACED} {MARGINS}")


def _add(name: str, kind: sa.types.TypeEngine[Any], default: Any) -> None:
    op.add_column("programme_item", sa.Column(name, kind, server_default=default, nullable=False))


def _spread_tech() -> None:
    """Give each value of the old `tech` its column."""
    item = _item_table()
    connection = op.get_bind()
    for key, tech in connection.execute(sa.select(item.c.id, item.c.tech)).all():
        values = {name: tech.get(name, default) for name, default in TECH.items()}
        connection.execute(sa.update(item).where(item.c.id == key).values(**values))


def _item_table() -> sa.TableClause:
    columns = [sa.column("id"), sa.column("tech", sa.JSON()), *(sa.column(name) for name in TECH)]
    return sa.table("programme_item", *columns)


def _allow_empty(*columns: str) -> None:
    _rewrite(columns, " NOT NULL", "", empty=True)


def _refuse_empty(*columns: str) -> None:
    _rewrite(columns, "", " NOT NULL", empty=False)


def _rewrite(columns: tuple[str, ...], old: str, new: str, *, empty: bool) -> None:
    """Change whether columns may be empty.

    SQLite has no statement for it, and building the table anew would break on the rows that point to it. Its
    text in the schema is changed as https://www.sqlite.org/lang_altertable.html#otheralter describes: what
    is on the disk stays the same.
    """
    if op.get_context().dialect.name != "sqlite":
        for name in columns:
            op.alter_column("programme_item", name, nullable=empty)
        return
    connection = op.get_bind()
    told = connection.scalar(sa.text(SCHEMA_OF))
    for name in columns:
        told, found = re.subn(rf"(\n\t{name} \w+){old}(?=,)", rf"\1{new}", told)
        if found != 1:
            raise RuntimeError(f"programme_item.{name} is not where it was expected")
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(sa.text(SCHEMA_IS), {"told": told})
    connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = RESET"))


def downgrade() -> None:
    """Take this revision back."""
    for name in ("reason", "plan"):
        op.drop_column("release", name)
    with op.batch_alter_table("plan_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_slot_item_id"))
        batch_op.drop_index(batch_op.f("ix_plan_slot_event_id"))

    op.drop_table("plan_slot")
    with op.batch_alter_table("item_resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_resource_resource_id"))
        batch_op.drop_index(batch_op.f("ix_item_resource_event_id"))

    op.drop_table("item_resource")
    with op.batch_alter_table("troupe_window", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_troupe_window_troupe_id"))
        batch_op.drop_index(batch_op.f("ix_troupe_window_event_id"))

    op.drop_table("troupe_window")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_event_id"))

    op.drop_table("resource")
    with op.batch_alter_table("programme_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_plan_event_id"))

    op.drop_table("programme_plan")
    with op.batch_alter_table("clash_setting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clash_setting_event_id"))

    op.drop_table("clash_setting")
    _take_columns_back()


def _take_columns_back() -> None:
    """Bring items back to what they were; those that wait for a place have none there and go."""
    op.execute("DELETE FROM programme_item WHERE stage_id IS NULL")
    _refuse_empty("stage_id", "starts_at", "ends_at")
    op.add_column("programme_item", sa.Column("tech", sa.JSON(), server_default="{}", nullable=False))
    item = _item_table()
    connection = op.get_bind()
    for key, *values in connection.execute(sa.select(item.c.id, *(item.c[name] for name in TECH))).all():
        tech = dict(zip(TECH, values, strict=True))
        connection.execute(sa.update(item).where(item.c.id == key).values(tech=tech))
    for name in NEW:
        op.drop_column("programme_item", name)
