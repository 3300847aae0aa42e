"""Places of stages, shapes of the plan, circuits with what they carry, and how a booth does right now

Columns are added in place, not by building a table anew: that would lose the table's checks on SQLite, and
break on the rows that point to it.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

import eventsite.database.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STAGE_SIZE = "CONSTRAINT ck_stage_map_size CHECK (map_w > 0 AND map_h > 0)"
STAGE_WHOLE = (
    "CONSTRAINT ck_stage_map_whole CHECK ((map_x IS NULL) = (map_y IS NULL)"
    " AND (map_x IS NULL) = (map_w IS NULL) AND (map_x IS NULL) = (map_h IS NULL))"
)
ZONE_LIMIT = "CONSTRAINT ck_zone_limit_kw CHECK (limit_kw > 0)"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "circuit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("limit_kw", sa.Double(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("limit_kw > 0", name=op.f("ck_circuit_limit_kw")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_circuit_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_circuit_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circuit")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_circuit_event_id_code")),
    )
    with op.batch_alter_table("circuit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_circuit_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_circuit_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "plan_shape",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fire_lane",
                "route",
                "label",
                "water",
                name="shapekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("map_x", sa.Double(), nullable=False),
        sa.Column("map_y", sa.Double(), nullable=False),
        sa.Column("map_w", sa.Double(), nullable=False),
        sa.Column("map_h", sa.Double(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("float_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("map_w >= 0 AND map_h >= 0", name=op.f("ck_plan_shape_map_size")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_plan_shape_event_id")),
        sa.ForeignKeyConstraint(
            ["float_id"], ["float.id"], name=op.f("fk_plan_shape_float_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_shape")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_plan_shape_event_id_ref")),
    )
    with op.batch_alter_table("plan_shape", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_shape_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_shape_float_id"), ["float_id"], unique=False)

    op.execute(
        "ALTER TABLE booth ADD COLUMN circuit_id INTEGER"
        " CONSTRAINT fk_booth_circuit_id REFERENCES circuit (id)"
    )
    op.execute(
        "ALTER TABLE booth ADD COLUMN live_state VARCHAR(40) DEFAULT 'closed' NOT NULL"
        " CONSTRAINT ck_booth_livestate CHECK (live_state IN ('closed', 'open', 'busy', 'sold_out'))"
    )
    op.add_column(
        "booth", sa.Column("live_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True)
    )
    op.create_index(op.f("ix_booth_circuit_id"), "booth", ["circuit_id"], unique=False)
    for table in ("facility", "stage"):
        op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    for name in ("map_x", "map_y", "map_w"):
        op.add_column("stage", sa.Column(name, sa.Double(), nullable=True))
    number = sa.Double().compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE stage ADD COLUMN map_h {number} {STAGE_SIZE} {STAGE_WHOLE}")
    op.execute(f"ALTER TABLE zone ADD COLUMN limit_kw {number} {ZONE_LIMIT}")


def downgrade() -> None:
    """Take this revision back."""
    op.drop_column("zone", "limit_kw")
    for name in ("map_h", "map_w", "map_y", "map_x", "version"):
        op.drop_column("stage", name)
    op.drop_column("facility", "version")
    op.drop_index(op.f("ix_booth_circuit_id"), "booth")
    for name in ("live_at", "live_state", "circuit_id"):
        op.drop_column("booth", name)
    with op.batch_alter_table("plan_shape", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_shape_float_id"))
        batch_op.drop_index(batch_op.f("ix_plan_shape_event_id"))

    op.drop_table("plan_shape")
    with op.batch_alter_table("circuit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_circuit_zone_id"))
        batch_op.drop_index(batch_op.f("ix_circuit_event_id"))

    op.drop_table("circuit")
