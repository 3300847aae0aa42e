"""Proposals for who gets which booth, and public lots.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

import eventsite.database.base
from eventsite.database import Kept, refuse_changes

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LOT = Kept(
    once=(
        "task",
        "rules",
        "freeze",
        "freeze_sha256",
        "entries",
        "frozen_by",
        "frozen_at",
        "record",
        "choices",
        "drawn_at",
    ),
    free=("status", "proposed_by", "proposed_label", "proposed_at", "void_reason", "title_zh", "title_en"),
)


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "placement_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "solving",
                "ready",
                "applied",
                "discarded",
                "failed",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("relax", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("task", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_label", sa.String(length=254), nullable=False),
        sa.Column("asked_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("started_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("done_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("seconds BETWEEN 1 AND 600", name=op.f("ck_placement_proposal_seconds")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_placement_proposal_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_proposal")),
    )
    with op.batch_alter_table("placement_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_proposal_event_id"), ["event_id"], unique=False)

    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title_zh", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "frozen",
                "drawn",
                "applied",
                "voided",
                name="lotstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=True),
        sa.Column("proposed_label", sa.String(length=254), nullable=True),
        sa.Column("proposed_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("frozen_by", sa.String(length=254), nullable=True),
        sa.Column("frozen_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("task", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("rules", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("freeze", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("freeze_sha256", sa.String(length=64), nullable=True),
        sa.Column("entries", sa.LargeBinary(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("drawn_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_lot_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_lot_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_lot_event_id_code")),
    )
    with op.batch_alter_table("lot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_event_id"), ["event_id"], unique=False)

    op.create_table(
        "lot_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("entry_code", sa.String(length=10), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_lot_entry_application_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_lot_entry_event_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_entry_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_entry")),
        sa.UniqueConstraint("lot_id", "application_id", name=op.f("uq_lot_entry_lot_id_application_id")),
        sa.UniqueConstraint("lot_id", "entry_code", name=op.f("uq_lot_entry_lot_id_entry_code")),
    )
    with op.batch_alter_table("lot_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_entry_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lot_entry_event_id"), ["event_id"], unique=False)
    refuse_changes(op.get_bind(), "lot_entry")
    refuse_changes(op.get_bind(), "lot", LOT)


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("lot_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_entry_event_id"))
        batch_op.drop_index(batch_op.f("ix_lot_entry_application_id"))

    op.drop_table("lot_entry")
    with op.batch_alter_table("lot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_event_id"))

    op.drop_table("lot")
    with op.batch_alter_table("placement_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_proposal_event_id"))

    op.drop_table("placement_proposal")
