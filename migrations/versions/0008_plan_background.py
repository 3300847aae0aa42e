"""A picture of the ground under the plan

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "plan_background",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_plan_background_event_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_plan_background_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_background")),
        sa.UniqueConstraint("event_id", name=op.f("uq_plan_background_event_id")),
    )
    with op.batch_alter_table("plan_background", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_background_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_background_file_id"), ["file_id"], unique=False)


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("plan_background", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_background_file_id"))
        batch_op.drop_index(batch_op.f("ix_plan_background_event_id"))

    op.drop_table("plan_background")
